import { countCharacters } from "/static/widget/dom.js";
import { tekster } from "./tekster.js";

const HOEJST = 5000;
const SKRIVER_HVER = 3000;

/** Where the person writes. Enter sends, Shift + Enter begins a line. The draft is kept over a reload, for this tab. */
export class Skrivefelt {
  #skrev = 0;

  /** `goer`: send(text), skriver(on). */
  constructor(form, noegle, goer) {
    Object.assign(this, { form, noegle, goer });
    this.felt = form.querySelector("textarea");
    this.fejl = form.querySelector("[data-fejl]");
    form.addEventListener("submit", (haendelse) => {
      haendelse.preventDefault();
      this.#send();
    });
    this.felt.addEventListener("keydown", (haendelse) => {
      // while an input method is composing, Enter chooses a word
      if (haendelse.key !== "Enter" || haendelse.shiftKey || haendelse.isComposing) return;
      haendelse.preventDefault();
      this.#send();
    });
    this.felt.addEventListener("input", () => this.#aendret());
    this.felt.value = this.#husket();
    this.#maal();
  }

  aktiv(til) {
    this.form.hidden = !til;
  }

  /** Puts a text in as a draft, after what is there. Never sends it. */
  indsaet(text) {
    const foer = this.felt.value.trimEnd();
    this.felt.value = foer ? `${foer}\n${text}` : text;
    this.#aendret();
    this.felt.focus();
    this.felt.setSelectionRange(this.felt.value.length, this.felt.value.length);
  }

  #send() {
    const text = this.felt.value.trim();
    const forMeget = countCharacters(text) - HOEJST;
    this.fejl.textContent = forMeget > 0 ? tekster.forLang(forMeget) : "";
    if (!text || forMeget > 0) return this.felt.focus();
    this.felt.value = "";
    this.#skrev = 0;
    this.#aendret();
    this.goer.send(text);
    return this.felt.focus();
  }

  #aendret() {
    this.#husk();
    this.#maal();
    const til = Boolean(this.felt.value);
    if (til ? Date.now() - this.#skrev < SKRIVER_HVER : !this.#skrev) return;
    this.#skrev = til ? Date.now() : 0;
    this.goer.skriver(til);
  }

  #maal() {
    this.felt.style.height = "auto";
    if (this.felt.scrollHeight) this.felt.style.height = `${this.felt.scrollHeight + 4}px`;
  }

  #husket() {
    try {
      return sessionStorage.getItem(this.noegle) ?? "";
    } catch {
      return "";
    }
  }

  #husk() {
    try {
      if (this.felt.value) sessionStorage.setItem(this.noegle, this.felt.value);
      else sessionStorage.removeItem(this.noegle);
    } catch {
      // forbidden: the draft lives as long as the page
    }
  }
}
