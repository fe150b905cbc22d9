import { dayAndTime } from "./dates.js";
import { h, heard } from "./dom.js";
import { icon } from "./icons.js";
import { texts } from "./texts.js";

const list = (value) => (Array.isArray(value) ? value : []);

function fact(title, value) {
  return h("div", { class: "fakta" }, h("dt", { text: title }), h("dd", { text: value }));
}

function copyButton(number, place, announce) {
  const button = h("button", { type: "button", class: "kopier", "aria-label": texts.kopier, title: texts.kopier }, icon("copy"));
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(number);
      announce(texts.kopieret);
    } catch {
      // no permission, or a page without https: leave it marked for the visitor to copy
      const range = document.createRange();
      range.selectNodeContents(place);
      const selection = window.getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      announce(texts.kopierSelv);
    }
  });
  return button;
}

/** The case number, big, with its copy button, and the deadline: of a case just made, or asked about. */
function caseCard({ type, number, status, svarfrist }, body, announce) {
  const place = h("span", { class: "nummer", text: number });
  const facts = h("dl", { class: "fakta-liste" });
  if (status) facts.append(fact(texts.status, status));
  if (svarfrist) facts.append(fact(texts.svarfrist, dayAndTime(svarfrist)));
  return h("div", { class: "kort" },
    h("p", { class: "kort-titel", text: type === "henvendelse" ? texts.sagOprettet : texts.sagStatus }),
    h("p", { class: "sagsnummer" }, heard(`${texts.sag}: `), place, copyButton(number, place, announce)),
    facts.childElementCount ? facts : null,
    body);
}

/** Names that the text does not already say, so that nothing is read out twice. */
function named(items, text) {
  const names = list(items).map((item) => (typeof item === "string" ? item : item?.navn));
  return names.filter((name) => typeof name === "string" && name && !text.includes(name));
}

function section(title, names) {
  if (!names.length) return null;
  return h("div", { class: "kort-del" }, h("p", { class: "kort-titel", text: title }),
    h("ul", {}, ...names.map((name) => h("li", { text: name }))));
}

function recommendationCard(data, text, body) {
  // ids of ydelser say nothing to a reader: only items that carry a name are listed, the text names the rest
  const ydelser = named(list(data.ydelser).filter((item) => item?.navn), text);
  return h("div", { class: "kort" },
    h("p", { class: "kort-titel", text: texts.anbefaling }),
    body,
    section(texts.anbefalingYdelser, ydelser),
    section(texts.henvisning, named(data.henvis_til, text)));
}

/** "Spørgsmål 2 af 6" over a slim bar; null where the numbers make no sense. */
export function progress({ step, of }) {
  if (!Number.isInteger(step) || !Number.isInteger(of) || step < 1 || of < step) return null;
  const bar = h("progress", { max: of, value: step, "aria-hidden": "true" });
  return h("div", { class: "trin" }, h("span", { text: texts.trin(step, of) }), bar);
}

/** The message's body, in a card where its type has one. `announce` says something to screen readers. */
export function withCard(message, body, announce) {
  const data = message.data ?? {};
  if ((data.type === "henvendelse" || data.type === "sag") && data.number) return caseCard(data, body, announce);
  if (data.type === "anbefaling") return recommendationCard(data, message.text ?? "", body);
  return body;
}
