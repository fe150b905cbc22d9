import { h } from "/static/widget/dom.js";
import { kald } from "./kald.js";
import { tekster } from "./tekster.js";

/** Suggested answers to what the business wrote last, and the editors' canned replies: both only ever become a draft. */
export class Forslag {
  #spurgt = 0;

  constructor(forslag, faste, samtale, indsaet) {
    Object.assign(this, { samtale, indsaet });
    this.liste = forslag.querySelector("[data-forslag]");
    this.faste = faste.querySelector("[data-faste]");
    this.soeg = faste.querySelector("[data-soeg]");
    this.soeg.addEventListener("input", () => this.#visFaste());
    this.skabeloner = [];
    this.#hentFaste();
  }

  /** Asks again; an answer that has been overtaken by a later question is dropped. */
  async forny() {
    const nr = (this.#spurgt += 1);
    let indhold;
    try {
      const forslag = await kald("GET", `/desk/api/forslag?samtale=${encodeURIComponent(this.samtale)}`);
      indhold = forslag.length ? forslag.map((et) => this.#node(et)) : [h("li", { text: tekster.ingenForslag })];
    } catch (fejl) {
      indhold = [h("li", { text: fejl.besked || tekster.forslagFejl })];
    }
    if (nr === this.#spurgt) this.liste.replaceChildren(...indhold);
  }

  async #hentFaste() {
    try {
      this.skabeloner = await kald("GET", `/desk/api/skabeloner?samtale=${encodeURIComponent(this.samtale)}`);
      this.#visFaste();
    } catch (fejl) {
      this.faste.replaceChildren(h("li", { text: fejl.besked || tekster.forslagFejl }));
    }
  }

  #visFaste() {
    const ord = this.soeg.value.trim().toLocaleLowerCase("da");
    const fundne = this.skabeloner.filter(({ titel, tekst }) => `${titel} ${tekst}`.toLocaleLowerCase("da").includes(ord));
    this.faste.replaceChildren(...(fundne.length ? fundne.map((en) => this.#node(en)) : [h("li", { text: tekster.ingenFaste })]));
  }

  #node({ titel, tekst, mangler = [] }) {
    const knap = h("button", { type: "button", class: "button button-secondary lille", on: { click: () => this.indsaet(tekst) } },
      tekster.indsaet, h("span", { class: "sr-only", text: ` ${titel}` }));
    return h("li", { class: "udkast" },
      h("details", {}, h("summary", { text: titel }), h("p", { class: "udkast-tekst", text: tekst }),
        mangler.length ? h("p", { class: "udkast-mangler", text: tekster.mangler(mangler.join(", ")) }) : null), knap);
  }
}
