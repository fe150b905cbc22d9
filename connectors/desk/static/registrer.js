// The registration form kept up to date while it is filled in. Everything works without it: each button sends the form, and
// the page comes back with what the button does. Here the same page is fetched, and the parts that changed are put in place.

const form = document.querySelector("[data-registrer]");
const melding = form.querySelector("[data-melding]");
const WAIT_TEXT = 350; // ms of silence before suggestions are asked for
const WAIT_ANSWER = 600;

let latest = 0; // only the answer to the latest request is shown
let timer = null;
let textTimer = null;

/** The texts that stand in the form now, by name: what is typed while an answer is under way is put back. */
function typed() {
  const found = new Map();
  for (const field of form.querySelectorAll("input:not([type=radio]):not([type=checkbox]):not([type=hidden]), textarea")) {
    found.set(field.id, field.value);
  }
  return found;
}

/** Put a part of the fetched page in place of the one shown, with what has been typed in it since, and the focus. */
function swap(old, fresh, sent) {
  if (old.innerHTML === fresh.innerHTML && !old.querySelector("input, textarea, select")) return;
  const since = new Map();
  for (const [id, value] of typed()) {
    if (old.querySelector(`#${CSS.escape(id)}`) && sent.get(id) !== value) since.set(id, value);
  }
  const active = old.contains(document.activeElement) ? document.activeElement : null;
  const spot = active && "selectionStart" in active ? [active.selectionStart, active.selectionEnd] : null;
  const opened = new Set([...old.querySelectorAll("details[open] > summary")].map((one) => one.textContent));
  old.replaceWith(fresh);
  for (const details of fresh.querySelectorAll("details")) {
    if (opened.has(details.querySelector("summary").textContent)) details.open = true;
  }
  for (const [id, value] of since) {
    const field = document.getElementById(id);
    if (field) field.value = value;
  }
  if (!active) return;
  const again = (active.id && document.getElementById(active.id)) || fresh.closest(".kort")?.querySelector("h2");
  if (!again) return;
  if (again.tagName === "H2") again.tabIndex = -1;
  again.focus({ preventScroll: true });
  if (spot && spot[0] !== null && again.setSelectionRange) again.setSelectionRange(...spot);
}

/** Send the form as the button would, and show what comes back. ``only``: the parts to put in place; all where none is named. */
async function refresh(submitter, only = null) {
  const number = ++latest;
  clearTimeout(timer);
  const sent = typed();
  const body = new URLSearchParams(new FormData(form, submitter));
  const headers = only ? { "X-Del": only.join(" ") } : {};
  let page;
  try {
    const response = await fetch(form.action, { method: "POST", body, headers, credentials: "same-origin" });
    if (!response.ok) throw new Error(String(response.status));
    page = new DOMParser().parseFromString(await response.text(), "text/html");
  } catch {
    if (number === latest) melding.textContent = "Siden kunne ikke opdateres. Det, du har skrevet, står her stadig.";
    return;
  }
  if (number !== latest) return;
  for (const old of form.querySelectorAll("[data-del]")) {
    const fresh = page.querySelector(`form[data-registrer] [data-del="${old.dataset.del}"]`);
    if (fresh && (!only || only.includes(old.dataset.del))) swap(old, fresh, sent);
  }
  melding.textContent = "Vurderingen er opdateret.";
}

/** Packages and services that the text may be about. */
async function suggest() {
  const text = form.elements.sagt.value;
  const place = form.querySelector('[data-del="forslag"]');
  try {
    const answer = await fetch(`/desk/api/forstaa?${new URLSearchParams({ q: text })}`, { headers: { Accept: "text/html" } });
    if (answer.ok && text === form.elements.sagt.value) place.innerHTML = await answer.text();
  } catch {
    // The lists below can be used without suggestions.
  }
}

form.addEventListener("submit", (event) => {
  const value = event.submitter?.value ?? "vis";
  if (event.submitter?.name === "handling" && value === "opret") return;
  event.preventDefault();
  refresh(event.submitter);
}, { capture: true });

form.addEventListener("input", (event) => {
  const field = event.target;
  if (field.name === "sagt") {
    clearTimeout(textTimer);
    textTimer = setTimeout(suggest, WAIT_TEXT);
  } else if (field.type === "text") {
    clearTimeout(timer);
    timer = setTimeout(() => refresh(null, ["vurdering"]), WAIT_ANSWER);
  }
});

form.addEventListener("change", (event) => {
  const field = event.target;
  if (field.type === "radio" && field.name.startsWith("valg-")) {
    // A mark made after words were written is what counts.
    const words = form.elements[field.name.replace("valg-", "svar-")];
    if (words) words.value = "";
  }
  if (["tilfoej_ydelse", "samtykke", "samtykke_dato", "samtykke_tid", "kanal", "straks", "tag"].includes(field.name)) return;
  refresh(null);
});
