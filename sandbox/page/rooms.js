// The list of one person's rooms: last line, time, unread mark; the newest first.

import { element } from "./dom.js";
import { markOf, platformOf } from "./platforms.js";
import { dayOf, hue, initials, timeOf } from "./names.js";

const TYPES = { private: "Riêng với bot", group: "Nhóm", supergroup: "Siêu nhóm", channel: "Kênh" };

export const typeInWords = (room) => platformOf(room)?.[room.type] ?? (room.is_forum ? "Nhóm có chủ đề" : TYPES[room.type] ?? "Phòng");

export class RoomList {
  constructor(onopen) {
    this.onopen = onopen;
    this.rows = new Map();
    this.list = element("ul", { class: "room-list" });
    this.empty = element("p", { class: "empty" }, "Chưa có phòng nào.");
    this.node = element("nav", { class: "rooms-scroll", "aria-label": "Các phòng" }, this.list, this.empty);
  }

  /** Keeps the rows it has, so that focus and scroll stay where they are. */
  show(rooms, opened) {
    const ordered = [...rooms].sort((a, b) => (b.last?.date ?? 0) - (a.last?.date ?? 0));
    const rows = ordered.map((room) => this.row(room, room.room === opened));
    const kept = new Set(ordered.map((room) => room.room));
    for (const name of this.rows.keys()) if (!kept.has(name)) this.rows.delete(name);
    const same = rows.length === this.list.children.length && rows.every((row, index) => this.list.children[index] === row);
    if (!same) this.list.replaceChildren(...rows);
    this.empty.hidden = rows.length > 0;
  }

  row(room, opened) {
    const row = this.rows.get(room.room) ?? this.makeRow(room);
    const { button, title, time, line, mark } = row.parts;
    if (opened) button.setAttribute("aria-current", "page");
    else button.removeAttribute("aria-current");
    title.textContent = room.title;
    time.textContent = room.last ? stamp(room.last.date, room.now) : "";
    line.textContent = lastLine(room);
    mark.textContent = room.unread > 99 ? "99+" : String(room.unread ?? "");
    mark.hidden = !room.unread;
    mark.setAttribute("aria-label", `${room.unread ?? 0} tin chưa đọc`);
    return row;
  }

  makeRow(room) {
    const parts = {
      title: element("b", { class: "room-title" }), time: element("time"), line: element("span", { class: "room-line" }),
      mark: element("span", { class: "unread" }),
    };
    parts.button = element("button", { type: "button", class: "room", "data-room": room.room, onclick: () => this.onopen(room.room) },
      element("span", { class: room.type === "private" ? "avatar bot" : "avatar room-avatar", style: `--hue:${hue(room.room)}`, "aria-hidden": "true" }, initials(room.title)),
      element("span", { class: "room-head" }, parts.title, markOf(room)), parts.time, parts.line, parts.mark);
    const row = element("li", {}, parts.button);
    row.parts = parts;
    this.rows.set(room.room, row);
    return row;
  }
}

function lastLine(room) {
  if (!room.last) return room.type === "private" ? "Chưa trò chuyện" : "Chưa có tin nào";
  const words = room.last.text.replace(/\s+/g, " ");
  return room.last.from && room.type !== "private" ? `${room.last.from}: ${words}` : words;
}

function stamp(date, now) {
  if (!now || dayOf(date) === dayOf(now)) return timeOf(date);
  const [, month, day] = dayOf(date).split("-");
  return `${day}/${month}`;
}
