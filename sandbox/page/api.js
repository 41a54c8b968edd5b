// The human side of the sandbox: plain HTTP calls and one stream of events for each seat.

export class Refusal extends Error {}

async function read(response) {
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refusal(answer.error ?? `Máy chủ trả lời ${response.status}.`);
  return answer;
}

async function fetchOrExplain(path, options) {
  try {
    return await fetch(path, options);
  } catch {
    throw new Refusal("Chưa nối được với phòng thử. Kiểm tra xem chương trình còn chạy không.");
  }
}

/** Looking harms nothing, so a broken line is tried once more. */
export async function get(path, query = {}) {
  const search = new URLSearchParams(query).toString();
  const address = search ? `${path}?${search}` : path;
  return read(await fetch(address).catch(() => fetchOrExplain(address)));
}

export async function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  return read(await fetchOrExplain(path, { method: "POST", headers, body: JSON.stringify(body) }));
}

export async function upload(fields, file) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) if (value) form.append(name, value);
  form.append("file", file, file.name.normalize("NFC"));
  return read(await fetchOrExplain("/human/upload", { method: "POST", body: form }));
}

export const fileAddress = (id) => `/human/file/${encodeURIComponent(id)}`;

const EVENTS = ["message", "edited", "deleted", "reaction", "toast", "clock", "rooms"];

/** Listens as one person and comes back by itself, from the last number it has seen; `onback` says a gap was closed. */
export class Listener {
  constructor(person, handlers) {
    this.person = person;
    this.handlers = handlers;
    this.seen = 0;
    this.wait = 500;
    this.connect(false);
  }

  connect(again) {
    const after = this.seen ? `&after=${this.seen}` : "";
    this.source = new EventSource(`/human/events?as=${this.person}${after}`);
    this.source.onopen = () => {
      this.wait = 500;
      if (again) this.handlers.back?.();
    };
    this.source.onerror = () => this.connectLater();
    for (const name of EVENTS) this.source.addEventListener(name, (event) => this.hear(name, event));
  }

  hear(name, event) {
    const data = JSON.parse(event.data);
    if (data.seq > this.seen) this.seen = data.seq;
    this.handlers[name]?.(data);
  }

  connectLater() {
    this.source.close();
    this.handlers.lost?.();
    this.timer = setTimeout(() => this.connect(true), this.wait);
    this.wait = Math.min(this.wait * 2, 8000);
  }

  close() {
    clearTimeout(this.timer);
    this.source.close();
  }
}
