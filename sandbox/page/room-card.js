// The card of a room: who is in it, and what a person can change there.

import { post } from "./api.js";
import { element, iconButton } from "./dom.js";
import { fullName } from "./names.js";
import { toast } from "./notice.js";
import { avatarOf } from "./people.js";
import { typeInWords } from "./rooms.js";

const STATUS = { creator: "chủ nhóm", administrator: "quản trị" };

export function openRoomCard(seat, room) {
  const card = element("dialog", { class: "room-card", "aria-label": room.title });
  const close = () => card.close();
  card.append(
    element("header", {}, element("h2", {}, room.title), iconButton("close", "Đóng", close)),
    element("p", { class: "kind" }, `${typeInWords(room)} · ${room.room}`),
    room.type === "private" ? privateActs(seat, room, close) : members(seat, room, close));
  card.addEventListener("close", () => card.remove());
  card.addEventListener("click", (event) => event.target === card && close());
  document.body.append(card);
  card.showModal();
}

function privateActs(seat, room, close) {
  return element("div", { class: "acts" },
    room.blocked
      ? act(seat, close, "Bỏ chặn bot", "/human/unblock", { bot: room.room })
      : act(seat, close, "Chặn bot", "/human/block", { bot: room.room }));
}

function members(seat, room, close) {
  const { desk } = seat;
  const list = desk.chat(room.room)?.members ?? [];
  const present = list.filter((member) => !["left", "kicked"].includes(member.status));
  const absent = desk.world.bots.filter((bot) => (bot.platform ?? "telegram") === room.platform && !present.some((member) => member.id === bot.id));
  return element("div", {},
    element("ul", { class: "people" }, present.map((member) => row(seat, room, member, close))),
    element("div", { class: "acts" },
      absent.map((bot) => act(seat, close, `Thêm bot @${bot.username}`, "/human/add_bot", { room: room.room, bot: `@${bot.username}` })),
      room.type === "group" && room.platform === "telegram" ? act(seat, close, "Nâng thành siêu nhóm", "/human/upgrade", { room: room.room }) : null,
      act(seat, close, "Rời nhóm", "/human/leave", { room: room.room })));
}

function row(seat, room, member, close) {
  const bot = seat.desk.world.bots.find(({ id }) => id === member.id);
  const person = bot ? { id: bot.id, first_name: bot.name, title: `@${bot.username}` } : seat.desk.person(member.id) ?? { id: member.id, first_name: String(member.id) };
  const body = { room: room.room, member: bot ? `@${bot.username}` : member.id };
  const high = member.status === "administrator";
  return element("li", {},
    element("span", { class: "person still" }, avatarOf(person), element("b", {}, fullName(person)),
      element("small", {}, [bot ? "bot" : person.title, STATUS[member.status]].filter(Boolean).join(" · "))),
    member.status === "creator" || member.id === seat.me ? null : element("span", { class: "acts" },
      act(seat, close, high ? "Thôi quản trị" : "Đặt quản trị", high ? "/human/demote" : "/human/promote", body),
      act(seat, close, "Mời ra", "/human/kick", body)));
}

function act(seat, close, words, path, body) {
  const run = async () => {
    try {
      await post(path, { as: seat.me, ...body });
      toast(`${words}: xong.`);
    } catch (refusal) {
      toast(refusal.message, "error");
    }
    close();
  };
  return element("button", { type: "button", class: "small-button", onclick: run }, words);
}
