const SHARED = new Set(["session", "set", "slettet"]);

/**
 * What the browser remembers. For all tabs (localStorage): the conversation's token and the last message seen.
 * For this tab (sessionStorage): a draft, what could not be sent, and whether the chat is open.
 * The conversation itself is never stored here: a shared machine must not keep it. Works on without storage, only shorter.
 */
export class Memory {
  constructor(server) {
    this.prefix = `erhvervs-chat:${server}:`;
    this.fallback = new Map();
  }

  #area(name) {
    try {
      return SHARED.has(name) ? window.localStorage : window.sessionStorage;
    } catch {
      return null; // storage forbidden
    }
  }

  get(name) {
    const key = this.prefix + name;
    try {
      return JSON.parse(this.fallback.get(key) ?? this.#area(name).getItem(key));
    } catch {
      return null;
    }
  }

  set(name, value) {
    const key = this.prefix + name;
    const text = JSON.stringify(value);
    try {
      this.#area(name).setItem(key, text);
      this.fallback.delete(key);
    } catch {
      this.fallback.set(key, text); // full or forbidden: kept until the page goes
    }
  }

  forget(...names) {
    for (const name of names) {
      this.fallback.delete(this.prefix + name);
      try {
        this.#area(name)?.removeItem(this.prefix + name);
      } catch {
        // forbidden: nothing was stored either
      }
    }
  }

  /** Tells the other tabs that a conversation is deleted; leaves no trace itself. */
  tellErased(conversation) {
    this.set("slettet", conversation);
    this.forget("slettet");
  }

  /** Calls back when another tab begins, ends (`session`) or deletes (`erased`) a conversation. Returns how to stop listening. */
  watch({ session, erased }) {
    const listener = (event) => {
      if (event.key === `${this.prefix}session` || event.key === null) session(this.get("session"));
      if (event.key === `${this.prefix}slettet` && event.newValue) erased(JSON.parse(event.newValue));
    };
    window.addEventListener("storage", listener);
    return () => window.removeEventListener("storage", listener);
  }

  /** Runs `task` while no other tab runs it, so that two tabs don't start two conversations. */
  alone(task) {
    return navigator.locks ? navigator.locks.request(`${this.prefix}start`, task) : task();
  }
}
