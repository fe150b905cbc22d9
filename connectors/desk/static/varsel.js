import { tekster } from "./tekster.js";

const NAVN = "desk-varsel";
const ET_AD_GANGEN = 3000;

function laes() {
  try {
    return JSON.parse(localStorage.getItem(NAVN)) ?? {};
  } catch {
    return {};
  }
}

/** Sound and desktop notices, both off until somebody switches them on; kept in this browser. */
export class Varsel {
  #lyd = null;

  constructor() {
    this.valg = { lyd: false, besked: false, ...laes() };
    // a browser lets a page sound only after somebody has touched it
    const vaek = () => this.valg.lyd && this.#lydkilde()?.resume();
    for (const slags of ["pointerdown", "keydown"]) document.addEventListener(slags, vaek, { once: true });
  }

  async saet(navn, til) {
    if (navn === "besked" && til && (await this.#tilladelse()) !== "granted") return false;
    this.valg[navn] = til;
    try {
      localStorage.setItem(NAVN, JSON.stringify(this.valg));
    } catch {
      // a browser that keeps nothing: it holds until the page is left
    }
    if (navn === "lyd" && til) this.#bip();
    return true;
  }

  /** Sounds and shows, once for all of this browser's pages. `kendt` names the event, so that it is shown once. */
  async giv(text, kendt, gaaTil) {
    if (!this.valg.lyd && !this.valg.besked) return;
    await this.#alene(() => {
      if (this.valg.lyd) this.#bip();
      if (!this.valg.besked || !document.hidden || globalThis.Notification?.permission !== "granted") return;
      // nothing of what was written: a notice is seen by whoever passes the screen
      const besked = new Notification(text, { tag: kendt, lang: "da" });
      besked.onclick = () => {
        window.focus();
        location.href = gaaTil;
      };
    });
  }

  async #tilladelse() {
    return globalThis.Notification ? Notification.requestPermission() : "denied";
  }

  async #alene(goer) {
    if (!navigator.locks) return goer();
    return navigator.locks.request(NAVN, { ifAvailable: true }, async (laas) => {
      if (!laas) return; // another page of the desk does it
      goer();
      await new Promise((faerdig) => setTimeout(faerdig, ET_AD_GANGEN));
    });
  }

  #lydkilde() {
    const Kilde = globalThis.AudioContext;
    if (!this.#lyd && Kilde) this.#lyd = new Kilde();
    return this.#lyd;
  }

  #bip() {
    const lyd = this.#lydkilde();
    if (!lyd) return;
    const tone = lyd.createOscillator();
    const styrke = lyd.createGain();
    const nu = lyd.currentTime;
    tone.frequency.setValueAtTime(660, nu);
    tone.frequency.setValueAtTime(880, nu + 0.12);
    styrke.gain.setValueAtTime(0.0001, nu);
    styrke.gain.exponentialRampToValueAtTime(0.15, nu + 0.02);
    styrke.gain.exponentialRampToValueAtTime(0.0001, nu + 0.35);
    tone.connect(styrke).connect(lyd.destination);
    tone.start(nu);
    tone.stop(nu + 0.4);
  }
}

export const afvist = tekster.ikkeTilladt;
