// Rooms of other platforms than Telegram: their mark, their words, and what people cannot do there.

import { element } from "./dom.js";

const PLATFORMS = {
  zalo: { name: "Zalo", private: "Zalo, riêng với bot", group: "Nhóm Zalo" },
};

/** Null in Telegram's rooms. */
export const platformOf = (room) => PLATFORMS[room?.platform] ?? null;

export const markOf = (room) => {
  const platform = platformOf(room);
  return platform ? element("span", { class: `platform ${room.platform}`, title: platform.name }, platform.name) : null;
};

const UNREADABLE = { contact: "📇 Danh thiếp", location: "📍 Vị trí", video: "🎬 Phim", link: "🔗 Liên kết" };

export const unreadable = (message) => UNREADABLE[message.zalo_unsupported] ?? null;

const SIZES = { f_13: "small", f_15: "plain", f_18: "large", f_20: "larger" };

/** Zalo's codes beside bold and italic: sizes, colours, lists and indents. */
export function styleOf(codes) {
  const classes = codes.map((code) => SIZES[code] ?? code.replace(/^(lst|ind)_/, "$1-")).filter((name) => !name.startsWith("c_"));
  const colour = codes.find((code) => code.startsWith("c_") && code !== "c_050a19");
  return { class: classes.map((name) => `zalo-${name}`).join(" ") || null, style: colour ? `color:#${colour.slice(2)}` : null };
}
