// Short words over the page: toasts, alerts that want an OK, a picture in full size.

import { element, iconButton } from "./dom.js";

const STAY = 5000;

export function toast(words, tone = "plain") {
  const note = element("p", { class: `notice ${tone}` }, words);
  document.querySelector(".notices").append(note);
  setTimeout(() => note.remove(), STAY);
}

function openDialog(label, name, ...content) {
  const dialog = element("dialog", { class: name, "aria-label": label }, ...content);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

export function alertWords(words) {
  const close = () => dialog.close();
  const dialog = openDialog("Thông báo của bot", "alert", element("p", {}, words), element("button", { type: "button", class: "main-button", onclick: close }, "Đã hiểu"));
}

export function look(address, label) {
  const close = () => dialog.close();
  const dialog = openDialog(label, "look", iconButton("close", "Đóng ảnh", close), element("img", { src: address, alt: label }),
    element("a", { class: "main-button", href: address, download: "" }, "Tải về"));
}
