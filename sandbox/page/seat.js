// One person's place at the desk: their rooms, the open conversation, and what happens there live.

import { Acts } from "./acts.js";
import { get, Listener } from "./api.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { element, iconButton, replaceContent } from "./dom.js";
import { fullName, hue, initials, summary, writer } from "./names.js";
import { avatarOf } from "./people.js";
import { markOf, platformOf } from "./platforms.js";
import { openRoomCard } from "./room-card.js";
import { RoomList, typeInWords } from "./rooms.js";
import { markRead, unreadCount } from "./unread.js";
import { greeting } from "./welcome.js";

const AT_ONCE = 1000;

/** A reply keyboard stays until another message takes it away. */
const changesKeys = ({ reply_markup: markup }) => markup?.keyboard || markup?.remove_keyboard;

export class Seat {
  /** `desk` knows the world and the clock; `go` changes what this seat shows, by way of the address. */
  constructor({ desk, go, choose, leave }) {
    Object.assign(this, { desk, go, choose, leave });
    this.rooms = new Map();
    this.act = new Acts(this);
    this.list = new RoomList((room) => go({ room }));
    this.talk = new Conversation(this);
    this.composer = new Composer(this.act);
    this.build();
  }

  build() {
    const startNow = () => this.act.pressStart({ bot: this.room });
    this.head = element("header", { class: "talk-head" });
    this.topics = element("div", { class: "topics", hidden: true, role: "group", "aria-label": "Chủ đề" });
    this.start = element("button", { type: "button", class: "main-button start", hidden: true, onclick: startNow }, "Bắt đầu");
    this.welcome = element("div", { class: "welcome" });
    this.mePlate = element("header", { class: "me" });
    this.offline = element("p", { class: "offline", role: "status", hidden: true }, "Mất kết nối, đang nối lại…");
    this.panel = element("div", { class: "talk", hidden: true }, this.head, this.topics, this.talk.node, this.start, this.composer.node);
    this.composer.takeDrops(this.panel);
    this.body = element("div", { class: "seat-body" }, element("div", { class: "rooms" }, this.mePlate, this.list.node), this.panel, this.welcome);
    this.node = element("section", { class: "seat" }, this.offline, this.body);
  }

  get isGroup() {
    return this.rooms.get(this.room)?.type !== "private";
  }

  /** On Zalo what was sent stays as it is. */
  get canEdit() {
    return !platformOf(this.rooms.get(this.room));
  }

  titleOf = (id) => this.desk.person(id)?.title;
  nameOf = (id) => this.desk.nameOf(id);

  async show(me, room) {
    const moved = me !== this.me;
    if (moved) await this.sit(me);
    if (moved || room !== this.room) await this.open(room);
  }

  async sit(me) {
    this.listener?.close();
    this.me = me;
    this.room = null;
    const name = this.nameOf(me);
    const person = this.desk.person(me);
    replaceContent(this.mePlate, avatarOf(person),
      element("span", { class: "me-words" }, element("b", {}, name), element("small", {}, person.title ?? "")),
      iconButton("people", "Đổi người", this.choose, { class: "icon-button change" }),
      this.leave ? iconButton("close", "Đóng chỗ này", this.leave) : null);
    this.node.setAttribute("aria-label", `Chỗ ngồi của ${name}`);
    this.composer.for(name);
    this.listener = new Listener(me, this.makeEars());
    await this.loadRooms();
  }

  async loadRooms() {
    const me = this.me;
    const rooms = await get("/human/rooms", { as: me });
    if (me !== this.me) return;
    const before = this.rooms;
    this.rooms = new Map(rooms.map((room) => [room.room, this.understood(room, before.get(room.room))]));
    this.listRooms();
    if (this.room) this.drawHead();
  }

  understood(room, before) {
    const last = room.last ? this.lastOf(room.last.message) : null;
    const unread = room.room === this.room ? 0 : before?.unread || unreadCount(this.me, room.room, last);
    return { ...room, last, unread };
  }

  lastOf(message) {
    const own = message.from?.id === this.me;
    return { id: message.message_id, text: summary(message), date: message.date, writer: message.from?.id, from: own ? "Bạn" : writer(message).name };
  }

  listRooms() {
    const now = this.desk.clock.now();
    this.list.show([...this.rooms.values()].map((room) => ({ ...room, now })), this.room);
  }

  async open(room) {
    if (room && !this.rooms.has(room)) await this.loadRooms();
    this.room = this.rooms.has(room) ? room : null;
    this.body.dataset.view = this.room ? "talk" : "rooms";
    this.panel.hidden = !this.room;
    this.welcome.hidden = Boolean(this.room);
    this.composer.clear();
    this.listRooms();
    if (!this.room) return replaceContent(this.welcome, greeting(this.nameOf(this.me)));
    this.thread = null;
    this.drawHead();
    await this.loadMessages();
    if (matchMedia("(hover: hover)").matches) this.composer.text.focus({ preventScroll: true });
  }

