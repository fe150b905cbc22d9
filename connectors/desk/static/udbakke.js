const PAUSER = [1000, 2000, 5000, 10000];
const UUID = () => {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // pages on plain http have no randomUUID
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, "$1-$2-$3-$4-$5");
};

/**
 * What has been written and the server has not confirmed, sent one at a time and in order until it is, also after a
 * reload. The `client_id` stays, so the server stores each once. A part: {client_id, text, status, hvorfor, tid};
 * status: "sender", "venter" (no connection: tries again by itself), "sendt" (comes back in the conversation) or
 * "fejlet" (refused, with the server's reason; stays until somebody decides).
 */
export class Udbakke {
  #i_gang = false;
  #vaek = null;
  #fejl = 0;

  constructor(noegle, send, aendret) {
    Object.assign(this, { noegle, send, aendret });
    this.dele = this.#hent().map((del) => ({ ...del, status: del.status === "fejlet" ? "fejlet" : "sender" }));
    this.#koer();
  }

  get usendt() {
    return this.dele.some((del) => del.status !== "sendt");
  }

  laeg(text) {
    this.dele.push({ client_id: UUID(), text, status: "sender", hvorfor: "", tid: new Date().toISOString() });
    this.#gem();
    this.#koer();
  }

  /** Tries a refused one again. */
  igen(clientId) {
    const del = this.dele.find((en) => en.client_id === clientId);
    if (del) Object.assign(del, { status: "sender", hvorfor: "" });
    this.#gem();
    this.skynd();
  }

  /** Takes one out: it has come back in the conversation, or its text has gone back to the field. Returns it. */
  tag(clientId) {
    const del = this.dele.find((en) => en.client_id === clientId) ?? null;
    if (del) {
      this.dele = this.dele.filter((en) => en !== del);
      this.#gem();
    }
    return del;
  }

  /** The connection is back: don't wait any longer. */
  skynd() {
    this.#fejl = 0;
    this.#vaek?.();
    this.#koer();
  }

  async #koer() {
    if (this.#i_gang) return;
    this.#i_gang = true;
    let del;
    while ((del = this.dele.find((en) => en.status === "sender" || en.status === "venter"))) await this.#proev(del);
    this.#i_gang = false;
  }

  async #proev(del) {
    del.status = "sender";
    this.#gem();
    try {
      await this.send({ client_id: del.client_id, text: del.text });
      del.status = "sendt";
      this.#fejl = 0;
    } catch (fejl) {
      if (!fejl.forbigaaende) Object.assign(del, { status: "fejlet", hvorfor: fejl.besked });
      else {
        del.status = "venter";
        this.#gem();
        await this.#pause(PAUSER[Math.min(this.#fejl, PAUSER.length - 1)]);
        this.#fejl += 1;
      }
    }
    this.#gem();
  }

  #pause(millisekunder) {
    return new Promise((faerdig) => {
      const ur = setTimeout(faerdig, millisekunder);
      this.#vaek = () => {
        clearTimeout(ur);
        faerdig();
      };
    });
  }

  #hent() {
    try {
      return JSON.parse(sessionStorage.getItem(this.noegle)) ?? [];
    } catch {
      return [];
    }
  }

  #gem() {
    try {
      if (this.dele.length) sessionStorage.setItem(this.noegle, JSON.stringify(this.dele));
      else sessionStorage.removeItem(this.noegle);
    } catch {
      // full or forbidden: it is kept until the page goes
    }
    this.aendret();
  }
}
