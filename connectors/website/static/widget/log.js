import { dayKey } from "./dates.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { adopt, daySeparator, entryNode, markRead, messageNode, newSender, settleButtons } from "./message.js";
import { texts } from "./texts.js";

const NEAR = 80;
const keyOf = (message) => message.client_id ?? message.seq;

/**
 * The messages. Drawn by difference: a node is made once for each message, so a screen reader hears each once
 * and focus stays where it is. History loaded at the start is not read aloud; what comes after is.
 */
export class Log {
  #nodes = new Map();
  #first = true;
  #height = 0;
  atEnd = true;

  constructor(actions) {
    this.actions = actions;
    this.node = h("div", { class: "log", role: "log", "aria-live": "off", "aria-label": texts.samtale, tabindex: "0" });
    this.jump = h("button", { type: "button", class: "til-bund", hidden: true, on: { click: () => this.#jump() } },
      icon("down"), h("span", { text: texts.nyBund }));
    this.node.addEventListener("scroll", () => {
      this.atEnd = this.#nearEnd();
      if (this.atEnd) this.jump.hidden = true;
    });
    // a notice below takes from the height: who was at the end stays there. One that goes gives room and moves nothing
    this.resizes = new ResizeObserver(() => {
      const { clientHeight } = this.node;
      if (this.atEnd && clientHeight < this.#height) this.#toEnd();
      this.#height = clientHeight;
    });
    this.resizes.observe(this.node);
    this.box = h("div", { class: "log-ramme" }, this.node, this.jump);
  }

  sync(conversation) {
    const wanted = this.#wanted(conversation);
    const { atEnd } = this;
    const keys = new Set(wanted.map(({ key }) => key));
    let changed = false;
    for (const [key, { node }] of this.#nodes) {
      if (keys.has(key)) continue;
      this.#remove(key, node);
      changed = true;
    }
    let previous = null;
    let firstNew = null;
    let mine = false;
    for (const { key, form, make, own } of wanted) {
      let drawn = this.#nodes.get(key);
      if (!drawn) {
        drawn = { node: make(), form };
        this.#nodes.set(key, drawn);
        firstNew ??= drawn.node;
        mine ||= own;
      } else if (drawn.form !== form) {
        drawn.form = form;
        changed = true;
        if (adopt(drawn.node, make())) this.actions.focus();
      }
      if (drawn.node.previousSibling !== previous || !drawn.node.parentNode) {
        if (previous) previous.after(drawn.node);
        else this.node.prepend(drawn.node);
      }
      previous = drawn.node;
    }
    this.#settle(conversation);
    this.#mark(conversation);
    if (mine || (firstNew && this.#first)) this.#toEnd();
    else if (firstNew) this.#show(firstNew, atEnd);
    else if (changed && atEnd) this.#toEnd();
    if (this.#first && conversation.loaded) {
      this.#first = false;
      setTimeout(() => this.node.setAttribute("aria-live", "polite"), 300);
    }
    if (!conversation.messages.length) this.#first = true;
  }

  /** What is to be seen, in order. A message of the visitor's keeps its key from being sent to being stored. */
  #wanted({ messages, outbox }) {
    const wanted = [];
    let day = "";
    const separate = (iso) => {
      const key = dayKey(iso);
      if (key && key !== day) wanted.push({ key: `d${key}`, form: "", make: () => daySeparator(iso), own: false });
      day = key || day;
    };
    for (const [at, message] of messages.entries()) {
      separate(message.time);
      const make = () => messageNode(message, this.actions, newSender(message, messages[at - 1]));
      wanted.push({ key: keyOf(message), form: "", make, own: message.from === "user" });
    }
    for (const entry of outbox.entries) {
      separate(entry.time);
      wanted.push({ key: entry.client_id, form: entry.status, make: () => entryNode(entry, this.actions.retry), own: true });
    }
    return wanted;
  }

  /**
   * Only the turn after the visitor's last word still has buttons that do something. While a person has the chat, or is
   * waited for, the computer's have none; those of the last change of state ("Tilbage til computeren") stay as long as it lasts.
   */
  #settle({ messages, outbox, ended, state }) {
    const onItsWay = outbox.entries.find((entry) => entry.status !== "fejlet");
    const handover = ({ data }) => data?.type === "overdragelse";
    const began = messages.findLast((message) => handover(message) && message.data.state !== state)?.seq ?? 0;
    const wayBack = state === "venter" && messages.findLast((message) => handover(message) && message.seq > began && message.buttons?.length);
    let answer = onItsWay ? onItsWay.shown : null;
    let live = !onItsWay && !ended; // there is no word of the visitor's after the message
    for (const message of [...messages].reverse()) {
      if (message.from === "user") {
        answer = message.text;
        live = false;
      } else if (message.buttons?.length) {
        const works = state === "bot" ? live : !ended && (message === wayBack || (live && message.from !== "bot" && message.seq > began));
        settleButtons(this.#nodes.get(message.seq).node, works, answer);
      }
    }
  }

  /** "Læst" at the last of the visitor's messages that the person has read. */
  #mark({ messages, counterpart }) {
    const last = messages.findLast(({ from, seq }) => from === "user" && seq <= counterpart.read);
    for (const message of messages) if (message.from === "user") markRead(this.#nodes.get(keyOf(message)).node, message === last);
  }

  #remove(key, node) {
    const focused = node.contains(node.getRootNode().activeElement);
    node.remove();
    this.#nodes.delete(key);
    if (focused) this.actions.focus();
  }

  #nearEnd() {
    return this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight < NEAR;
  }

  #toEnd() {
    this.node.scrollTop = this.node.scrollHeight;
  }

  #jump() {
    this.#toEnd();
    this.jump.hidden = true;
    this.actions.focus();
  }

  /** A long answer is shown from its beginning, not from its end; someone reading further up is left in peace. */
  #show(firstNew, follow) {
    if (!follow) this.jump.hidden = false;
    else this.node.scrollTop = firstNew.offsetTop - 12;
    this.atEnd = this.#nearEnd();
  }

  /** After the chat has been opened: what was drawn while hidden could not be scrolled. */
  opened() {
    this.#toEnd();
    this.atEnd = true;
    this.jump.hidden = true;
  }
}
