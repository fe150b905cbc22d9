import { h } from "./dom.js";
import { icon } from "./icons.js";
import { texts } from "./texts.js";

const ICONS = { bot: "computer", venter: "schedule", menneske: "person", lukket: "chat" };

/** "Digital assistent (computer)", "Du er nr. 2 i køen" or "Mette – menneske": who answers, in the window's head. A change is a message too, which is read aloud. */
export class Who {
  #shown = "";
  #state = null;

  constructor() {
    this.words = h("span");
    this.mark = h("span", { class: "hvem-ikon", "aria-hidden": "true" });
    this.node = h("p", { class: "hvem-svarer" }, this.mark, this.words);
  }

  sync({ state, ended, counterpart }) {
    const now = ended ? "lukket" : ICONS[state] ? state : "bot";
    const text = texts.svarer[now](counterpart);
    if (text === this.#shown) return;
    if (now !== this.#state) this.mark.replaceChildren(icon(ICONS[now]));
    this.#shown = this.words.textContent = text;
    this.#state = this.node.dataset.svarer = now;
  }
}
