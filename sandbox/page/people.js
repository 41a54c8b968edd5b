// The list of people one can be, with a search that needs no diacritics.

import { element, icon, replaceContent } from "./dom.js";
import { folded, fullName, hue, initials } from "./names.js";

const FEW = 12;

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

  /** A long list stands by unit, as in "Chuyên viên, Phòng Kinh tế"; a short one as it came. */
  show(people, seated) {
    const units = people.length > FEW ? byUnit(people) : new Map([["", people]]);
    replaceContent(this.list, [...units].flatMap(([unit, members]) => [
      unit && units.size > 1 ? element("li", { class: "unit" }, element("h3", {}, unit)) : null,
      ...members.map((person) => this.row(person, unit, seated.includes(person.id))),
    ]));
    this.sift();
  }

  row(person, unit, here) {
    const name = fullName(person);
    const pick = element("button", { type: "button", class: "person", "data-person": person.id, "aria-current": here ? "true" : null, onclick: () => this.onpick(person.id) },
      avatarOf(person), element("b", {}, name), element("small", {}, titleWithin(unit, person)));
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
    let heading = null;
    for (const row of this.list.children) {
      if (row.classList.contains("unit")) {
        heading = row;
        heading.hidden = true;
        continue;
      }
      row.hidden = !wanted.every((word) => row.words.includes(word));
      if (row.hidden) continue;
      found += 1;
      if (heading) heading.hidden = false;
    }
    this.none.hidden = found > 0;
  }
}

/** Under the heading of the unit, its name need not stand behind every title. */
const titleWithin = (unit, { title, username }) =>
  (unit ? title.replace(`, ${unit}`, "") : title) ?? (username ? `@${username}` : "");

function byUnit(people) {
  const units = new Map();
  for (const person of [...people].sort((a, b) => a.id - b.id)) {
    const unit = person.title?.split(", ").slice(1).join(", ") ?? "";
    units.set(unit, [...(units.get(unit) ?? []), person]);
  }
  return units;
}
