import { ApiError } from "./api.js";
import { Socket } from "./socket.js";
import { onWaking } from "./wakeup.js";

const FIRST_PAUSE = 700;
const LONGEST_PAUSE = 15000;
const WAIT_SECONDS = 20;
const GONE = new Set([401, 403, 404, 409, 410]); // the token opens nothing any more

/**
 * Keeps the conversation coming: asks for what is new, then listens on a WebSocket where that works, else by long poll.
 * Every reconnection starts by asking for everything after the last message had, so a lost frame is never a lost message.
 * Calls `hooks`: session() → token; after() → seq; seen() → seq that the visitor has read; batch({messages, state, busy}); up(); down(); gone(error); known() → is there a token.
 */
export class Receiver {
  #run = 0;
  #pause = 0;
  #wake = null;
  #socketFailures = 0;
  #socket = null;
  #failures = 0;
  #abort = null;
  #unwatch = null;

  constructor(api, hooks) {
    this.api = api;
    this.hooks = hooks;
    this.online = () => this.hurry();
    this.offline = () => {
      this.#socket?.close();
      if (this.running) this.hooks.down();
    };
  }

  get running() {
    return this.#run % 2 === 1;
  }

  start() {
    if (this.running) return;
    this.#run += 1;
    this.#failures = 0;
    window.addEventListener("online", this.online);
    window.addEventListener("offline", this.offline);
    this.#unwatch = onWaking(() => this.#waken());
    this.#loop(this.#run);
  }

  stop() {
    if (!this.running) return;
    this.#run += 1;
    window.removeEventListener("online", this.online);
    window.removeEventListener("offline", this.offline);
    this.#unwatch();
    this.#abort?.abort();
    this.#socket?.close();
    this.hurry();
  }

  /** Ends a pause between two attempts at once. */
  hurry() {
    this.#pause = 0;
    this.#wake?.();
  }

  /** After sleep the connection may hang without a word: begin a new one, which asks for what is missing. */
  #waken() {
    this.#abort?.abort();
    this.#socket?.close();
    this.hurry();
  }

  /** Asks once beside the stream, should a message that was sent not have come back. */
  async ask() {
    const run = this.#run;
    try {
      const token = await this.hooks.session();
      const answer = await this.api.read(token, this.hooks.after(), 0);
      if (run === this.#run) this.hooks.batch(answer);
    } catch {
      // the loop notices by itself
    }
  }

  /** A `read` or `typing` frame. Without a WebSocket typing is left out, and what is read goes with the next question. */
  tell(frame) {
    this.#socket?.send(frame);
  }

  async #loop(run) {
    let fresh = true;
    while (run === this.#run) {
      try {
        const token = await this.hooks.session();
        if (run !== this.#run) return;
        this.#abort = new AbortController();
        const answer = await this.api.read(token, this.hooks.after(), fresh ? 0 : WAIT_SECONDS, { signal: this.#abort.signal, read: this.hooks.seen() });
        if (run !== this.#run) return;
        this.#pause = this.#failures = 0;
        fresh = false;
        this.hooks.up();
        this.hooks.batch(answer);
        if (this.#socketFailures < 2 && run === this.#run) {
          await this.#listen(token, run);
          fresh = true;
        }
      } catch (error) {
        if (run !== this.#run) return;
        fresh = true;
        if (!(error instanceof ApiError)) throw error;
        if (GONE.has(error.status) && this.hooks.known()) {
          this.hooks.gone(error);
          return;
        }
        await this.#rest(error);
      }
    }
  }

  async #listen(token, run) {
    this.#socket = new Socket(this.api.socketAddress, (frame) => {
      if (run === this.#run) this.#frame(frame);
    });
    const worked = await this.#socket.run(token, this.hooks.after());
    this.#socketFailures = worked ? 0 : this.#socketFailures + 1;
  }

  #frame(frame) {
    const { type } = frame;
    if (type === "typing") this.hooks.batch({ messages: [], typing: frame });
    else if (type === "read") this.hooks.batch({ messages: [], read: frame });
    else if (type === "accepted" || type === "error") return;
    else {
      const one = frame.message ?? (frame.from ? frame : null);
      const messages = frame.messages ?? (one ? [one] : []);
      const next = this.hooks.after() + 1;
      if (messages.length && messages[0].seq > next) this.ask(); // something in between is missing: fetch from there
      else this.hooks.batch({ ...frame, messages });
    }
  }

  async #rest(error) {
    this.#failures += 1;
    if (error.status !== 429 && (this.#failures > 1 || navigator.onLine === false)) this.hooks.down();
    this.#pause = Math.min(LONGEST_PAUSE, this.#pause ? this.#pause * 2 : FIRST_PAUSE);
    const least = error.wait === null ? 0 : Math.min(error.wait, 60) * 1000;
    const pause = Math.max(least, this.#pause * (0.8 + 0.4 * Math.random()));
    await new Promise((resolve) => {
      const timer = setTimeout(resolve, pause);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = null;
  }
}