  async loadMessages() {
    const { me, room } = this;
    const messages = await get("/human/messages", { as: me, room, limit: AT_ONCE });
    if (me !== this.me || room !== this.room) return;
    this.talk.fill(messages);
    this.listener.seen = Math.max(this.listener.seen, ...messages.map(({ seq }) => seq));
    this.read(messages.at(-1)?.message_id);
    this.offerStart(!messages.length);
    this.composer.offerKeys(messages.findLast(changesKeys)?.reply_markup);
    this.composer.knowCommands(this.desk.bot(room)?.commands ?? []);
    this.composer.knowBots(platformOf(this.rooms.get(room)), this.isGroup ? this.desk.botsIn(room) : []);
    this.drawTopics();
  }

  read(messageId) {
    const room = this.rooms.get(this.room);
    markRead(this.me, this.room, messageId);
    if (!room) return;
    room.unread = 0;
    this.listRooms();
  }

  offerStart(empty) {
    const waiting = empty && !this.isGroup && this.canEdit;
    this.start.hidden = !waiting;
    this.composer.node.hidden = waiting;
  }

  drawHead() {
    const room = this.rooms.get(this.room);
    if (!room) return this.go({ room: null });
    const words = [typeInWords(room), this.desk.membersInWords(room)].filter(Boolean).join(" · ");
    const face = room.type === "private" ? "avatar bot" : "avatar room-avatar";
    replaceContent(this.head,
      iconButton("back", "Về danh sách phòng", () => this.go({ room: null }), { class: "icon-button to-rooms" }),
      element("span", { class: face, style: `--hue:${hue(room.room)}`, "aria-hidden": "true" }, initials(room.title)),
      element("button", { type: "button", class: "room-name", title: "Xem thành viên", onclick: () => openRoomCard(this, room) },
        element("b", {}, room.title, " ", markOf(room)), element("small", {}, words)),
      element("button", { type: "button", class: "acting", title: "Đổi người", onclick: this.choose },
        element("small", {}, element("span", {}, "bạn là"), element("b", {}, this.nameOf(this.me))), avatarOf(this.desk.person(this.me))));
  }

  drawTopics() {
    const topics = this.rooms.get(this.room)?.topics ?? [];
    const choices = [{ id: null, name: "Tất cả" }, { id: 0, name: "Chung" }, ...topics];
    this.topics.hidden = !topics.length;
    replaceContent(this.topics, choices.map(({ id, name }) => element("button",
      { type: "button", class: "topic", "aria-pressed": String(this.thread === id), onclick: () => this.keepThread(id) }, name)));
    this.talk.keepThread(this.thread);
  }

  keepThread(id) {
    this.thread = id;
    this.drawTopics();
    this.talk.toEnd();
  }

  makeEars() {
    return {
      message: (message) => this.hear(message),
      edited: (message) => this.hear(message),
      reaction: (message) => message.room === this.room && this.talk.changeReactions(message),
      deleted: ({ room, message_id }) => room === this.room && this.talk.remove(message_id),
      toast: ({ text, alert }) => this.act.sayAnswer(text, alert),
      clock: (clock) => this.desk.clock.set(clock),
      rooms: () => this.desk.refresh().then(() => this.loadRooms()).then(() => this.drawTopics()),
      lost: () => (this.offline.hidden = false),
      back: () => this.act.attempt(() => this.catchUp()),
    };
  }

  async catchUp() {
    this.offline.hidden = true;
    await Promise.all([this.desk.refresh(), this.desk.clock.start()]);
    await this.loadRooms();
    if (this.room) await this.loadMessages();
  }

  /** A new message, or one that is not what it was. */
  hear(message) {
    const room = this.rooms.get(message.room);
    if (!room) return this.loadRooms();
    const here = message.room === this.room;
    const isNew = message.message_id > (room.last?.id ?? 0);
    if (isNew || message.message_id === room.last?.id) room.last = this.lastOf(message);
    if (here) this.hearHere(message);
    else if (isNew && message.from?.id !== this.me) room.unread += 1;
    this.listRooms();
    if (here && message.migrate_to_chat_id) this.go({ room: String(message.migrate_to_chat_id) });
  }

  hearHere(message) {
    this.talk.put(message);
    this.offerStart(false);
    if (changesKeys(message)) this.composer.offerKeys(message.reply_markup);
    if (this.mustReply(message)) this.composer.reply(message);
    this.read(message.message_id);
  }

  /** A forced reply is for everybody, or, when selective, for the one who is answered. */
  mustReply({ reply_markup: markup, reply_to_message: answered }) {
    return markup?.force_reply && (!markup.selective || answered?.from?.id === this.me);
  }

  close() {
    this.listener?.close();
    this.node.remove();
  }
}
