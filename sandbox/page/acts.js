// What a person can do in the open room; every act is one call of the human side.

import { post, upload } from "./api.js";
import { alertWords, look, toast } from "./notice.js";

const PATIENCE = 3;
const ONCE_WITHIN = 2000;

export class Acts {
  constructor(seat) {
    this.seat = seat;
  }

  look = look;
  show = (id) => this.seat.talk.show(id);
  reply = (message) => this.seat.composer.reply(message);
  edit = (message) => this.seat.composer.edit(message);
  command = (text) => this.send({ text });
  react = (message, emoji) => this.attempt(() => post("/human/react", { ...this.here(), message_id: message.message_id, emoji }));
  remove = (message) => this.attempt(() => post("/human/delete", { ...this.here(), message_id: message.message_id }));

  here() {
    return { as: this.seat.me, room: this.seat.room };
  }

  async attempt(work) {
    try {
      return await work();
    } catch (refusal) {
      toast(refusal.message, "error");
      return null;
    }
  }

  /** What was sent is shown at once; the event that follows finds it already there. */
  async send(draft) {
    const message = await this.attempt(() => this.dispatch(draft));
    if (message) this.seat.hear(message);
    return message;
  }

  dispatch({ text, mode, file, kind, mention, sticker }) {
    const place = this.here();
    const answered = mode?.message;
    const thread = this.seat.thread || undefined;
    if (sticker) return post("/human/send", { ...place, sticker });
    if (file) return upload({ ...place, caption: text, kind, thread, mention, reply_to: answered?.message_id }, file);
    if (mode?.kind === "edit") return post("/human/edit", { ...place, message_id: answered.message_id, text });
    return post("/human/say", { ...place, text, reply_to: answered?.message_id, thread, mention });
  }

  press = async (message, button, key) => {
    key.setAttribute("aria-busy", "true");
    const asked = { ...this.here(), message_id: message.message_id, data: button.callback_data, wait: PATIENCE };
    const result = await this.attempt(() => post("/human/press", asked));
    key.removeAttribute("aria-busy");
    if (result?.answer) this.sayAnswer(result.answer.text, result.answer.show_alert);
  };

  /** An answer comes with the press and as an event, or late as an event only: it is said once. */
  sayAnswer(text, alert) {
    const now = Date.now();
    if (!text || (this.said?.text === text && now - this.said.at < ONCE_WITHIN)) return;
    this.said = { text, at: now };
    if (alert) alertWords(text);
    else toast(text);
  }

  pressStart = async ({ bot, payload }) => {
    const message = await this.attempt(() => post("/human/start", { as: this.seat.me, bot, payload }));
    if (!message) return;
    if (this.seat.room === message.room) this.seat.hear(message);
    else this.seat.go({ room: message.room });
  };

  editLast(event) {
    if (!this.seat.canEdit) return;
    const mine = [...this.seat.talk.messages.values()].filter((message) => message.from?.id === this.seat.me && message.text);
    const last = mine.sort((a, b) => a.message_id - b.message_id).at(-1);
    if (!last) return;
    event.preventDefault();
    this.edit(last);
  }
}
