import { countCharacters, h, heard } from "./dom.js";
import { icon } from "./icons.js";
import { texts } from "./texts.js";

const MOST = 1000;
const SHOW_FROM = 800;
const SAY_AT = [100, 50, 20, 10, 0];
const TYPING_EVERY = 3000;

// What the browser may fill in by itself when the assistant asks for it (WCAG 1.3.5)
const FIELDS = {
  navn: ["name", "text"], email: ["email", "email"], telefon: ["tel", "tel"], virksomhed: ["organization", "text"], cvr: ["off", "numeric"],
};

/** Where the visitor writes. `hooks`: send(text), typing(on), announce(text); `memory` keeps the draft over a reload. */
export class Composer {
  #typed = 0;
  #said = null;

  constructor(hooks, memory) {
    Object.assign(this, { hooks, memory });
    this.input = h("textarea", { id: "felt", rows: "1", placeholder: texts.pladsholder, "aria-describedby": "hjaelp taeller", enterkeyhint: "send" });
    this.counter = h("span", { id: "taeller", class: "taeller" });
    this.button = h("button", { type: "submit", class: "send" }, icon("send"), h("span", { text: texts.send }));
    const help = h("span", { id: "hjaelp", class: "hoert", text: texts.hjaelp });
    const label = h("label", { for: "felt" }, heard(texts.besked));
    this.node = h("form", { class: "skriv", novalidate: true }, label, this.input, this.button, this.counter, help);
    this.node.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    this.input.addEventListener("input", () => this.#changed());
    this.input.addEventListener("keydown", (event) => {
      // while an input method is composing, Enter chooses a word
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#send();
    });
    this.input.value = memory.get("draft") ?? "";
    this.#measure();
  }

  focus() {
    this.input.focus({ preventScroll: true });
  }

  /** Sets what the browser may suggest, after what the assistant has asked for. */
  expect(asks) {
    const [autocomplete, inputmode] = FIELDS[asks] ?? ["off", "text"];
    this.input.setAttribute("autocomplete", autocomplete);
    this.input.setAttribute("inputmode", inputmode);
  }

  clear() {
    this.input.value = "";
    this.#typed = 0;
    this.memory.forget("draft");
    this.#measure();
  }

  #send() {
    const text = this.input.value.trim();
    if (!text) return this.focus();
    if (countCharacters(text) > MOST) {
      this.hooks.announce(this.counter.textContent);
      return this.focus();
    }
    this.clear();
    this.hooks.send(text);
    return this.focus();
  }

  #changed() {
    this.memory.set("draft", this.input.value);
    this.#measure();
    const on = Boolean(this.input.value);
    if (on ? Date.now() - this.#typed < TYPING_EVERY : !this.#typed) return;
    this.#typed = on ? Date.now() : 0;
    this.hooks.typing(on);
  }

  #measure() {
    this.input.style.height = "auto";
    // its border counts into the height it is given
    if (this.input.scrollHeight) this.input.style.height = `${this.input.scrollHeight + 2}px`;
    const count = countCharacters(this.input.value.trim());
    const over = count > MOST;
    this.counter.textContent = over ? texts.forMange(count - MOST) : count >= SHOW_FROM ? texts.tilbage(MOST - count) : "";
    this.counter.classList.toggle("over", over);
    this.input.setAttribute("aria-invalid", String(over));
    const step = over ? "over" : SAY_AT.findLast((limit) => MOST - count <= limit) ?? null;
    if (step !== null && step !== this.#said) this.hooks.announce(this.counter.textContent);
    this.#said = step;
  }
}
