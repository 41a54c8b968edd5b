// The office clock: shows the hour and moves it forward.

import { get, post } from "./api.js";
import { element, replaceContent } from "./dom.js";
import { dayInWords, dayOf, timeOf } from "./names.js";
import { toast } from "./notice.js";

const STOPS = ["07:30", "16:00", "16:30"];

/** "8:5" is refused by the form; "805", "8h05" and "8:05" all mean 08:05. */
const fourDigits = (text) => text.replace(/\D/g, "").padStart(4, "0").replace(/(..)(..)/, "$1:$2");

export class Clock {
  constructor(root) {
    this.root = root;
    this.ahead = 0;
    this.time = element("b", { class: "hour" });
    this.day = element("span", { class: "today" });
    this.stops = STOPS.map((stop) => this.button([element("span", {}, "tới "), stop.replace(/^0/, "")], stop));
    this.field = element("input", { inputmode: "numeric", required: true, placeholder: "giờ:phút", pattern: "([01]?[0-9]|2[0-3])[:hg.]?[0-5][0-9]", "aria-label": "Giờ muốn tới", title: "Thí dụ 14:05" });
    this.draw();
    setInterval(() => this.tick(), 1000);
  }

  draw() {
    const form = element("form", { class: "to-time" }, this.field, element("button", { class: "stop" }, "Chuyển"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.move(fourDigits(this.field.value));
      this.field.value = "";
    });
    replaceContent(this.root,
      element("div", { class: "now" }, this.time, this.day),
      element("div", { class: "stops" }, this.stops, this.button([element("span", {}, "ngày "), "mai"], "tomorrow 07:30"), form));
  }

  button(words, to) {
    return element("button", { type: "button", class: "stop", "data-to": to, onclick: () => this.move(to) }, words);
  }

  async start() {
    this.set(await get("/clock"));
  }

  set(clock) {
    this.ahead = new Date(clock.now).getTime() - Date.now();
    this.tick();
  }

  now() {
    return Math.floor((Date.now() + this.ahead) / 1000);
  }

  /** Two redraws a minute at most; a stop that lies behind says that it means tomorrow. */
  tick() {
    const now = this.now();
    const minute = Math.floor(now / 60);
    if (minute === this.minute) return;
    this.minute = minute;
    this.time.textContent = timeOf(now);
    const [weekday, date] = dayInWords(now).split(", ");
    replaceContent(this.day, element("span", {}, `${weekday}, `), date);
    this.root.title = `${timeOf(now)} ${dayOf(now)}`;
    for (const button of this.stops) {
      const tomorrow = button.dataset.to <= timeOf(now);
      button.classList.toggle("tomorrow", tomorrow);
      button.title = tomorrow ? "Giờ này hôm nay đã qua: tới ngày mai" : "Tới giờ này hôm nay";
    }
  }

  async move(to) {
    this.root.classList.add("moving");
    try {
      this.set(await post("/clock", { to }));
    } catch (refusal) {
      toast(refusal.message, "error");
    }
    this.root.classList.remove("moving");
  }
}
