import { Composer } from "./composer.js";
import { confirmErase } from "./confirm.js";
import { h, heard } from "./dom.js";
import { icon } from "./icons.js";
import { Log } from "./log.js";
import { Notices } from "./notices.js";
import { Panel } from "./panel.js";
import { texts } from "./texts.js";
import { download } from "./transcript.js";
import { Who } from "./who.js";

/** All that is seen, put together. Draws a Conversation; `conversation` is set before the first `sync`. */
export class View {
  conversation = null;
  shownEnd = null;
  contact = [];

  constructor(root, memory, opened) {
    Object.assign(this, { root, memory, opened });
    this.status = h("div", { class: "hoert", role: "status" });
    this.outside = h("div", { class: "hoert", role: "status" });
    const announce = (text) => this.announce(text);
    this.log = new Log({
      press: (message, button) => this.#press(button), retry: (id) => this.conversation.retry(id), announce, focus: () => this.#settleFocus(),
    });
    this.notices = new Notices(announce);
    this.who = new Who();
    this.composer = new Composer({
      send: (text) => this.conversation.say(text), typing: (on) => this.conversation.receiver.tell({ type: "typing", on }), announce,
    }, memory);
    this.endText = h("p");
    this.again = h("button", { type: "button", class: "primaer", text: texts.nySamtale, on: { click: () => this.#renew() } });
    this.end = h("div", { class: "slut", hidden: true }, this.endText, this.again);
    this.panel = new Panel(this.who.node, [this.log.box, this.notices.node, this.end, this.composer.node], this.status, {
      download: () => download(this.conversation.messages), erase: () => this.#erase(),
      closed: () => this.#closed(), resized: () => this.log.opened(),
    });
    this.badge = h("span", { class: "antal", hidden: true });
    this.launcher = h("button", { type: "button", class: "aabner", "aria-haspopup": "dialog", "aria-expanded": "false", on: { click: () => this.open() } },
      icon("chat"), h("span", { class: "aabner-tekst" }, texts.aabn[0], h("span", { class: "kun-bred", text: texts.aabn[1] })), this.badge);
    this.box = h("div", { class: "rod", lang: "da", role: "region", "aria-label": texts.omraade }, this.launcher, this.outside, this.panel.node);
    root.append(this.box);
  }

  /** Says something to screen readers, also when it is the same as last time. */
  announce(text) {
    this.status.textContent = "";
    setTimeout(() => (this.status.textContent = text), 50);
  }

  /** `quiet`: after a reload, when the visitor has not asked for the focus to move. */
  open({ quiet = false } = {}) {
    const before = document.activeElement;
    // a button of the page's that opened the chat gets the focus back; else our own does
    this.opener = quiet || before === this.root.host || before === document.body ? null : before;
    this.panel.show();
    this.launcher.hidden = true;
    this.launcher.setAttribute("aria-expanded", "true");
    this.memory.set("open", true);
    this.opened();
    this.sync();
    this.log.opened();
    if (!quiet) this.conversation.ended ? this.again.focus() : this.composer.focus();
    else if (!this.panel.small.matches) before === document.body ? this.root.activeElement?.blur() : before?.focus();
  }

  sync() {
    const { conversation } = this;
    if (!conversation) return;
    const { ended } = conversation;
    this.log.sync(conversation);
    this.notices.sync(conversation, this.contact);
    this.who.sync(conversation);
    if (this.shownEnd !== ended) {
      this.shownEnd = ended;
      const inside = this.panel.node.contains(this.root.activeElement);
      this.composer.node.hidden = Boolean(ended);
      this.end.hidden = !ended;
      this.endText.textContent = ended ? texts.slut[ended] : "";
      if (ended) this.announce(texts.slut[ended]);
      if (ended === "slettet") this.composer.clear();
      if (inside && ended) this.again.focus();
    }
    const asked = conversation.messages.at(-1);
    this.composer.input.placeholder = conversation.state === "menneske" ? texts.pladsholderTil(conversation.counterpart.navn) : texts.pladsholder;
    this.composer.expect(asked?.from === "bot" ? asked.data?.asks : null);
    if (this.panel.open && document.visibilityState === "visible") conversation.markSeen();
    this.#count(this.panel.open ? 0 : conversation.unread);
  }

  #count(unread) {
    const text = unread ? String(unread) : "";
    if (this.badge.dataset.antal === text) return;
    this.badge.dataset.antal = text;
    this.badge.hidden = !unread;
    this.badge.replaceChildren(h("span", { "aria-hidden": "true", text: unread > 9 ? "9+" : text }), heard(unread ? `, ${texts.nyeBeskeder(unread)}` : ""));
    this.outside.textContent = unread ? texts.nyeBeskeder(unread) : "";
  }

  #press(button) {
    this.conversation.press(button);
    this.#settleFocus();
  }

  /** The pressed button is no more: to the field, or on a touch screen to the messages, for its keyboard would cover the answer. */
  #settleFocus() {
    if (window.matchMedia("(pointer: coarse)").matches) this.log.node.focus({ preventScroll: true });
    else this.composer.focus();
  }

  #closed() {
    this.launcher.hidden = false;
    this.launcher.setAttribute("aria-expanded", "false");
    this.memory.set("open", false);
    this.sync();
    (this.opener?.isConnected ? this.opener : this.launcher).focus();
  }

  async #erase() {
    if (this.conversation.ended) return this.again.focus();
    if (!(await confirmErase(this.box, () => this.conversation.erase()))) this.panel.more.focus();
    else this.again.focus();
  }

  #renew() {
    this.conversation.renew();
    this.composer.focus();
  }
}
