import { kald } from "./kald.js";
import { forbindelse } from "./live.js";
import { Forslag } from "./forslag.js";
import { Noter } from "./noter.js";
import { Samtalelog } from "./samtalelog.js";
import { Skrivefelt } from "./skrivefelt.js";
import { tekster } from "./tekster.js";
import { Udbakke } from "./udbakke.js";

const SKRIVER_I = 6000;

/** The chat page: what the live connection tells of the conversation, and what the person writes in it. */
class Samtaleside {
  #messages = [];
  #billede = null;
  #skriverTil = null;

  constructor(rod) {
    this.rod = rod;
    this.id = rod.dataset.samtale;
    const del = (navn) => rod.querySelector(`[data-del="${navn}"]`);
    Object.assign(this, { melding: del("melding"), nede: del("nede"), stilling: del("stilling"), skriver: del("skriver"), hoert: del("hoert") });
    const sig = (text) => this.#sig(text);
    this.log = new Samtalelog(del("log"), del("bund"), { igen: (id) => this.udbakke.igen(id), hentNed: (id) => this.#hentNed(id) });
    this.felt = new Skrivefelt(del("skriv"), `desk-kladde:${this.id}`, {
      send: (text) => this.udbakke.laeg(text), skriver: (on) => forbindelse.send({ type: "typing", on }),
    });
    this.udbakke = new Udbakke(`desk-udbakke:${this.id}`, (krop) => this.#aflever(krop), () => this.#tegn());
    this.noter = new Noter(del("noter"), this.id, sig);
    this.forslag = new Forslag(del("forslag"), del("faste"), this.id, (text) => {
      this.felt.indsaet(text);
      sig(tekster.indsat);
    });
    this.#lyt();
    this.#tilpas();
    forbindelse.foelg(this.id, () => this.#sidste);
  }

  get #sidste() {
    return this.#messages.at(-1)?.seq ?? 0;
  }

  /** The chat fills what is left of the window under what stands above it. */
  #tilpas() {
    const gitter = this.rod.querySelector(".samtale-gitter");
    const maal = () => gitter.style.setProperty("--over-samtalen", `${Math.round(gitter.getBoundingClientRect().top + window.scrollY)}px`);
    maal();
    new ResizeObserver(maal).observe(document.body);
  }

  #lyt() {
    forbindelse.addEventListener("samtale", ({ detail }) => detail.id === this.id && this.#tag(detail));
    forbindelse.addEventListener("ingen_adgang", ({ detail }) => detail.id === this.id && this.#ingenAdgang());
    forbindelse.addEventListener("typing", ({ detail }) => detail.from === "user" && this.#visSkriver(detail.on));
    forbindelse.addEventListener("read", ({ detail }) => {
      if (detail.from !== "user" || !this.#billede) return;
      this.#billede.laest = Math.max(this.#billede.laest, detail.seq);
      this.#tegn();
    });
    forbindelse.addEventListener("nede", () => this.#visNede(true));
    forbindelse.addEventListener("udlogget", () => this.#visNede(true));
    forbindelse.addEventListener("oppe", () => {
      this.#visNede(false);
      this.udbakke.skynd();
    });
    document.addEventListener("visibilitychange", () => this.#laes());
    window.addEventListener("focus", () => this.#laes());
    window.addEventListener("beforeunload", (haendelse) => this.udbakke.usendt && haendelse.preventDefault());
    for (const form of this.rod.querySelectorAll("form[data-slip]")) {
      form.addEventListener("submit", (haendelse) => {
        if (!this.udbakke.usendt) return;
        haendelse.preventDefault();
        this.#meld(tekster.usendt);
      });
    }
  }

  #tag(billede) {
    const { messages, ...resten } = billede;
    const nye = messages.filter((besked) => besked.seq > this.#sidste);
    if (nye.length && nye[0].seq > this.#sidste + 1) return forbindelse.foelg(this.id, () => this.#sidste); // something is missing: from there again
    const foerste = this.#billede === null;
    this.#messages.push(...nye);
    for (const besked of nye) if (besked.client_id) this.udbakke.tag(besked.client_id);
    this.#skift(this.#billede, resten);
    this.#billede = { ...resten, laest: Math.max(resten.laest, this.#billede?.laest ?? 0) };
    const fraDem = nye.filter((besked) => besked.from === "user");
    if (fraDem.length) this.#visSkriver(false);
    this.#tegn();
    this.noter.vis(resten.noter);
    if (!foerste) for (const besked of fraDem) this.#sig(tekster.skrev(besked.text));
    if (foerste || fraDem.length) this.forslag.forny();
    if (foerste) this.log.tilBund();
    this.#laes();
    return null;
  }

  /** What is told and what can be pressed when it changes hands. */
  #skift(foer, nu) {
    if (foer && foer.state === nu.state && foer.din === nu.din && foer.ejer === nu.ejer && foer.maa_tages === nu.maa_tages) return;
    const { stilling, mistet } = tekster;
    this.stilling.textContent = nu.din ? stilling.din : nu.state === "menneske" ? stilling.menneske(nu.ejer) : stilling[nu.state];
    this.stilling.dataset.stilling = nu.din ? "din" : nu.state;
    for (const node of this.rod.querySelectorAll("[data-naar]")) node.hidden = !{ din: nu.din, tages: nu.maa_tages }[node.dataset.naar];
    this.felt.aktiv(nu.din);
    if (foer?.din && !nu.din) this.#meld(nu.state === "menneske" ? mistet.menneske(nu.ejer) : mistet[nu.state]);
    else if (foer && !foer.din && nu.din) this.#meld(tekster.faaet);
    else if (foer && nu.state === "lukket") this.#meld(mistet.lukket);
  }

  #tegn() {
    if (!this.#billede) return;
    this.log.vis({ messages: this.#messages, udbakke: this.udbakke.dele, laest: this.#billede.laest });
  }

  /** The business sees "Læst" once somebody has the page before them. */
  #laes() {
    if (!this.#billede?.din || document.hidden || !document.hasFocus()) return;
    const seq = this.#messages.findLast((besked) => besked.from === "user")?.seq ?? 0;
    if (seq <= (this.harLaest ?? 0)) return;
    this.harLaest = seq;
    if (!forbindelse.send({ type: "laest", seq })) kald("POST", `/desk/api/samtaler/${this.id}/laest`, { seq }).catch(() => (this.harLaest = 0));
  }

  async #aflever(krop) {
    const svar = await kald("POST", `/desk/api/samtaler/${this.id}/beskeder`, krop);
    // it comes back over the connection; should that have been lost, it is asked for
    setTimeout(() => this.#sidste < svar.seq && forbindelse.foelg(this.id, () => this.#sidste), 3000);
    const kommet = this.#messages.some((besked) => besked.client_id === krop.client_id);
    if (kommet) setTimeout(() => this.udbakke.tag(krop.client_id));
  }

  #hentNed(clientId) {
    const del = this.udbakke.tag(clientId);
    if (del) this.felt.indsaet(del.text);
  }

  #visSkriver(til) {
    clearTimeout(this.#skriverTil);
    this.skriver.textContent = til ? tekster.skriver : "";
    if (til) this.#skriverTil = setTimeout(() => (this.skriver.textContent = ""), SKRIVER_I);
  }

  #visNede(nede) {
    this.nede.hidden = !nede;
    this.nede.textContent = nede ? tekster.nedeHer(this.rod.dataset.vaek) : "";
  }

  #ingenAdgang() {
    this.felt.aktiv(false);
    for (const node of this.rod.querySelectorAll("[data-naar]")) node.hidden = true;
    this.stilling.textContent = "";
    this.#meld(tekster.ingenAdgang);
  }

  #meld(text) {
    this.melding.textContent = text;
    this.melding.hidden = false;
  }

  #sig(text) {
    this.hoert.textContent = "";
    setTimeout(() => (this.hoert.textContent = text), 50);
  }
}

const rod = document.querySelector("[data-samtale]");
if (rod) new Samtaleside(rod);
