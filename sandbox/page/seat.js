// One person's place at the desk: their rooms, the open conversation, what they can do, and what happens live.

import { get, Listener, post, upload } from "./api.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { element, iconButton, replaceContent } from "./dom.js";
import { drawReactions } from "./message.js";
import { fullName, hue, initials, summary, writer } from "./names.js";
import { alertWords, look, toast } from "./notice.js";
import { avatarOf } from "./people.js";
import { RoomList, typeInWords } from "./rooms.js";
import { openRoomCard } from "./room-card.js";

const PAGE = 200;
const PATIENCE = 3;

export class Seat {
  /** `desk` knows the world and the clock; `go` changes what this seat shows, by way of the address. */
  constructor({ desk, go, choose, leave }) {
    Object.assign(this, { desk, go });
    this.rooms = new Map();
    this.act = this.makeActs();
    this.list = new RoomList((room) => go({ room }));
    this.talk = new Conversation(this);
    this.composer = new Composer({ send: (draft) => this.send(draft), editLast: (event) => this.editLast(event) });
    this.head = element("header", { class: "talk-head" });
    this.topics = element("div", { class: "topics", hidden: true, role: "group", "aria-label": "Chủ đề" });
    this.start = element("button", { type: "button", class: "main-button start", hidden: true, onclick: () => this.act.deepLink({ bot: this.room }) }, "Bắt đầu");
    this.welcome = element("div", { class: "welcome" });
    this.mePlate = element("header", { class: "me" });
    this.offline = element("p", { class: "offline", role: "status", hidden: true }, "Mất kết nối, đang nối lại…");
    this.choose = choose;
    this.plateButtons = [iconButton("people", "Đổi người", choose, { class: "icon-button change" }), leave ? iconButton("close", "Đóng chỗ này", leave) : null];
    this.panel = element("div", { class: "talk" }, this.head, this.topics, this.talk.node, this.start, this.composer.node);
    this.body = element("div", { class: "seat-body" }, element("div", { class: "rooms" }, this.mePlate, this.offline, this.list.node), this.panel, this.welcome);
    this.node = element("section", { class: "seat" }, this.body);
    this.dropFiles();
  }

  get isGroup() {
    return this.rooms.get(this.room)?.type !== "private";
  }

  titleOf = (id) => this.desk.person(id)?.title;
  nameOf = (id) => fullName(this.desk.person(id) ?? { first_name: "Bot" });

  async show(me, room) {
    const moved = me !== this.me;
    if (moved) await this.sit(me);
    if (moved || room !== this.room) await this.open(room);
  }

  async sit(me) {
    this.listener?.close();
    this.me = me;
    this.room = null;
    const person = this.desk.person(me);
    replaceContent(this.mePlate, avatarOf(person),
      element("span", { class: "me-words" }, element("b", {}, fullName(person)), element("small", {}, person.title ?? "")), this.plateButtons);
    this.node.setAttribute("aria-label", `Chỗ ngồi của ${fullName(person)}`);
    this.composer.for(fullName(person));
    this.listener = new Listener(me, this.makeEars());
    await this.loadRooms();
  }

  async loadRooms() {
    const me = this.me;
    const rooms = await get("/human/rooms", { as: me });
    if (me !== this.me) return;
    this.rooms = new Map(rooms.map((room) => [room.room, this.understood(room)]));
    this.listRooms();
    if (this.room) this.drawHead();
  }

  understood(room) {
    const unread = room.room === this.room ? 0 : room.unread ?? 0;
    const from = room.last?.from;
    return { ...room, unread, last: room.last ? { ...room.last, from: typeof from === "number" ? this.nameOf(from) : from?.first_name ?? from } : null };
  }

  listRooms() {
    const now = this.desk.clock.now();
    this.list.show([...this.rooms.values()].map((room) => ({ ...room, now })), this.room);
  }

  async open(room) {
    this.room = this.rooms.has(room) ? room : null;
    this.body.dataset.view = this.room ? "talk" : "rooms";
    this.panel.hidden = !this.room;
    this.welcome.hidden = Boolean(this.room);
    this.composer.clear();
    this.listRooms();
    if (!this.room) return this.greet();
    this.thread = null;
    this.drawHead();
    await this.loadMessages();
    if (matchMedia("(hover: hover)").matches) this.composer.text.focus({ preventScroll: true });
  }

