import { dayKey, dayName, timeOfDay } from "/static/widget/dates.js";
import { h } from "/static/widget/dom.js";
import { plain, rich } from "/static/widget/rich.js";
import { tekster } from "./tekster.js";

const NAER = 80;
const KENDTE = new Set(["bot", "user", "agent", "system"]);

/** The conversation on the page. Drawn by difference, so that nobody's reading or focus is disturbed. */
export class Samtalelog {
  #noder = new Map();
  #nede = true;

  /** `goer`: igen(client_id), hentNed(client_id). */
  constructor(liste, bund, goer) {
    Object.assign(this, { liste, bund, goer });
    this.bund.addEventListener("click", () => this.tilBund());
    liste.addEventListener("scroll", () => {
      this.#nede = this.#vedBund();
      if (this.#nede) this.bund.hidden = true;
    });
    // a notice above takes from the height: who was at the end stays there
    new ResizeObserver(() => this.#nede && this.tilBund()).observe(liste);
  }

  vis({ messages, udbakke, laest }) {
    const oensket = this.#oensket(messages, udbakke, laest);
    const noegler = new Set(oensket.map(({ noegle }) => noegle));
    for (const [noegle, { node }] of this.#noder) {
      if (noegler.has(noegle)) continue;
      node.remove();
      this.#noder.delete(noegle);
    }
    let forrige = null;
    let nyt = false;
    let mit = false;
    for (const { noegle, form, lav, eget = false } of oensket) {
      const tegnet = this.#noder.get(noegle);
      let node = tegnet?.node;
      if (!node || tegnet.form !== form) {
        const frisk = lav();
        if (node) node.replaceWith(frisk);
        else {
          nyt = true;
          mit ||= eget;
        }
        node = frisk;
        this.#noder.set(noegle, { node, form });
      }
      if (node.previousElementSibling !== forrige || !node.parentNode) forrige ? forrige.after(node) : this.liste.prepend(node);
      forrige = node;
    }
    if (this.#nede || mit) this.tilBund();
    else if (nyt) this.bund.hidden = false;
  }

  tilBund() {
    this.liste.scrollTop = this.liste.scrollHeight;
    this.bund.hidden = true;
    this.#nede = true;
  }

  #vedBund() {
    return this.liste.scrollHeight - this.liste.scrollTop - this.liste.clientHeight < NAER;
  }

  #oensket(messages, udbakke, laest) {
    const oensket = [];
    let dag = "";
    const skil = (tid) => {
      const noegle = dayKey(tid);
      if (noegle && noegle !== dag) oensket.push({ noegle: `d${noegle}`, form: "", lav: () => h("div", { class: "chat-dag", text: dayName(tid) }) });
      dag = noegle || dag;
    };
    const sidste = messages.findLast((besked) => besked.from === "agent")?.seq;
    for (const besked of messages) {
      skil(besked.time);
      const status = besked.seq !== sidste ? "" : besked.seq <= laest ? "laest" : "sendt";
      oensket.push({ noegle: besked.client_id ?? besked.seq, form: `b${status}`, lav: () => beskedNode(besked, status) });
    }
    for (const del of udbakke) {
      skil(del.tid);
      oensket.push({ noegle: del.client_id, form: del.status + del.hvorfor, lav: () => this.#delNode(del), eget: true });
    }
    return oensket;
  }

  #delNode(del) {
    const fejlet = del.status === "fejlet";
    const node = h("div", { class: `chat-besked fra-agent ${fejlet ? "fejlet" : "undervejs"}` },
      h("p", { class: "chat-hvem", text: tekster.hvem.dig }), tekst(del.text, false),
      h("p", { class: "chat-status", text: fejlet ? `${tekster.status.fejlet} ${del.hvorfor}` : tekster.status[del.status] }));
    if (fejlet) {
      const knap = (text, gaa) => h("button", { type: "button", class: "button button-secondary lille", text, on: { click: gaa } });
      node.append(h("div", { class: "chat-knapper" }, knap(tekster.proevIgen, () => this.goer.igen(del.client_id)),
        knap(tekster.tagTilbage, () => this.goer.hentNed(del.client_id))));
    }
    return node;
  }
}

function tekst(text, links) {
  const boks = h("div", { class: "chat-tekst" });
  boks.append(rich(text, { links }));
  return boks;
}

function beskedNode(besked, status) {
  const fra = KENDTE.has(besked.from) ? besked.from : "system";
  const hvem = fra === "agent" ? tekster.hvem.agent(plain(besked.data?.navn)) : tekster.hvem[fra];
  const valg = (besked.buttons ?? []).map((knap) => plain(knap.title)).filter(Boolean);
  return h("div", { class: `chat-besked fra-${fra}`, "data-seq": besked.seq },
    h("p", { class: "chat-hvem" }, `${hvem} `, h("time", { datetime: besked.time, text: timeOfDay(besked.time) })),
    // a label of the business's own could hide where its link goes: only whole addresses become links
    tekst(fra === "user" ? udenEtiketter(besked.text) : besked.text, true),
    valg.length ? h("p", { class: "chat-valg", text: `${tekster.knapper} ${valg.join(" · ")}` }) : null,
    status ? h("p", { class: "chat-status", text: tekster.status[status] }) : null);
}

/** "[klik her](https://…)" with a space between, so that it is shown as it stands. */
const udenEtiketter = (text) => String(text ?? "").replaceAll("](", "] (");
