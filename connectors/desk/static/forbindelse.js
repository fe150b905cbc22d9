import { onWaking } from "/static/widget/wakeup.js";
import { kald } from "./kald.js";

const PULS = 15000;
const SVAR_INDEN = 8000;
const SPOERG_HVER = 3000;
const WS_IGEN = 60000;
const PAUSER = [300, 1000, 2000, 4000, 8000];
const UDLOGGET = 4401;
const AABEN = 1; // WebSocket.OPEN

/**
 * The page's line to the server: a WebSocket, else a question every few seconds. Events (`detail`):
 * `status`, `samtale`, `ingen_adgang`, `typing`, `read` as `live.py` sends them; `oppe`, `nede`, `udlogget`.
 * After every break it asks for everything after what is had, so nothing that is lost on the way is lost.
 */
export class Forbindelse extends EventTarget {
  #ws = null;
  #slut = false;
  #oppe = null;
  #vaek = null;
  #fejl = 0;
  #fulgt = null;

  start() {
    window.addEventListener("offline", () => {
      this.#nede();
      this.#ws?.close();
    });
    window.addEventListener("online", () => this.#vaek?.());
    onWaking(() => {
      this.#ws?.close();
      this.#vaek?.();
    });
    this.#koer();
  }

  get oppe() {
    return this.#oppe === true;
  }

  /** Follow the conversation `id`; `efter()` is the number of the last message had. */
  foelg(id, efter) {
    this.#fulgt = { id, efter };
    this.#sendFoelg();
  }

  /** Sends a frame if there is a socket; whether there was. */
  send(ramme) {
    if (this.#ws?.readyState !== AABEN) return false;
    this.#ws.send(JSON.stringify(ramme));
    return true;
  }

  async #koer() {
    while (!this.#slut) {
      const virkede = await this.#lyt();
      if (this.#slut) return;
      this.#fejl = virkede ? 0 : this.#fejl + 1;
      if (this.#fejl >= 2 && navigator.onLine) await this.#spoergEnTid();
      else await this.#pause(PAUSER[Math.min(this.#fejl, PAUSER.length - 1)]);
    }
  }

  /** One socket's life; true if it worked. */
  #lyt() {
    return new Promise((faerdig) => {
      const ws = new WebSocket(`${location.origin.replace(/^http/u, "ws")}/desk/ws`);
      this.#ws = ws;
      let hoert = 0;
      let doed = null;
      const puls = setInterval(() => {
        if (!this.send({ type: "puls" })) return;
        doed ??= setTimeout(() => ws.close(), SVAR_INDEN);
      }, PULS);
      ws.onopen = () => this.#sendFoelg();
      ws.onmessage = (haendelse) => {
        hoert += 1;
        clearTimeout(doed);
        doed = null;
        this.#op();
        const { type, ...detail } = JSON.parse(haendelse.data);
        this.#meld(type, detail);
      };
      ws.onclose = ({ code }) => {
        clearInterval(puls);
        clearTimeout(doed);
        if (code === UDLOGGET) this.#logUd();
        if (!hoert) this.#proev();
        faerdig(hoert > 0);
      };
    });
  }

  /** Where no WebSocket gets through: questions for a while, then the socket again. */
  async #spoergEnTid() {
    const til = Date.now() + WS_IGEN;
    while (!this.#slut && Date.now() < til) {
      if (!(await this.#proev())) return;
      await this.#pause(SPOERG_HVER);
    }
  }

  /** One question; false where there was no answer. */
  async #proev() {
    const spoergsmaal = this.#fulgt ? `?samtale=${encodeURIComponent(this.#fulgt.id)}&after=${this.#fulgt.efter()}` : "";
    try {
      const { status, samtale } = await kald("GET", `/desk/api/live${spoergsmaal}`);
      this.#op();
      this.#meld("status", status);
      if (samtale) this.#meld("samtale", samtale);
      else if (spoergsmaal) this.#meld("ingen_adgang", { id: this.#fulgt.id });
      return true;
    } catch (fejl) {
      if (fejl.status === 401) this.#logUd();
      else this.#nede();
      return false;
    }
  }

  #sendFoelg() {
    if (this.#fulgt) this.send({ type: "foelg", samtale: this.#fulgt.id, after: this.#fulgt.efter() });
  }

  #meld(type, detail = {}) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #op() {
    if (this.#oppe === true) return;
    this.#oppe = true;
    this.#meld("oppe");
  }

  #nede() {
    if (this.#oppe === false || this.#slut) return;
    this.#oppe = false;
    this.#meld("nede");
  }

  #logUd() {
    this.#slut = true;
    this.#oppe = false;
    this.#meld("udlogget");
  }

  #pause(millisekunder) {
    return new Promise((faerdig) => {
      const ur = setTimeout(faerdig, millisekunder * (0.8 + 0.4 * Math.random()));
      this.#vaek = () => {
        clearTimeout(ur);
        faerdig();
      };
    });
  }
}
