// One message of the Bot API becomes one list item: bubble, quote, picture, file, text, buttons, reactions.

import { fileAddress } from "./api.js";
import { deepLink, richText } from "./entities.js";
import { element, icon } from "./dom.js";
import { asPicture, hue, initials, serviceText, sizeInWords, summary, timeOf, writer } from "./names.js";

const WIDEST = 380;
const TALLEST = 300;

/** `seat` gives `me`, `isGroup`, `titleOf(id)` and `act`, the things a reader can do. */
export function drawMessage(message, seat) {
  const service = serviceText(message);
  return service ? drawService(message, service) : drawBubble(message, seat);
}

function drawService(message, words) {
  return element("li", { class: "service", ...marks(message) }, element("span", {}, words));
}

function drawBubble(message, seat) {
  const own = message.from?.id === seat.me && !message.sender_chat;
  const who = writer(message);
  return element(
    "li",
    { class: own ? "message own" : "message", tabindex: "-1", style: `--hue:${hue(who.key)}`, ...marks(message) },
    seat.isGroup && !own ? element("span", { class: "avatar", "aria-hidden": "true" }, initials(who.name)) : null,
    element("div", { class: "stack" },
      element("div", { class: "bubble" }, drawSender(who, own, seat), drawQuote(message, seat), drawMedia(message, seat), drawText(message, seat), drawFoot(message, seat)),
      drawKeyboard(message, seat),
      drawReactions(message, seat)),
  );
}

const marks = (message) => ({
  "data-id": message.message_id,
  "data-writer": writer(message).key,
  "data-date": message.date,
  "data-thread": message.is_topic_message ? message.message_thread_id : "0",
});

function drawSender(who, own, seat) {
  const note = who.note ?? seat.titleOf(who.key);
  const hidden = own || !seat.isGroup ? " only-read" : "";
  return element("div", { class: `sender${hidden}` }, element("b", {}, own ? "Bạn" : who.name), note && !own ? element("small", {}, note) : null);
}

function drawQuote(message, seat) {
  const quoted = message.reply_to_message;
  if (!quoted || quoted.forum_topic_created) return null;
  const words = message.quote?.text ?? summary(quoted);
  const who = writer(quoted);
  return element(
    "button",
    { type: "button", class: "quote", style: `--hue:${hue(who.key)}`, onclick: () => seat.act.show(quoted.message_id), "aria-label": `Trả lời ${who.name}: ${words}` },
    element("b", {}, who.name), element("span", {}, words),
  );
}

function drawMedia(message, seat) {
  if (message.photo) return drawPicture(message, seat);
  const file = message.document ?? message.voice ?? message.video ?? message.audio ?? message.animation
    ?? message.video_note;
  if (file) return drawFile(file);
  const words = message.text || message.caption ? null : summary(message);
  return words ? element("em", { class: "other" }, words) : null;
}

function drawPicture(message, seat) {
  const largest = message.photo.at(-1);
  const address = fileAddress(largest.file_id);
  const scale = Math.min(1, WIDEST / largest.width, TALLEST / largest.height);
  const size = { width: Math.round(largest.width * scale), height: Math.round(largest.height * scale) };
  const label = message.caption ? `Ảnh: ${message.caption}` : "Ảnh";
  return element("button", { type: "button", class: "picture", "aria-label": `Xem ${label}`, onclick: () => seat.act.look(address, label) },
    element("img", { src: address, alt: label, loading: "lazy", ...size }));
}

function drawFile(file) {
  const name = file.file_name ?? "Tệp";
  return element("a", { class: "file", href: fileAddress(file.file_id), download: name },
    element("span", { class: "file-icon" }, icon("file")),
    element("span", { class: "file-words" }, element("b", {}, name), element("small", {}, [sizeInWords(file.file_size), "tải về"].filter(Boolean).join(" · "))));
}

function drawText(message, seat) {
  const text = message.text ?? message.caption;
  if (!text) return null;
  return element("div", { class: "text" }, richText(text, message.entities ?? message.caption_entities, seat.act));
}

function drawFoot(message, seat) {
  const stamp = timeOf(message.edit_date ?? message.date);
  return element("div", { class: "foot" },
    message.heard && seat.isGroup ? element("span", { class: "heard", title: "Tin này đã tới bot" }, "bot đã nhận") : null,
    message.edit_date ? element("span", { class: "edited" }, "đã sửa") : null,
    element("time", { datetime: new Date(message.date * 1000).toISOString() }, stamp));
}

function drawKeyboard(message, seat) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return element("div", { class: "keyboard", role: "group", "aria-label": "Nút của tin nhắn" },
    rows.map((row) => element("div", { class: "keyboard-row" }, row.map((button) => drawButton(message, button, seat)))));
}

function drawButton(message, button, seat) {
  const look = `key ${button.style ?? ""}`;
  if (!button.url) return element("button", { type: "button", class: look, onclick: (event) => seat.act.press(message, button, event.currentTarget) }, button.text);
  const deep = deepLink(button.url);
  if (deep) return element("button", { type: "button", class: look, onclick: () => seat.act.pressStart(deep) }, button.text);
  const safe = /^https?:/i.test(button.url) ? button.url : null;
  return element("a", { class: look, href: safe, target: "_blank", rel: "noopener noreferrer" }, `${button.text} ↗`);
}

export function drawReactions(message, seat) {
  const all = message.reactions ?? [];
  if (!all.length) return null;
  const counts = new Map();
  for (const { emoji, from } of all) counts.set(emoji, [...(counts.get(emoji) ?? []), from]);
  return element("div", { class: "reactions" }, [...counts].map(([emoji, people]) => {
    const mine = people.includes(seat.me);
    const names = people.map((id) => seat.nameOf(id)).join(", ");
    return element("button",
      { type: "button", class: "reaction", "aria-pressed": String(mine), title: names, "aria-label": `${emoji} ${names}`, onclick: () => seat.act.react(message, mine ? null : emoji) },
      asPicture(emoji), people.length > 1 ? element("span", {}, String(people.length)) : null);
  }));
}
