import { texts } from "./texts.js";

const AGAIN_AFTER = 1000;

const uuid = () => {
  if (crypto.randomUUID) return crypto.randomUUID();
  // pages on plain http have no randomUUID
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, "$1-$2-$3-$4-$5");
};

/**
 * What the visitor has said and the server has not yet confirmed, sent one at a time and in order.
 * An entry: {client_id, text, payload|null, shown, status: "sender"|"fejlet"|"sendt", seq|null, why, time}.
 * A resend keeps the client_id, so the server stores the message once however often it arrives.
 */
export class Outbox {
  constructor(memory, deliver, changed) {
    this.memory = memory;
    this.deliver = deliver;
    this.changed = changed;
    this.chain = Promise.resolve();
    // what a reload cut off may or may not have arrived; the visitor decides, and the client_id prevents a double
    this.entries = (memory.get("outbox") ?? []).map((entry) => ({ ...entry, status: "fejlet", why: "" }));
  }

  add({ text = null, payload = null, shown = text }) {
    const entry = { client_id: uuid(), text, payload, shown, status: "sender", seq: null, why: "", time: new Date().toISOString() };
    this.entries.push(entry);
    this.#go(entry);
    return entry;
  }

  retry(clientId) {
    const entry = this.entries.find((one) => one.client_id === clientId && one.status === "fejlet");
    if (entry) this.#go(entry);
  }

  /** The entry that a stored message of the visitor's stands for, taken out; null if it came from another tab. */
  claim(message) {
    const sameText = (entry) => entry.seq === null && entry.shown === message.text;
    const entry = this.entries.find((one) => one.seq === message.seq) ?? this.entries.find(sameText);
    if (!entry) return null;
    this.entries = this.entries.filter((one) => one !== entry);
    this.#keep();
    return entry;
  }

  /** The conversation has ended. What was typed and not sent is kept for the next one, unless all is to be forgotten. */
  end(forget) {
    this.entries = forget ? [] : this.entries.filter((entry) => entry.text !== null && entry.seq === null);
    for (const entry of this.entries) entry.status = "fejlet";
    this.#keep();
  }

  #go(entry) {
    Object.assign(entry, { status: "sender", why: "" });
    this.#keep();
    this.changed();
    this.chain = this.chain.then(() => this.#send(entry));
  }

  async #send(entry) {
    if (!this.entries.includes(entry)) return;
    const body = { client_id: entry.client_id, ...(entry.payload ? { payload: entry.payload } : { text: entry.text }) };
    let error = await this.#attempt(entry, body);
    if (error?.passing && error.status !== 429 && this.entries.includes(entry)) {
      await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER));
      if (this.entries.includes(entry)) error = await this.#attempt(entry, body);
    }
    if (error && this.entries.includes(entry)) {
      entry.status = "fejlet";
      entry.why = error.status === 429 ? texts.forHurtigt : error.status >= 400 && error.status < 500 ? error.said : "";
    }
    this.#keep();
    this.changed(error);
  }

  async #attempt(entry, body) {
    try {
      const { seq } = await this.deliver(body);
      Object.assign(entry, { status: "sendt", seq });
      return null;
    } catch (error) {
      return error;
    }
  }

  #keep() {
    if (this.entries.length) this.memory.set("outbox", this.entries);
    else this.memory.forget("outbox");
  }
}
