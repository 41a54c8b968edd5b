// The first words to a newcomer who has sat down but opened no room yet.

import { element } from "./dom.js";

const STEPS = [
  "Chọn một phòng, đọc lời của bot rồi trả lời, hoặc bấm nút.",
  "Đưa đồng hồ tới giờ cần xem: bot sẽ hỏi, nhắc và tổng hợp đúng giờ.",
  "Đổi sang người khác, hoặc mở “Xem cùng lúc” để thấy hai người một lần.",
];

export const greeting = (name) =>
  element("div", { class: "welcome-card" },
    element("h2", {}, `Chào ${name}`),
    element("p", {}, "Đây là phòng thử: bot tưởng mình đang ở trên Telegram, còn bạn ngồi vào chỗ của bất cứ ai."),
    element("ol", {}, STEPS.map((step) => element("li", {}, step))));
