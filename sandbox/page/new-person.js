// A small form that brings one more person into the world: all one needs when the world is empty.

import { post } from "./api.js";
import { element } from "./dom.js";
import { toast } from "./notice.js";

export function newPersonForm(onadded) {
  const name = element("input", { name: "name", required: true, maxlength: "64", placeholder: "Họ và tên", "aria-label": "Họ và tên người mới" });
  const title = element("input", { name: "title", maxlength: "64", placeholder: "Chức vụ (nếu có)", "aria-label": "Chức vụ người mới" });
  const form = element("form", { class: "new-person-form" }, name, title, element("button", { class: "small-button" }, "Thêm người"));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await post("/human/world", { people: [{ first_name: name.value.trim().normalize("NFC"), title: title.value.trim().normalize("NFC") || undefined, language_code: "vi" }] });
      form.reset();
      await onadded();
    } catch (refusal) {
      toast(refusal.message, "error");
    }
  });
  return element("details", { class: "new-person" }, element("summary", {}, "Thêm người"), form);
}
