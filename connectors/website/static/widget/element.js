import { Api } from "./api.js";
import { Conversation } from "./conversation.js";
import { registerFonts } from "./fonts.js";
import { Memory } from "./memory.js";
import { styles } from "./styles.js";
import { tokens } from "./tokens.js";
import { View } from "./view.js";

/** Where these modules came from is where the assistant is, unless the page says otherwise. */
const HOME = new URL("../../", import.meta.url).href.replace(/\/$/u, "");

function serverOf(attribute) {
  try {
    const url = new URL(attribute, document.baseURI);
    if (attribute && /^https?:$/u.test(url.protocol)) return url.href.replace(/\/+$/u, "");
  } catch {
    // not an address: the widget's own server
  }
  return HOME;
}

/**
 * `<erhvervs-chat>`: the button and the chat. Attribute `server`: address of the gateway, for pages elsewhere.
 * For the page around it: `aabn(spoergsmaal?)` opens the chat and asks, `luk()` closes it.
 */
export class ErhvervsChat extends HTMLElement {
  #view = null;
  #conversation = null;

  connectedCallback() {
    const server = serverOf(this.getAttribute("server"));
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(tokens + styles);
    root.adoptedStyleSheets = [sheet];
    registerFonts(server);

    const memory = new Memory(server);
    const api = new Api(server);
    this.#view = new View(root, memory, () => this.#opened(api, memory));
    this.#conversation = new Conversation(api, memory, () => this.#view?.sync());
    this.#view.conversation = this.#conversation;
    this.visible = () => this.#view?.sync();
    document.addEventListener("visibilitychange", this.visible);

    // no conversation is begun for those who only pass by; one that has begun goes on
    if (memory.get("open")) this.#view.open({ quiet: true });
    else if (this.#conversation.session) this.#conversation.start();
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.visible);
    this.#conversation?.stop();
    if (this.#view?.panel.open) this.#view.panel.hide();
    this.#view?.box.remove();
    this.#view = this.#conversation = null;
  }

  /** Opens the chat; with a question, asks it. */
  aabn(spoergsmaal = "") {
    this.#view?.open();
    const text = String(spoergsmaal).trim();
    if (text && !this.#conversation?.ended) this.#conversation?.say(text);
  }

  luk() {
    this.#view?.panel.close();
  }

  async #opened(api, memory) {
    this.#conversation.start();
    // asked for beforehand: it is needed when the server no longer answers
    this.#view.contact = memory.get("kontakt") ?? [];
    try {
      const { kontakt } = await api.contact();
      if (!Array.isArray(kontakt) || !this.#view) return;
      memory.set("kontakt", kontakt);
      this.#view.contact = kontakt;
      this.#view.sync();
    } catch {
      // then the notice stands without them
    }
  }
}
