// The log of one room: messages are put in place one by one, never drawn again as a whole.

import { element, iconButton, replaceContent } from "./dom.js";
import { drawMessage, drawReactions } from "./message.js";
import { asPicture, dayInWords, dayOf } from "./names.js";

const TOGETHER = 300;
const NEAR = 120;
const EMOJI = ["👍", "❤", "👏", "🙏", "🎉", "🤔", "😢", "👎"];

export class Conversation {
  constructor(seat) {
    this.seat = seat;
    this.messages = new Map();
    this.items = new Map();
    this.list = element("ol", { class: "messages" });
    this.log = element("div", { class: "log", role: "log", tabindex: "0", "aria-label": "Tin nhắn trong phòng" }, this.list);
    this.jump = element("button", { type: "button", class: "jump", hidden: true, onclick: () => this.toEnd("smooth") });
    this.tools = this.makeTools();
    this.node = element("div", { class: "log-frame" }, this.log, this.jump);
    this.fresh = 0;
    this.listen();
  }

  listen() {
    this.log.addEventListener("scroll", () => this.follow(), { passive: true });
    this.list.addEventListener("pointerover", (event) => event.pointerType === "mouse" && this.offerTools(event.target));
    this.list.addEventListener("click", (event) => event.target.closest("button, a") || this.offerTools(event.target));
    this.list.addEventListener("focusin", (event) => this.offerTools(event.target));
    this.log.addEventListener("keydown", (event) => this.walk(event));
    const growth = new ResizeObserver(() => this.stick && this.toEnd());
    growth.observe(this.log);
    growth.observe(this.list);
  }

  /** Only a person scrolling up lets go of the end; a picture that grows while loading does not. */
  follow() {
    const { scrollTop } = this.log;
    if (this.isAtEnd()) this.stick = true;
    else if (scrollTop < this.lastTop) this.stick = false;
    this.lastTop = scrollTop;
    if (this.stick) this.forgetFresh();
  }

  fill(messages) {
    this.messages.clear();
    this.items.clear();
    this.list.replaceChildren();
    this.thread = null;
    for (const message of messages) this.place(message);
    this.forgetFresh();
    this.toEnd();
  }

  /** A message that is new, or new in content; a change of something already on the screen is shown by a short glow. */
  put(message) {
    const known = this.items.get(message.message_id);
    const follow = this.stick || (!known && message.from?.id === this.seat.me);
    const item = this.place(message);
    if (known) item.classList.add("changed");
    else item.classList.add("arrived");
    if (follow) this.toEnd();
    else if (!known) this.countFresh();
  }

  place(message) {
    const item = drawMessage(message, this.seat);
    const old = this.items.get(message.message_id);
    this.messages.set(message.message_id, message);
    this.items.set(message.message_id, item);
    item.hidden = this.isElsewhere(item);
    if (old) this.exchange(old, item);
    else this.insert(item, message.message_id);
    return item;
  }

  exchange(old, item) {
    item.classList.toggle("joined", old.classList.contains("joined"));
    const focused = old.contains(document.activeElement);
    old.replaceWith(item);
    if (focused && old !== document.activeElement) this.log.focus({ preventScroll: true });
  }

  insert(item, id) {
    let after = this.list.lastElementChild;
    while (after && Number(after.dataset.id ?? 0) > id) after = after.previousElementSibling;
    if (after) after.after(item);
    else this.list.prepend(item);
    this.group(item);
    if (item.nextElementSibling) this.group(item.nextElementSibling);
  }

  group(item) {
    if (!item.dataset.id) return;
    const previous = item.previousElementSibling;
    const date = Number(item.dataset.date);
    const sameDay = previous && dayOf(Number(previous.dataset.date)) === dayOf(date);
    if (!sameDay) item.before(element("li", { class: "day", "data-date": date }, element("span", {}, dayInWords(date))));
    const joined = sameDay && previous.classList.contains("message") && previous.dataset.writer === item.dataset.writer;
    item.classList.toggle("joined", Boolean(joined) && date - Number(previous.dataset.date) < TOGETHER);
  }

  remove(id) {
    const item = this.items.get(id);
    if (!item) return;
    const next = item.nextElementSibling;
    this.tools.remove();
    item.remove();
    this.items.delete(id);
    this.messages.delete(id);
    if (next) this.group(next);
  }

  show(id) {
    const item = this.items.get(id);
    if (!item) return;
    item.scrollIntoView({ block: "center", behavior: "smooth" });
    item.classList.remove("changed");
    requestAnimationFrame(() => item.classList.add("changed"));
  }

  changeReactions(change) {
    const item = this.items.get(change.message_id);
    if (!item?.matches(".message")) return;
    this.messages.set(change.message_id, change);
    item.querySelector(".reactions")?.remove();
    item.querySelector(".stack").append(drawReactions(change, this.seat) ?? "");
    if (this.stick) this.toEnd();
  }

  keepThread(thread) {
    this.thread = thread;
    for (const item of this.items.values()) item.hidden = this.isElsewhere(item);
  }

  isElsewhere(item) {
    return typeof this.thread === "number" && item.dataset.thread !== String(this.thread);
  }

  isAtEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR;
  }

  toEnd(behavior = "instant") {
    this.stick = true;
    this.log.scrollTo({ top: this.log.scrollHeight, behavior });
  }

  countFresh() {
    this.fresh += 1;
    this.jump.hidden = false;
    this.jump.textContent = `↓ ${this.fresh} tin mới`;
  }

  forgetFresh() {
    this.fresh = 0;
    this.jump.hidden = true;
  }

  walk(event) {
    const step = { ArrowUp: "previousElementSibling", ArrowDown: "nextElementSibling" }[event.key];
    if (!step) return;
    const here = document.activeElement.closest(".message");
    let next = here ? here[step] : this.list.lastElementChild;
    while (next && (!next.matches(".message") || next.hidden)) next = next[step];
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  makeTools() {
    return element("div", { class: "tools", role: "group", "aria-label": "Việc với tin nhắn này" });
  }

  offerTools(target) {
    const item = target.closest?.(".message");
    if (!item || item.contains(this.tools)) return;
    const { act, me } = this.seat;
    const message = () => this.messages.get(Number(item.dataset.id));
    const own = message().from?.id === me && !message().sender_chat;
    replaceContent(this.tools,
      iconButton("smile", "Thả cảm xúc", () => this.offerEmoji(message)),
      iconButton("reply", "Trả lời", () => act.reply(message())),
      own && this.seat.canEdit ? iconButton("edit", "Sửa tin này", () => act.edit(message())) : null,
      own ? iconButton("bin", "Xóa tin này", () => act.remove(message())) : null);
    this.tools.style.translate = "";
    item.querySelector(".stack").append(this.tools);
    this.keepInView(this.tools);
  }

  keepInView(node) {
    const [mine, frame] = [node.getBoundingClientRect(), this.log.getBoundingClientRect()];
    const shift = Math.max(frame.left + 8 - mine.left, 0) - Math.max(mine.right - frame.right + 16, 0);
    if (shift) node.style.translate = `${shift}px`;
  }

  offerEmoji(message) {
    const react = (emoji) => {
      this.tools.remove();
      this.seat.act.react(message(), emoji);
    };
    replaceContent(this.tools, EMOJI.map((emoji) =>
      element("button", { type: "button", class: "emoji", "aria-label": `Thả ${emoji}`, onclick: () => react(emoji) }, asPicture(emoji))));
    this.keepInView(this.tools);
    this.tools.firstElementChild.focus({ preventScroll: true });
  }
}
