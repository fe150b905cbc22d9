import { Counterpart } from "./counterpart.js";
import { Outbox } from "./outbox.js";
import { Receiver } from "./receiver.js";

const COME_BACK_WITHIN = 3000;
const UNKNOWN = new Set([401, 403, 404]);

/**
 * The conversation as this tab knows it: messages in order of `seq` without holes or doubles, what is on its way,
 * the state, who is at the other end and whether the server can be reached. Calls `changed()` after every change; the view draws from here.
 */
export class Conversation {
  #id = null;

  constructor(api, memory, changed) {
    Object.assign(this, { api, memory, changed });
    this.session = memory.get("session");
    this.receiver = new Receiver(api, {
      session: () => this.#token(),
      after: () => this.last,
      seen: () => this.seen,
      batch: (answer) => this.#take(answer),
      up: () => this.#reach(true),
      down: () => this.#reach(false),
      gone: (error) => this.#over(error.status === 409 ? "lukket" : "udloebet"),
      known: () => Boolean(this.session),
    });
    this.outbox = new Outbox(memory, (body) => this.#deliver(body), () => this.changed());
    this.#empty();
    this.unwatch = memory.watch({
      session: (session) => this.#otherTab(session),
      erased: (conversation) => conversation === this.#id && this.#over("slettet"),
    });
  }

  #empty() {
    Object.assign(this, { messages: [], state: "bot", serverBusy: false, typing: false, awaited: 0, ended: null, down: false });
    this.counterpart = new Counterpart();
    this.loaded = !this.session;
    this.#id = this.session?.conversation ?? null;
  }

  get last() {
    return this.messages.at(-1)?.seq ?? 0;
  }

  /** True while an answer is under way: the server says so, or an accepted message has no answer yet. */
  get busy() {
    if (this.ended || this.down) return false;
    return this.serverBusy || this.typing || (this.state === "bot" && this.awaited > this.#lastAnswer());
  }

  get seen() {
    return this.memory.get("set") ?? 0;
  }

  /** Messages of the other side that came while the chat was closed. */
  get unread() {
    return this.messages.filter((message) => message.from !== "user" && message.seq > this.seen).length;
  }

  start() {
    if (this.ended) return;
    this.receiver.start();
    this.receiver.hurry();
  }

  stop() {
    this.receiver.stop();
    this.unwatch();
  }

  say(text) {
    this.outbox.add({ text });
    this.start();
  }

  press(button) {
    this.outbox.add({ payload: button.payload, shown: button.title });
  }

  retry(clientId) {
    this.outbox.retry(clientId);
    this.receiver.hurry();
  }

  markSeen() {
    if (!this.session || this.last <= this.seen) return;
    this.memory.set("set", this.last);
    this.receiver.tell({ type: "read", seq: this.last });
  }

  /** "Slet samtalen". Throws ApiError when the server did not do it; then nothing is forgotten here either. */
  async erase() {
    const { session } = this;
    this.receiver.stop(); // else it hears that the conversation has ended before it hears why
    try {
      if (session) await this.api.close(session.token);
    } catch (error) {
      if (!UNKNOWN.has(error.status)) {
        this.receiver.start();
        throw error;
      }
    }
    this.#over("slettet");
    if (session) this.memory.tellErased(session.conversation);
  }

  /** A new conversation after the last has ended. */
  renew() {
    this.receiver.stop();
    this.session = null;
    this.#empty();
    this.changed();
    this.start();
  }

  async #token() {
    if (this.session) return this.session.token;
    return this.memory.alone(async () => {
      this.session ??= this.memory.get("session"); // another tab was first
      this.#id = this.session?.conversation ?? null;
      if (this.session) return this.session.token;
      const { conversation, token, messages } = await this.api.start();
      this.session = { conversation, token };
      this.#id = conversation;
      this.memory.set("session", this.session);
      this.#take({ messages });
      return token;
    });
  }

  async #deliver(body) {
    const token = await this.#token();
    const answer = await this.api.send(token, body).catch((error) => {
      if (UNKNOWN.has(error.status)) this.#over("udloebet");
      else if (error.status === 409) this.receiver.ask(); // closed meanwhile: the state says so
      throw error;
    });
    this.awaited = answer.seq;
    const there = this.messages.find((message) => message.seq === answer.seq);
    if (there) setTimeout(() => this.#drop(there)); // it came back before its confirmation
    else setTimeout(() => this.last < answer.seq && this.receiver.ask(), COME_BACK_WITHIN);
    return answer;
  }

  #drop(message) {
    if (this.outbox.claim(message)) this.changed();
  }

  #take(answer) {
    for (const message of answer.messages ?? []) {
      if (message.seq <= this.last) continue;
      const entry = message.from === "user" ? this.outbox.claim(message) : null;
      this.messages.push(entry ? { ...message, client_id: entry.client_id } : message);
      if (message.from !== "user") this.typing = false;
    }
    this.counterpart.take(answer);
    if (answer.state) this.state = answer.state;
    if (answer.busy !== undefined) this.serverBusy = answer.busy;
    if (answer.typing) this.#otherTypes(answer.typing);
    if (answer.read && answer.read.from !== "user") this.counterpart.readTo(answer.read.seq);
    this.loaded = true;
    if (this.state === "lukket") this.#over("lukket");
    else this.changed();
  }

  #otherTypes(frame) {
    if (frame.from === "user") return; // another tab of the visitor's own
    this.typing = frame.on !== false;
    clearTimeout(this.typingTimer);
    this.typingTimer = setTimeout(() => {
      this.typing = false;
      this.changed();
    }, 6000);
  }

  #lastAnswer() {
    return this.messages.findLast((message) => message.from !== "user")?.seq ?? 0;
  }

  #reach(up) {
    if (this.down === !up) return;
    this.down = !up;
    this.changed();
  }

  #over(how) {
    this.receiver.stop();
    if (how === "slettet") {
      this.messages = [];
      this.memory.forget("draft");
    }
    // not one that another tab has begun since
    const stored = this.memory.get("session");
    if (!stored || stored.token === this.session?.token) this.memory.forget("session", "set");
    this.outbox.end(how === "slettet");
    Object.assign(this, { session: null, ended: how, down: false, serverBusy: false, loaded: true });
    this.changed();
  }

  #otherTab(session) {
    if (session?.token === this.session?.token) return;
    this.receiver.stop();
    if (!session) return this.#over("lukket");
    this.session = session;
    this.#empty();
    this.start();
    this.changed();
  }
}
