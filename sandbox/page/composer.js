// Where a person types: text, a reply or an edit, a picture or a file.

import { element, icon, iconButton, replaceContent } from "./dom.js";
import { folded, sizeInWords, summary, writer } from "./names.js";

const STICKER = "90210";

export class Composer {
  constructor(act) {
    this.act = act;
    this.mode = null;
    this.file = null;
    this.about = element("div", { class: "about", hidden: true });
    this.keys = element("div", { class: "reply-keys", hidden: true });
    this.commands = [];
    this.menu = element("ul", { class: "menu", hidden: true, "aria-label": "Các lệnh của bot" });
    this.slash = iconButton("slash", "Các lệnh của bot", () => this.showMenu(this.menu.hidden ? "" : null));
    this.bots = [];
    this.at = iconButton("at", "Gắn tên bot", () => this.pickBot(this.bots[0]), { class: "icon-button at", hidden: true });
    this.sticker = iconButton("smile", "Gửi nhãn dán", () => this.act.send({ sticker: STICKER }), { class: "icon-button", hidden: true });
    this.deaf = element("p", { class: "deaf", role: "status", hidden: true }, "Bot không nhận được tin này: gõ @ rồi chọn tên bot, hoặc trả lời một tin của bot.");
    this.text = element("textarea", { rows: "1", enterkeyhint: "send", autocomplete: "off", "aria-label": "Tin nhắn" });
    this.picker = element("input", { type: "file", hidden: true, "aria-label": "Chọn ảnh hoặc tệp" });
    this.node = element("form", { class: "composer" }, this.menu, this.about, this.keys,
      element("div", { class: "line" },
        iconButton("clip", "Gửi ảnh hoặc tệp", () => this.picker.click()), this.picker, this.slash, this.sticker, this.at, this.text,
        element("button", { class: "send", "aria-label": "Gửi", title: "Gửi (Enter)" }, icon("send"))), this.deaf);
    this.listen();
  }

  listen() {
    this.node.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.text.addEventListener("keydown", (event) => this.key(event));
    this.text.addEventListener("input", () => this.noticeTyping());
    this.text.addEventListener("paste", (event) => this.attach(event.clipboardData.files[0]));
    this.picker.addEventListener("change", () => this.attach(this.picker.files[0]));
  }

