// The list of people one can be, with a search that needs no diacritics.

import { element, icon, replaceContent } from "./dom.js";
import { folded, fullName, hue, initials } from "./names.js";

export function avatarOf(person) {
  return element("span", { class: "avatar", style: `--hue:${hue(person.id)}`, "aria-hidden": "true" }, initials(fullName(person)));
}

export class PeopleList {
  constructor(onpick, onbeside) {
    this.onpick = onpick;
    this.onbeside = onbeside;
    this.search = element("input", { type: "search", placeholder: "Tìm tên, chức vụ, phòng…", "aria-label": "Tìm người" });
    this.list = element("ul", { class: "people" });
    this.none = element("p", { class: "empty", hidden: true }, "Không tìm thấy ai.");
    this.heading = element("h2", {}, "Bạn là ai?");
    this.node = element("div", { class: "people-panel" }, element("div", { class: "people-head" }, this.heading, this.search), this.list, this.none);
    this.search.addEventListener("input", () => this.sift());
    this.search.addEventListener("keydown", (event) => event.key === "Enter" && this.list.querySelector("li:not([hidden]) .person")?.click());
  }

  show(people, seated) {
    replaceContent(this.list, people.map((person) => this.row(person, seated.includes(person.id))));
    this.sift();
  }

  row(person, here) {
    const name = fullName(person);
    const pick = element("button", { type: "button", class: "person", "data-person": person.id, "aria-current": here ? "true" : null, onclick: () => this.onpick(person.id) },
      avatarOf(person), element("b", {}, name), element("small", {}, person.title ?? (person.username ? `@${person.username}` : "")));
    const beside = this.onbeside && !here
      ? element("button", { type: "button", class: "icon-button beside", "aria-label": `Xem cùng lúc với ${name}`, title: "Xem cùng lúc", onclick: () => this.onbeside(person.id) }, icon("beside"))
      : null;
    const row = element("li", {}, pick, beside);
    row.words = folded(`${name} ${person.title ?? ""} ${person.username ?? ""}`);
    return row;
  }

  sift() {
    const wanted = folded(this.search.value).split(" ").filter(Boolean);
    let found = 0;
    for (const row of this.list.children) {
      row.hidden = !wanted.every((word) => row.words.includes(word));
      if (!row.hidden) found += 1;
    }
    this.none.hidden = found > 0;
  }
}
