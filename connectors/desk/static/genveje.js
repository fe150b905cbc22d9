// Shortcuts of one key. They never act while somebody types, and the help can switch them off (WCAG 2.1.4).
// "/" and the letters go to what bears data-genvej; j and k walk the rows' links (data-raekke); "?" shows the help.

const NAVN = "desk-genveje";
const SKRIVER = "input:not([type=checkbox]):not([type=radio]):not([type=submit]):not([type=button]), textarea, select, [contenteditable]";

/** Whether shortcuts are on; where the browser keeps nothing, they are. */
function slaaetTil() {
  try {
    return localStorage.getItem(NAVN) !== "fra";
  } catch {
    return true;
  }
}

function husk(til) {
  try {
    localStorage.setItem(NAVN, til ? "til" : "fra");
  } catch {
    // a browser that keeps nothing: they are as chosen until the page is left
  }
}

function gaaTil(maal) {
  for (let ramme = maal.closest("details"); ramme; ramme = ramme.parentElement.closest("details")) ramme.open = true;
  maal.focus();
  maal.scrollIntoView({ block: "center" });
}

function flyt(skridt) {
  const links = [...document.querySelectorAll("[data-raekke]")];
  if (!links.length) return false;
  const nu = links.findIndex((link) => link === document.activeElement);
  const naeste = nu === -1 ? (skridt > 0 ? 0 : links.length - 1) : Math.min(Math.max(nu + skridt, 0), links.length - 1);
  gaaTil(links[naeste]);
  return true;
}

function udfoer(tast, hjaelp) {
  if (tast === "?" && hjaelp) {
    hjaelp.showModal();
    return true;
  }
  if (tast === "j" || tast === "k") return flyt(tast === "j" ? 1 : -1);
  const maal = [...document.querySelectorAll("[data-genvej]")].find((element) => element.dataset.genvej === tast);
  if (maal) gaaTil(maal);
  return Boolean(maal);
}

const hjaelp = document.getElementById("genveje");
let til = slaaetTil();

document.addEventListener("keydown", (event) => {
  if (!til || event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.closest?.(SKRIVER) || document.querySelector("dialog[open]")) return;
  if (udfoer(event.key, hjaelp)) event.preventDefault();
});

for (const knap of document.querySelectorAll("[data-vis-genveje]")) {
  knap.hidden = !hjaelp;
  knap.addEventListener("click", () => hjaelp.showModal());
}

if (hjaelp) {
  const valg = hjaelp.querySelector("[data-genveje-til]");
  valg.checked = til;
  valg.addEventListener("change", () => {
    til = valg.checked;
    husk(til);
  });
  hjaelp.querySelector("[data-luk]").addEventListener("click", () => hjaelp.close());
}
