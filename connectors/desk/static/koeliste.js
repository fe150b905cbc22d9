const SEKUNDER = 1000;
const MINUT = 60 * SEKUNDER;
const LAENGE = 5; // minutes, as in the template

const ord = (minutter) => (minutter === 0 ? "under 1 minut" : minutter === 1 ? "1 minut" : `${minutter} minutter`);

/** Keeps the list of waiting chats as the server would show it now, without moving anybody's focus. */
export class Koeliste {
  #sidst = null;
  #hentet = Date.now();
  #kaede = Promise.resolve();

  constructor(forbindelse) {
    forbindelse.addEventListener("status", ({ detail }) => {
      const nu = JSON.stringify([detail.koe, detail.mine, detail.skrevet]);
      if (this.#sidst !== null && nu !== this.#sidst) this.#kaede = this.#kaede.then(() => this.#forny());
      this.#sidst = nu;
    });
    setInterval(() => this.#taelMinutter(), 10 * SEKUNDER);
  }

  async #forny() {
    try {
      // the header says that nobody asked by hand, so it keeps no log-in open
      const svar = await fetch(location.href, { cache: "no-store", headers: { "X-Desk-Live": "1" } });
      if (svar.ok && !svar.redirected) this.#indsaet(new DOMParser().parseFromString(await svar.text(), "text/html"));
    } catch {
      // the next change tries again
    }
  }

  #indsaet(ny) {
    for (const navn of ["[data-koe]", "[data-mine-chats]"]) {
      const [gammel, frisk] = [document, ny].map((side) => side.querySelector(navn));
      if (!gammel || !frisk) continue;
      const valgt = gammel.contains(document.activeElement) ? document.activeElement : null;
      const maal = valgt?.getAttribute("href") ?? valgt?.form?.getAttribute("action");
      gammel.replaceWith(document.adoptNode(frisk));
      if (maal) frisk.querySelector(`a[href="${CSS.escape(maal)}"], form[action="${CSS.escape(maal)}"] button`)?.focus();
    }
    for (const antal of document.querySelectorAll("[data-antal]")) {
      const frisk = ny.querySelector(`[data-antal="${antal.dataset.antal}"]`);
      if (frisk && frisk.textContent !== antal.textContent) antal.textContent = frisk.textContent;
    }
    this.#hentet = Date.now();
  }

  #taelMinutter() {
    for (const maerke of document.querySelectorAll("[data-minutter]")) {
      const minutter = Number(maerke.dataset.minutter) + Math.floor((Date.now() - this.#hentet) / MINUT);
      if (maerke.textContent === ord(minutter)) continue;
      maerke.textContent = ord(minutter);
      maerke.classList.toggle("badge-error", minutter >= LAENGE);
      maerke.classList.toggle("badge-warning", minutter < LAENGE);
    }
  }
}