  async loadMessages() {
    const { me, room } = this;
    const messages = await this.fetchMessages(0);
    if (me !== this.me || room !== this.room) return;
    this.talk.fill(messages.sort((a, b) => a.message_id - b.message_id));
    this.rooms.get(room).unread = 0;
    this.listRooms();
    this.offerStart(messages.length === 0);
    this.drawTopics();
  }

  async fetchMessages(after) {
    const found = [];
    for (let page = null; !page || page.length === PAGE; after = page.at(-1).seq) {
      page = await get("/human/messages", { as: this.me, room: this.room, after, limit: PAGE });
      found.push(...page);
      if (!page.length) break;
    }
    return found;
  }

  offerStart(empty) {
    const waiting = empty && !this.isGroup;
    this.start.hidden = !waiting;
    this.composer.node.hidden = waiting;
  }

  greet() {
    const person = this.desk.person(this.me);
    replaceContent(this.welcome,
      element("div", { class: "welcome-card" }, element("h2", {}, `Chào ${fullName(person)}`),
        element("p", {}, "Đây là phòng thử: bot tưởng mình đang ở trên Telegram, còn bạn có thể ngồi vào chỗ của bất cứ ai."),
        element("ol", {},
          element("li", {}, "Chọn một phòng bên trái, đọc lời của bot rồi trả lời, hoặc bấm nút."),
          element("li", {}, "Đưa đồng hồ tới giờ cần xem: bot sẽ hỏi, nhắc và tổng hợp đúng giờ."),
          element("li", {}, "Đổi sang người khác, hoặc mở “Xem cùng lúc” để thấy hai người một lần."))));
  }

  drawHead() {
    const room = this.rooms.get(this.room);
    if (!room) return this.go({ room: null });
    const words = [typeInWords(room), this.desk.membersInWords(room)].filter(Boolean).join(" · ");
    const title = element("button", { type: "button", class: "room-name", title: "Xem thành viên", onclick: () => openRoomCard(this, room) },
      element("b", {}, room.title), element("small", {}, words));
    replaceContent(this.head, iconButton("back", "Về danh sách phòng", () => this.go({ room: null }), { class: "icon-button to-rooms" }),
      element("span", { class: room.type === "private" ? "avatar bot" : "avatar room-avatar", style: `--hue:${hue(room.room)}`, "aria-hidden": "true" }, initials(room.title)), title,
      element("button", { type: "button", class: "acting", title: "Đổi người", onclick: this.choose },
        element("small", {}, element("span", {}, "bạn là"), element("b", {}, this.nameOf(this.me))), avatarOf(this.desk.person(this.me))));
  }

  drawTopics() {
    const topics = this.desk.chat(this.room)?.topics ?? [];
    this.topics.hidden = !topics.length;
    const choices = [{ id: null, name: "Tất cả" }, { id: 0, name: "Chung" }, ...topics];
    replaceContent(this.topics, choices.map(({ id, name }) => element("button",
      { type: "button", class: "topic", "aria-pressed": String(this.thread === id), onclick: () => this.keepThread(id) }, name)));
    this.talk.keepThread(this.thread === null ? null : String(this.thread));
  }

  keepThread(id) {
    this.thread = id;
    this.drawTopics();
    this.talk.toEnd();
  }

  makeEars() {
    return {
      message: (message) => this.hear(message, true),
      edited: (message) => this.hear(message, false),
      deleted: ({ room, message_id }) => room === this.room && this.talk.remove(message_id),
      reaction: (message) => message.room === this.room && this.changeReactions(message),
      toast: ({ text, alert }) => text && this.sayAnswer({ text, show_alert: alert }),
      clock: (clock) => this.desk.clock.set(clock),
      rooms: () => this.desk.refresh().then(() => this.loadRooms()),
      lost: () => (this.offline.hidden = false),
      back: () => this.catchUp(),
    };
  }

  async catchUp() {
    this.offline.hidden = true;
    await this.loadRooms();
    if (this.room) await this.loadMessages();
  }

