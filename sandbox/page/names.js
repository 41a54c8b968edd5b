// Names, initials, colours and times as people read them.

import { unreadable } from "./platforms.js";

const ZONE = "Asia/Ho_Chi_Minh";
const OFFICIAL = new Intl.DateTimeFormat("en-CA", { timeZone: ZONE, year: "numeric", month: "2-digit", day: "2-digit" });
const TIME = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, hour: "2-digit", minute: "2-digit" });
const WEEKDAY = new Intl.DateTimeFormat("vi-VN", { timeZone: ZONE, weekday: "long" });
const HUES = [12, 38, 95, 150, 178, 212, 262, 318];

export const fullName = (user) => [user.first_name, user.last_name].filter(Boolean).join(" ");

export function initials(name) {
  const words = name.replace(/[^\p{L}\p{N} ]/gu, " ").split(" ").filter(Boolean);
  return words.slice(-2).map((word) => word[0].toUpperCase()).join("") || "?";
}

export function hue(key) {
  let sum = 7;
  for (const letter of String(key)) sum = (sum * 31 + letter.codePointAt(0)) % 9973;
  return HUES[sum % HUES.length];
}

/** Lets "lan", "Lân" and "LAN" find one another. */
export const folded = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d").replace(/Đ/g, "D").toLowerCase();

/** Some signs are drawn as plain letters unless asked to be pictures. */
export const asPicture = (emoji) => emoji.replace(/^[❤☃✍⚡🕊]$/u, "$&\uFE0F");

export const timeOf = (seconds) => TIME.format(seconds * 1000);

/** "2026-11-23" in office time: the same text means the same day. */
export const dayOf = (seconds) => OFFICIAL.format(seconds * 1000);

export function dayInWords(seconds) {
  const [year, month, day] = dayOf(seconds).split("-");
  const weekday = WEEKDAY.format(seconds * 1000);
  return `${weekday[0].toUpperCase()}${weekday.slice(1)}, ${day}/${month}/${year}`;
}

export function sizeInWords(bytes) {
  if (!bytes) return "";
  if (bytes < 1024) return `${bytes} B`;
  const [value, unit] = bytes < 1024 * 1024 ? [bytes / 1024, "kB"] : [bytes / 1024 / 1024, "MB"];
  return `${value.toLocaleString("vi-VN", { maximumFractionDigits: 1 })} ${unit}`;
}

/** Who wrote it, as the room sees it: an anonymous administrator is the room itself. */
export function writer(message) {
  if (message.sender_chat) return { key: message.sender_chat.id, name: message.sender_chat.title ?? "Ẩn danh", note: "ẩn danh" };
  const user = message.from ?? {};
  return { key: user.id, name: fullName(user), note: user.is_bot ? "bot" : null };
}

const KINDS = [
  ["photo", "🖼 Ảnh"], ["sticker", "Nhãn dán"], ["voice", "Tin thoại"], ["video", "Phim"], ["video_note", "Phim tròn"], ["audio", "Âm thanh"],
  ["animation", "Ảnh động"], ["location", "Vị trí"], ["contact", "Danh thiếp"], ["poll", "Bình chọn"], ["dice", "Xúc xắc"],
];

/** One line for the list of rooms and for quotes. */
export function summary(message) {
  const text = message.text ?? message.caption;
  if (message.document) return text ? `📄 ${text}` : `📄 ${message.document.file_name ?? "Tệp"}`;
  if (message.photo && text) return `🖼 ${text}`;
  return text ?? unreadable(message) ?? KINDS.find(([name]) => message[name])?.[1] ?? serviceText(message) ?? "Tin nhắn";
}

/** What a service message says; null when it is an ordinary one. */
export function serviceText(message) {
  const who = fullName(message.from ?? {});
  const joined = message.new_chat_members;
  if (joined) {
    const names = joined.map(fullName).join(", ");
    return joined.length === 1 && joined[0].id === message.from?.id ? `${names} đã vào nhóm` : `${who} đã thêm ${names}`;
  }
  const left = message.left_chat_member;
  if (left) return left.id === message.from?.id ? `${fullName(left)} đã rời nhóm` : `${who} đã mời ${fullName(left)} ra khỏi nhóm`;
  if (message.new_chat_title) return `${who} đã đổi tên nhóm thành “${message.new_chat_title}”`;
  if (message.new_chat_photo) return `${who} đã đổi ảnh nhóm`;
  if (message.delete_chat_photo) return `${who} đã bỏ ảnh nhóm`;
  if (message.group_chat_created || message.supergroup_chat_created) return `${who} đã lập nhóm`;
  if (message.migrate_to_chat_id) return "Nhóm đã được nâng thành siêu nhóm";
  if (message.migrate_from_chat_id) return "Siêu nhóm này được nâng lên từ nhóm cũ";
  if (message.pinned_message) return `${who} đã ghim: “${summary(message.pinned_message).slice(0, 60)}”`;
  if (message.forum_topic_created) return `${who} đã mở chủ đề “${message.forum_topic_created.name}”`;
  if (message.forum_topic_edited) return `${who} đã sửa chủ đề`;
  if (message.forum_topic_closed) return `${who} đã đóng chủ đề`;
  if (message.forum_topic_reopened) return `${who} đã mở lại chủ đề`;
  return null;
}
