import { h } from "./dom.js";
import { icon } from "./icons.js";
import { texts } from "./texts.js";

const FULL_SCREEN = "(max-width: 599px), (max-height: 479px)";

/**
 * The window: a named dialog beside the page where there is room, over all of it (and modal) where there is not.
 * `who`: the line under its title. `hooks`: download(), erase(), closed(), resized().
 */
export class Panel {
  constructor(who, content, status, hooks) {
    this.hooks = hooks;
    this.small = window.matchMedia(FULL_SCREEN);
    this.more = h("button", { type: "button", class: "ikon", "aria-label": texts.mere, title: texts.mere, "aria-expanded": "false", "aria-controls": "menu" }, icon("more"));
    const close = h("button", { type: "button", class: "ikon", "aria-label": texts.luk, title: texts.luk, on: { click: () => this.close() } }, icon("close"));
    this.menu = h("div", { id: "menu", class: "menu", hidden: true },
      this.#item("download", texts.hent, hooks.download), this.#item("delete", texts.slet, hooks.erase));
    const head = h("div", { class: "hoved" },
      h("div", { class: "titler" }, h("h2", { id: "titel", text: texts.navn }), who), this.more, close, this.menu);
    this.node = h("dialog", { class: "panel", "aria-labelledby": "titel" }, head, ...content, status);
    this.more.addEventListener("click", () => this.#menu(this.menu.hidden));
    this.node.addEventListener("keydown", (event) => this.#key(event));
    this.node.addEventListener("click", (event) => {
      if (!this.menu.hidden && !this.menu.contains(event.target) && !this.more.contains(event.target)) this.#menu(false);
    });
    this.node.addEventListener("cancel", (event) => {
      event.preventDefault(); // the browser's own Esc; ours also puts the focus back
      if (event.target === this.node) this.close();
    });
    this.relayout = () => this.#relayout();
    this.fit = () => this.#fit();
  }

  get open() {
    return this.node.open;
  }

  show() {
    if (this.open) return;
    if (this.small.matches) this.node.showModal();
    else this.node.show();
    this.#lock(this.small.matches);
    this.small.addEventListener("change", this.relayout);
    window.visualViewport?.addEventListener("resize", this.fit);
    this.#fit();
  }

  close() {
    if (!this.open) return;
    this.#menu(false);
    this.hide();
    this.hooks.closed();
  }

  /** Closes without moving the focus: when the element leaves the page. */
  hide() {
    this.node.close();
    this.#lock(false);
    this.small.removeEventListener("change", this.relayout);
    window.visualViewport?.removeEventListener("resize", this.fit);
  }

  #item(name, text, action) {
    return h("button", { type: "button", on: { click: () => { this.#menu(false); action(); } } }, icon(name), h("span", { text }));
  }

  #menu(open) {
    const inside = this.menu.contains(this.menu.getRootNode().activeElement);
    this.menu.hidden = !open;
    this.more.setAttribute("aria-expanded", String(open));
    if (open) this.menu.querySelector("button").focus();
    else if (inside) this.more.focus();
  }

  #key(event) {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (this.menu.hidden) this.close();
    else this.#menu(false);
  }

  /** From beside the page to over it and back, when the window is resized, turned or zoomed. */
  #relayout() {
    const focused = this.node.getRootNode().activeElement;
    this.hide();
    this.show();
    focused?.focus();
    this.hooks.resized();
  }

  /** A phone's keyboard covers the lower half: the dialog keeps to what is left. */
  #fit() {
    const view = window.visualViewport;
    this.node.style.height = this.small.matches && view ? `${view.height}px` : "";
  }

  #lock(on) {
    const page = document.documentElement;
    if (on) {
      this.overflow ??= page.style.overflow;
      page.style.overflow = "hidden";
    } else if (this.overflow !== undefined) {
      page.style.overflow = this.overflow;
      this.overflow = undefined;
    }
  }
}
