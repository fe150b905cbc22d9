import { h } from "/static/widget/dom.js";
import { dayAndTime } from "/static/widget/dates.js";
import { plain } from "/static/widget/rich.js";
import { kald } from "./kald.js";
import { tekster } from "./tekster.js";

/** The private notes beside the chat. */
export class Noter {
  #vist = "";

  constructor(boks, samtale, sig) {
    Object.assign(this, { boks, samtale, sig });
    this.antal = boks.querySelector("[data-antal-noter]");
    this.liste = boks.querySelector("[data-noter]");
    this.form = boks.querySelector("form");
    this.felt = this.form.querySelector("textarea");
    this.fejl = this.form.querySelector("[data-fejl]");
    this.knap = this.form.querySelector("button");
    this.felt.disabled = false;
    this.form.addEventListener("submit", (haendelse) => {
      haendelse.preventDefault();
      this.#gem();
    });
  }

  vis(noter) {
    const nu = JSON.stringify(noter);
    if (nu === this.#vist) return;
    if (noter.length && !this.#vist) this.boks.open = true; // what a colleague wrote is to be seen
    this.#vist = nu;
    this.antal.textContent = noter.length ? `(${noter.length})` : "";
    this.liste.replaceChildren(...(noter.length ? noter.map((note) => this.#node(note)) : [h("li", { text: tekster.ingenNoter })]));
  }

  #node({ hvem, tid, tekst }) {
    return h("li", { class: "note" }, h("p", { class: "note-hvem", text: `${hvem}, ${dayAndTime(tid)}` }), h("p", { class: "note-tekst", text: plain(tekst) }));
  }

  async #gem() {
    const tekst = this.felt.value.trim();
    if (!tekst) return this.felt.focus();
    this.knap.disabled = true;
    this.fejl.textContent = "";
    try {
      await kald("POST", `/desk/api/samtaler/${this.samtale}/noter`, { tekst });
      this.felt.value = "";
      this.sig(tekster.noteGemt);
    } catch (fejl) {
      this.fejl.textContent = fejl.besked || tekster.noteFejl;
    } finally {
      this.knap.disabled = false;
      this.felt.focus();
    }
    return null;
  }
}