  key(event) {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send();
    }
    if (event.key === "Escape") this.clear();
    if (event.key === "ArrowUp" && !this.text.value && !this.mode) this.act.editLast(event);
  }

  for(name) {
    this.text.placeholder = `Nhắn với tư cách ${name}…`;
    this.text.setAttribute("aria-label", `Tin nhắn của ${name}`);
    this.clear();
    this.offerKeys(null);
  }

  reply(message) {
    this.mode = { kind: "reply", message };
    this.explain("reply", `Trả lời ${writer(message).name}`, summary(message));
  }

  edit(message) {
    this.mode = { kind: "edit", message };
    this.text.value = message.text ?? message.caption ?? "";
    this.explain("edit", "Sửa tin", summary(message));
    this.fit();
  }

  attach(file) {
    if (!file) return;
    this.file = file;
    const picture = file.type.startsWith("image/");
    this.asFile = picture ? element("input", { type: "checkbox" }) : null;
    const choice = picture ? element("label", { class: "as-file" }, this.asFile, "gửi như tệp") : null;
    this.explain("clip", file.name, sizeInWords(file.size), choice);
  }

  explain(sign, title, words, extra = null) {
    replaceContent(this.about, icon(sign),
      element("span", { class: "about-words" }, element("b", {}, title), element("span", {}, words)), extra,
      iconButton("close", "Bỏ", () => this.clear()));
    this.about.hidden = false;
    this.noticeTyping();
    this.text.focus();
  }

  takeDrops(area) {
    area.addEventListener("dragover", (event) => event.preventDefault());
    area.addEventListener("drop", (event) => {
      event.preventDefault();
      this.attach(event.dataTransfer.files[0]);
    });
  }

  knowCommands(commands) {
    this.commands = commands;
    this.slash.hidden = !commands.length;
    this.showMenu(null);
  }

  /** In a group of Zalo: the bots one can choose behind an @. */
  knowBots(platform, bots) {
    this.bots = platform ? bots : [];
    this.at.hidden = !this.bots.length;
    this.sticker.hidden = !platform;
    this.takesVoice = Boolean(platform);
    this.noticeTyping();
  }

  noticeTyping() {
    this.fit();
    const command = /^\/(\w*)$/.exec(this.text.value);
    const name = this.bots.length ? /(?:^|\s)@([^@\n]*)$/.exec(this.text.value) : null;
    if (name && !this.mentioned()) this.showBots(name[1]);
    else this.showMenu(command ? command[1] : null);
    const heard = this.mentioned() || this.mode?.message.from?.is_bot;
    this.deaf.hidden = !this.bots.length || heard || !(this.text.value.trim() || this.file);
  }

  /** The bot whose name was chosen and still stands in the line. */
  mentioned() {
    return this.bots.find((bot) => this.chosen === bot && this.text.value.includes(`@${bot.name}`));
  }

  showBots(beginning) {
    const found = this.bots.filter(({ name }) => folded(name).startsWith(folded(beginning)));
    this.offer(found.map((bot) => ({ label: `@${bot.name}`, note: "bot", pick: () => this.pickBot(bot) })));
  }

  pickBot(bot) {
    const typed = this.text.value.replace(/(^|\s)@[^@\n]*$/, "$1");
    this.text.value = typed === this.text.value ? `@${bot.name} ${typed}` : `${typed}@${bot.name} `;
    this.chosen = bot;
    this.showMenu(null);
    this.noticeTyping();
    this.text.focus();
  }

  /** The commands that begin so; `null` closes the menu. */
  showMenu(beginning) {
    const found = beginning === null ? [] : this.commands.filter(({ command }) => command.startsWith(beginning));
    this.offer(found.map(({ command, description }) => ({ label: `/${command}`, note: description, pick: () => this.sendCommand(command) })));
  }

  offer(lines) {
    this.menu.hidden = !lines.length;
    replaceContent(this.menu, lines.map(({ label, note, pick }) => element("li", {},
      element("button", { type: "button", class: "menu-line", onclick: pick }, element("b", {}, label), element("span", {}, note)))));
  }

  sendCommand(command) {
    this.text.value = "";
    this.showMenu(null);
    this.act.send({ text: `/${command}` });
  }

  clear() {
    this.showMenu(null);
    if (this.mode?.kind === "edit") this.text.value = "";
    this.mode = null;
    this.file = null;
    this.picker.value = "";
    this.about.hidden = true;
    this.chosen = null;
    this.noticeTyping();
  }

  async send() {
    const text = this.text.value.trim().normalize("NFC");
    if ((!text && !this.file) || this.busy) return;
    this.busy = true;
    const sound = this.takesVoice && this.file?.type.startsWith("audio/");
    const picked = this.mentioned();
    const shown = this.asFile?.checked ? "" : this.file?.type.split("/")[0];
    const kind = sound ? "voice" : { image: "photo", video: "video" }[shown] ?? "document";
    const sent = await this.act.send({ text, mode: this.mode, file: this.file, kind, mention: picked ? `@${picked.username}` : undefined });
    this.busy = false;
    if (!sent) return;
    this.text.value = "";
    this.clear();
  }

  fit() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, 160)}px`;
  }

  /** A bot's reply keyboard: each key sends its own words. */
  offerKeys(markup) {
    const rows = markup?.keyboard ?? [];
    this.keys.hidden = !rows.length;
    replaceContent(this.keys, rows.map((row) => element("div", { class: "keyboard-row" }, row.map((key) => {
      const words = key.text ?? key;
      return element("button", { type: "button", class: "key", onclick: () => this.pressKey(words, markup) }, words);
    }))));
  }

  pressKey(words, markup) {
    if (markup.one_time_keyboard) this.keys.hidden = true;
    this.act.send({ text: words });
  }
}