  hear(message, isNew) {
    const room = this.rooms.get(message.room);
    if (!room) return this.loadRooms();
    const here = message.room === this.room;
    if (here) {
      this.talk.put(message);
      this.talk.keepThread(this.thread === null ? null : String(this.thread));
      this.offerStart(false);
      if (message.reply_markup?.keyboard || message.reply_markup?.remove_keyboard) this.composer.offerKeys(message.reply_markup.keyboard);
    }
    if (isNew) room.last = { text: summary(message), date: message.date, from: message.from?.id === this.me ? "Bạn" : writer(message).name };
    if (isNew && !here && message.from?.id !== this.me) room.unread = (room.unread ?? 0) + 1;
    this.listRooms();
  }

  changeReactions(change) {
    const message = this.talk.messages.get(change.message_id);
    const item = this.talk.items.get(change.message_id);
    if (!message || !item) return;
    message.reactions = change.reactions ?? [];
    item.querySelector(".reactions")?.remove();
    const drawn = drawReactions(message, this);
    if (drawn) item.querySelector(".stack").append(drawn);
  }

  makeActs() {
    return {
      show: (id) => this.talk.show(id),
      look,
      reply: (message) => this.composer.reply(message),
      edit: (message) => this.composer.edit(message),
      react: (message, emoji) => this.attempt(() => post("/human/react", { ...this.here(), message_id: message.message_id, emoji })),
      press: (message, button, key) => this.press(message, button, key),
      command: (text) => this.send({ text }),
      deepLink: ({ bot, payload }) => this.pressStart(bot, payload),
    };
  }

  here() {
    return { as: this.me, room: this.room };
  }

  async attempt(work) {
    try {
      return await work();
    } catch (refusal) {
      toast(refusal.message, "error");
      return null;
    }
  }

  async send({ text, mode, file, kind }) {
    const message = await this.attempt(() => this.dispatch({ text, mode, file, kind }));
    if (message?.message_id) this.hear({ room: this.room, ...message }, mode?.kind !== "edit" && !this.talk.items.has(message.message_id));
    return message;
  }

  dispatch({ text, mode, file, kind }) {
    const place = this.here();
    if (file) return upload({ ...place, caption: text, kind, thread: this.thread, reply_to: mode?.message.message_id }, file);
    if (mode?.kind === "edit") return post("/human/edit", { ...place, message_id: mode.message.message_id, text });
    const reply_to = mode?.message.message_id;
    const thread = this.thread || (mode?.message.is_topic_message ? mode.message.message_thread_id : undefined);
    return post("/human/say", { ...place, text, reply_to, thread });
  }

  async press(message, button, key) {
    key.setAttribute("aria-busy", "true");
    const asked = { ...this.here(), message_id: message.message_id, data: button.callback_data, wait: PATIENCE };
    const result = await this.attempt(() => post("/human/press", asked));
    key.removeAttribute("aria-busy");
    if (result?.answer?.text) this.sayAnswer(result.answer);
  }

  /** An answer may come both with the press and as an event: it is said once. */
  sayAnswer({ text, show_alert }) {
    const now = Date.now();
    if (this.said?.text === text && now - this.said.at < 2000) return;
    this.said = { text, at: now };
    if (show_alert) alertWords(text);
    else toast(text);
  }

  async pressStart(bot, payload) {
    const done = await this.attempt(() => post("/human/start", { as: this.me, bot, payload }));
    if (!done) return;
    if (this.room === bot) await this.loadMessages();
    else this.go({ room: bot });
  }

  editLast(event) {
    const mine = [...this.talk.messages.values()].filter((message) => message.from?.id === this.me && message.text);
    const last = mine.sort((a, b) => a.message_id - b.message_id).at(-1);
    if (!last) return;
    event.preventDefault();
    this.composer.edit(last);
  }

  dropFiles() {
    this.panel.addEventListener("dragover", (event) => event.preventDefault());
    this.panel.addEventListener("drop", (event) => {
      event.preventDefault();
      this.composer.attach(event.dataTransfer.files[0]);
    });
  }

  close() {
    this.listener?.close();
    this.node.remove();
  }
}
