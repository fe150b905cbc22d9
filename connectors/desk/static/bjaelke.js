import { kald } from "./kald.js";
import { tekster } from "./tekster.js";
import { Varsel, afvist } from "./varsel.js";

const KOEEN = "/desk/?liste=venter";

/** The line in every page's head: presence, who waits, own chats, sound and notices; and whether the server is there. */
export class Bjaelke {
  #sete = null;
  #ulaeste = null;
  #titel = document.title;

  constructor(boks, forbindelse) {
    this.boks = boks;
    const del = (navn) => boks.querySelector(`[data-live="${navn}"]`);
    Object.assign(this, { tilstede: del("tilstede"), venter: del("venter"), mine: del("mine"), melding: del("melding"), hoert: del("hoert") });
    this.varsel = new Varsel();
    this.tilstede.addEventListener("change", () => this.#saetTilstede());
    for (const felt of boks.querySelectorAll("[data-varsel]")) {
      felt.checked = this.varsel.valg[felt.dataset.varsel];
      felt.addEventListener("change", () => this.#saetVarsel(felt));
    }
    const valg = boks.querySelector("details");
    document.addEventListener("click", (haendelse) => {
      if (!valg.contains(haendelse.target)) valg.open = false;
    });
    valg.addEventListener("keydown", (haendelse) => {
      if (haendelse.key !== "Escape" || !valg.open) return;
      valg.open = false;
      valg.querySelector("summary").focus();
    });
    forbindelse.addEventListener("status", ({ detail }) => this.vis(detail));
    const sigerSelv = document.querySelector("[data-samtale]"); // the chat page tells it where one writes
    forbindelse.addEventListener("nede", () => !sigerSelv && this.#meld(tekster.nede));
    forbindelse.addEventListener("oppe", () => this.#erOppe());
    forbindelse.addEventListener("udlogget", () => this.#udlogget());
  }

  vis({ tager_chat: tagerChat, koe, mine }) {
    this.tilstede.disabled = false;
    this.tilstede.checked = tagerChat;
    const ulaeste = mine.reduce((sum, chat) => sum + chat.ulaeste, 0);
    this.#saet(this.venter, tekster.venter(koe.length), koe.length > 0);
    this.#saet(this.mine, tekster.mine(mine.length, ulaeste), ulaeste > 0);
    this.mine.href = mine.length === 1 ? `/desk/samtaler/${mine[0].id}` : KOEEN;
    this.mine.hidden = mine.length === 0;
    const antal = (tagerChat ? koe.length : 0) + ulaeste;
    document.title = antal ? `(${antal}) ${this.#titel}` : this.#titel;
    this.#varsl(tagerChat, koe, mine);
  }

  #saet(link, text, vigtig) {
    if (link.textContent !== text) link.textContent = text;
    link.classList.toggle("vigtig", vigtig);
  }

  #varsl(tagerChat, koe, mine) {
    const nye = this.#sete && tagerChat ? koe.filter((id) => !this.#sete.has(id)) : [];
    const flere = mine.find((chat) => this.#ulaeste && chat.ulaeste > (this.#ulaeste.get(chat.id) ?? 0));
    this.#sete = new Set(koe);
    this.#ulaeste = new Map(mine.map((chat) => [chat.id, chat.ulaeste]));
    if (nye.length) {
      this.#sig(tekster.nyVenter);
      this.varsel.giv(tekster.nyVenter, nye[0], KOEEN);
    } else if (flere && !location.pathname.endsWith(`/samtaler/${flere.id}`)) {
      this.#sig(tekster.nyBesked);
      this.varsel.giv(tekster.nyBesked, flere.id, `/desk/samtaler/${flere.id}`);
    } else if (flere) this.varsel.giv(tekster.nyBesked, flere.id, location.pathname);
  }

  async #saetTilstede() {
    const oensket = this.tilstede.checked;
    try {
      await kald("POST", "/desk/api/tilstede", { tager_chat: oensket });
      this.#sig(oensket ? tekster.tagerChat : tekster.tagerIkkeChat);
    } catch (fejl) {
      this.tilstede.checked = !oensket;
      this.#meld(fejl.besked || tekster.tilstedeFejl);
    }
  }

  async #saetVarsel(felt) {
    if (await this.varsel.saet(felt.dataset.varsel, felt.checked)) return;
    felt.checked = false;
    this.#meld(afvist);
  }

  #erOppe() {
    if (this.melding.textContent === tekster.nede) this.#sig(tekster.oppe);
    this.melding.hidden = true;
    this.melding.textContent = "";
  }

  #udlogget() {
    const ind = document.createElement("a");
    ind.href = `/desk/login?videre=${encodeURIComponent(location.pathname + location.search)}`;
    ind.textContent = tekster.logInd;
    this.melding.replaceChildren(`${tekster.udlogget} `, ind);
    this.melding.hidden = false;
    this.tilstede.disabled = true;
  }

  #meld(text) {
    this.melding.textContent = text;
    this.melding.hidden = false;
  }

  /** For those who hear the page; the same words again are said again. */
  #sig(text) {
    this.hoert.textContent = "";
    setTimeout(() => (this.hoert.textContent = text), 50);
  }
}
