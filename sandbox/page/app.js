// The desk: the address says who sits where; seats, people and clock follow it.

import { get } from "./api.js";
import { Clock } from "./clock.js";
import { element, iconButton, replaceContent } from "./dom.js";
import { fullName } from "./names.js";
import { toast } from "./notice.js";
import { PeopleList } from "./people.js";
import { Seat } from "./seat.js";
import { newPersonForm } from "./new-person.js";

const FIRST = { as: "as", room: "room" };
const SECOND = { as: "as2", room: "room2" };

class Desk {
  constructor() {
    this.clock = new Clock(document.querySelector(".clock"));
    this.seats = document.querySelector(".seats");
    this.chooser = document.querySelector(".chooser");
    this.split = document.querySelector(".split");
    this.dock = new PeopleList((id) => this.go(FIRST, { as: id }), (id) => this.go(SECOND, { as: id, room: this.address().get("room2") }));
    this.first = this.makeSeat(FIRST);
    this.listen();
  }

  makeSeat(keys) {
    return new Seat({
      desk: this,
      go: (change) => this.go(keys, change),
      choose: () => this.choose(keys),
      leave: keys === SECOND ? () => this.go(SECOND, { as: null, room: null }) : null,
    });
  }

  listen() {
    addEventListener("hashchange", () => this.follow());
    this.split.addEventListener("click", () => (this.second ? this.go(SECOND, { as: null, room: null }) : this.choose(SECOND)));
    this.chooser.addEventListener("click", (event) => event.target === this.chooser && this.chooser.close());
  }

  async start() {
    document.querySelector(".dock").append(this.dock.node, newPersonForm(() => this.refresh()));
    await Promise.all([this.refresh(), this.clock.start()]);
    this.seats.append(this.first.node);
    await this.follow();
  }

  async refresh() {
    this.world = await get("/human/world");
    this.people = new Map(this.world.people.map((person) => [person.id, person]));
    this.chats = new Map(this.world.chats.map((chat) => [String(chat.id), chat]));
    this.showPeople();
  }

  person = (id) => this.people.get(id);
  bot = (room) => this.world.bots.find(({ username }) => `@${username}` === room);
  botsIn(room) {
    const members = this.chat(room)?.members ?? [];
    return this.world.bots.filter((bot) => members.some(({ id, status }) => id === bot.id && !["left", "kicked"].includes(status)));
  }

  chat = (room) => this.chats.get(room);

  nameOf(id) {
    const person = this.person(id);
    return person ? fullName(person) : this.world.bots.find((bot) => bot.id === id)?.name ?? String(id);
  }

  membersInWords(room) {
    const present = this.chat(room.room)?.members?.filter(({ status }) => !["left", "kicked"].includes(status));
    return present ? `${present.length} thành viên` : room.room;
  }

  address() {
    return new URLSearchParams(location.hash.slice(1));
  }

  /** A change of person keeps the room when the new person has it too. */
  go(keys, change) {
    const address = this.address();
    for (const [name, value] of Object.entries(change)) {
      if (value === null || value === undefined) address.delete(keys[name]);
      else address.set(keys[name], value);
    }
    location.hash = address.toString().replaceAll("%40", "@");
    this.chooser.close();
  }

  async follow() {
    const address = this.address();
    const me = Number(address.get("as"));
    if (!this.people.has(me)) return this.welcome();
    document.body.classList.remove("nobody");
    const beside = Number(address.get("as2"));
    this.setSecond(this.people.has(beside));
    this.showPeople();
    document.title = `${fullName(this.person(me))} · Trực Ban, phòng thử`;
    try {
      await Promise.all([this.first.show(me, address.get("room")), this.second?.show(beside, address.get("room2"))]);
    } catch (refusal) {
      toast(refusal.message, "error");
    }
  }

  setSecond(wanted) {
    if (wanted && !this.second) this.seats.append((this.second = this.makeSeat(SECOND)).node);
    if (!wanted && this.second) this.second = void this.second.close();
    document.body.classList.toggle("two", wanted);
    this.split.setAttribute("aria-pressed", String(wanted));
  }

  welcome() {
    document.body.classList.add("nobody");
    this.dock.search.focus({ preventScroll: true });
  }

  showPeople() {
    const seated = [this.first.me, this.second?.me, Number(this.address().get("as")), Number(this.address().get("as2"))];
    this.dock.show(this.world.people, seated);
  }

  choose(keys) {
    const list = new PeopleList((id) => this.go(keys, { as: id, room: this.address().get(keys.room) }));
    list.heading.textContent = keys === SECOND ? "Xem cùng lúc với ai?" : "Bạn là ai?";
    list.show(this.world.people, [Number(this.address().get(keys.as))]);
    replaceContent(this.chooser, iconButton("close", "Đóng", () => this.chooser.close()), list.node);
    this.chooser.showModal();
    list.search.focus();
  }
}

const desk = new Desk();
desk.start().catch((refusal) => {
  toast(refusal.message, "error");
  document.querySelector(".dock").append(element("p", { class: "empty" }, "Chưa tải được phòng thử. Hãy mở lại trang này."));
});
