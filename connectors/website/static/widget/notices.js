import { h } from "./dom.js";
import { icon } from "./icons.js";
import { rich } from "./rich.js";
import { texts } from "./texts.js";

const SAY_AFTER = 1500;
const LONG_AFTER = 8000;

/** What stands between the messages and the field: is someone writing, is the assistant down, has it ended. */
export class Notices {
  #timers = [];
  #mode = "";
  #down = false;

  constructor(announce) {
    this.announce = announce;
    this.dots = h("span", { class: "prikker", "aria-hidden": "true" }, h("i"), h("i"), h("i"));
    this.words = h("span");
    this.typing = h("div", { class: "skriver", hidden: true }, this.dots, this.words);
    this.trouble = h("div", { class: "nede", hidden: true });
    this.node = h("div", { class: "meddelelser" }, this.typing, this.trouble);
  }

  sync(conversation, contact) {
    const writes = conversation.state === "menneske" ? texts.medarbejderSkriver(conversation.counterpart.navn) : texts.skriver;
    this.#busy(conversation.busy ? writes : "", !conversation.loaded && !conversation.down ? texts.henter : "");
    if (conversation.down && !conversation.ended) this.#trouble(contact);
    else if (this.#down) {
      this.#down = false;
      this.trouble.hidden = true;
      this.trouble.replaceChildren();
      if (!conversation.ended) this.announce(texts.tilbageIgen);
    }
  }

  #busy(busy, loading) {
    const mode = busy || loading;
    if (mode === this.#mode) return;
    this.#mode = mode;
    for (const timer of this.#timers) clearTimeout(timer);
    this.typing.hidden = !mode;
    this.words.textContent = mode;
    if (!busy) return;
    // a quick answer speaks for itself
    const say = (text, after) => setTimeout(() => {
      this.words.textContent = text;
      this.announce(text);
    }, after);
    this.#timers = [say(busy, SAY_AFTER), ...(busy === texts.skriver ? [say(texts.langTid, LONG_AFTER)] : [])];
  }

  #trouble(contact) {
    if (!this.#down) this.announce(`${texts.nede} ${texts.nedeMere}`);
    this.#down = true;
    this.trouble.hidden = false;
    if (this.trouble.dataset.kontakt === String(contact.length) && this.trouble.childElementCount) return;
    this.trouble.dataset.kontakt = String(contact.length);
    this.trouble.replaceChildren(
      h("p", { class: "nede-titel" }, icon("warning"), h("strong", { text: texts.nede })),
      h("p", { text: texts.nedeMere }), ...(contact.length ? [h("p", { text: texts.kontakt }), ways(contact)] : []));
  }
}

/** The front function's other channels. A value that is only an example is said to be one, and is no link. */
function ways(contact) {
  return h("dl", { class: "kontakt" }, ...contact.map(({ titel, vaerdi, eksempel }) => {
    const value = h("dd");
    if (eksempel) value.append(`${vaerdi} ${texts.eksempel}`);
    else value.append(...[...rich(vaerdi).childNodes].flatMap((node) => [...node.childNodes]));
    return h("div", {}, h("dt", { text: titel }), value);
  }));
}
