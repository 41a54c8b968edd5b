// Bot API entities (UTF-16 offsets, as JavaScript counts) become elements; text is only ever text.

import { element } from "./dom.js";
import { styleOf } from "./platforms.js";

const SIMPLE = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};
const SAFE = /^(https?|tg|mailto|tel):/i;

/** `act.command(text)`, `act.pressStart({bot, payload})` answer the links that stay inside the sandbox. */
export function richText(text, entities = [], act = {}) {
  const ordered = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return nodes(text, 0, text.length, ordered, act);
}

function nodes(text, start, end, entities, act) {
  const result = [];
  let at = start;
  let index = 0;
  while (index < entities.length) {
    const entity = entities[index];
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.offset + entity.length, end);
    const inner = [];
    for (index += 1; index < entities.length && entities[index].offset < to; index += 1) inner.push(entities[index]);
    if (to <= from) continue;
    if (from > at) result.push(text.slice(at, from));
    result.push(wrap(entity, text.slice(from, to), nodes(text, from, to, inner, act), act));
    at = to;
  }
  if (at < end) result.push(text.slice(at, end));
  return result;
}

function wrap(entity, words, content, act) {
  if (SIMPLE[entity.type]) return element(SIMPLE[entity.type], {}, content);
  switch (entity.type) {
    case "spoiler": return spoiler(content);
    case "zalo_style": return element("span", styleOf(entity.codes), content);
    case "text_link": return link(entity.url, content, act);
    case "url": return link(/^[a-z]+:/i.test(words) ? words : `https://${words}`, content, act);
    case "email": return link(`mailto:${words}`, content, act);
    case "phone_number": return link(`tel:${words.replace(/[^\d+]/g, "")}`, content, act);
    case "bot_command": return element("button", { type: "button", class: "command", onclick: () => act.command?.(words) }, content);
    case "mention": case "text_mention": case "hashtag": case "cashtag": return element("span", { class: "tag" }, content);
    default: return element("span", {}, content);
  }
}

function spoiler(content) {
  const reveal = (event) => event.currentTarget.classList.add("shown");
  return element("span", { class: "spoiler", title: "Bấm để xem", onclick: reveal }, content);
}

function link(address, content, act) {
  const deep = deepLink(address);
  if (deep) return element("button", { type: "button", class: "command", title: address, onclick: () => act.pressStart?.(deep) }, content);
  if (!SAFE.test(address)) return element("span", {}, content);
  return element("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, content);
}

/** t.me/<bot>?start=P would open Telegram; here it presses Start in the sandbox. */
export function deepLink(address) {
  const match = /^(?:https?:\/\/)?(?:t|telegram)\.me\/(\w{3,})\?start=([\w-]{0,64})$/i.exec(address)
    ?? /^tg:\/\/resolve\?domain=(\w{3,})&start=([\w-]{0,64})$/i.exec(address);
  return match ? { bot: `@${match[1]}`, payload: match[2] } : null;
}
