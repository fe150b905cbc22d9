import { progress, withCard } from "./cards.js";
import { dayName, timeOfDay } from "./dates.js";
import { h, heard } from "./dom.js";
import { icon } from "./icons.js";
import { plain, rich } from "./rich.js";
import { gradeRow } from "./survey.js";
import { texts } from "./texts.js";

const SENDERS = new Set(["bot", "user", "agent", "system"]);
const LONG_TITLE = 28; // characters: from here on a button has a line of its own
const MARKS = { bot: "computer", agent: "person", system: "info" };
const senderOf = (message) => (SENDERS.has(message.from) ? message.from : "system");

/** "I dag" between the messages of two days. */
export function daySeparator(iso) {
  return h("div", { class: "dag" }, h("span", { text: dayName(iso) }));
}

function stamp(iso) {
  const time = timeOfDay(iso);
  return time ? h("time", { class: "tid", datetime: iso, text: time }) : null;
}

function buttons(message, press) {
  const given = (message.buttons ?? []).filter((button) => button?.title);
  if (!given.length) return null;
  const make = (button, props) =>
    h("button", { type: "button", "data-titel": button.title, on: { click: () => press(message, button) }, ...props });
  const grades = gradeRow(message, make);
  if (grades) return grades;
  const stacked = message.data?.type === "kandidater";
  const look = (title) => (title.length > LONG_TITLE ? "valg lang" : "valg");
  return h("div", { class: stacked ? "knapper stablet" : "knapper", role: "group", "aria-label": texts.svarmuligheder },
    ...given.map((button) => make(button, { class: look(button.title), text: plain(button.title) })));
}

/** Whose words these are: seen above the first of several messages in a row, heard before each. */
function sender(message, first) {
  const from = senderOf(message);
  const name = from === "agent" ? texts.menneske(plain(message.data?.navn ?? "")) : from === "bot" ? texts.computer : texts.afsender[from];
  if (from === "user" || !first) return heard(`${name}: `);
  return h("div", { class: "hvem" }, icon(MARKS[from]), h("span", { text: name }));
}

/** True where `message` is by another than the one before it, so that its sender is to be seen. */
export function newSender(message, before) {
  return !before || senderOf(before) !== senderOf(message) || before.data?.navn !== message.data?.navn;
}

/** A stored message. `actions`: press(message, button), announce(text). `first`: its sender is to be seen. */
export function messageNode(message, actions, first = true) {
  const from = senderOf(message);
  const data = message.data ?? {};
  const body = h("div", { class: data.type === "ydelse" ? "tekst om-ydelse" : "tekst" });
  body.append(rich(message.text, { links: from !== "user" }));
  const reference = data.type === "fejl" && data.reference ? h("p", { class: "reference", text: `${texts.reference}: ${data.reference}` }) : null;
  return h("div", { class: `besked fra-${from}`, "data-seq": message.seq },
    data.type === "screening" ? progress(data) : null,
    h("div", { class: "boble" },
      sender(message, first),
      withCard(message, body, actions.announce), reference),
    stamp(message.time),
    buttons(message, actions.press));
}

/** A message of the visitor's that the server has not confirmed, or could not be sent. */
export function entryNode(entry, retry) {
  const failed = entry.status === "fejlet";
  const body = h("div", { class: "tekst" });
  body.append(rich(entry.shown, { links: false }));
  const node = h("div", { class: failed ? "besked fra-user fejlet" : "besked fra-user undervejs" },
    h("div", { class: "boble" }, heard(`${texts.afsender.user}: `), body));
  if (failed) {
    node.append(h("p", { class: "ikke-sendt" }, icon("warning"), h("span", { text: entry.why || texts.ikkeSendt })),
      h("button", { type: "button", class: "igen", text: texts.proevIgen, on: { click: () => retry(entry.client_id) } }));
  } else {
    node.append(h("span", { class: "tid", "aria-hidden": "true", text: texts.sender }));
  }
  return node;
}

/**
 * Gives a drawn message of the visitor's the look of `fresh`, without touching what it says: a screen reader
 * would read it again. Only where the server changed the text (a CPR number masked) is that new too.
 * True if the focus was on something that is gone.
 */
export function adopt(node, fresh) {
  const focused = node.contains(node.getRootNode().activeElement);
  const [kept, wanted] = [node, fresh].map((one) => one.querySelector(".boble"));
  node.className = fresh.className;
  if (fresh.dataset.seq) node.dataset.seq = fresh.dataset.seq;
  for (const child of [...node.children]) if (child !== kept) child.remove();
  const rest = [...fresh.children].filter((child) => child !== wanted);
  if (kept.textContent !== wanted.textContent) kept.replaceWith(wanted);
  node.append(...rest);
  return focused;
}

/** Buttons answer the latest turn only; the one that was pressed keeps a tick. */
export function settleButtons(node, live, pressed) {
  for (const button of node.querySelectorAll("button.valg")) {
    button.disabled = !live;
    if (live || button.dataset.titel !== pressed || button.classList.contains("valgt")) continue;
    button.classList.add("valgt");
    button.prepend(icon("check"));
    if (button.ariaLabel) button.ariaLabel += ` (${texts.valgt})`;
    else button.append(heard(` (${texts.valgt})`));
  }
}

/** "Læst" beside the time of the message, or no more. */
export function markRead(node, read) {
  const mark = node.querySelector(":scope > .tid .laest");
  if (!read) mark?.remove();
  else if (!mark) node.querySelector(":scope > .tid")?.append(h("span", { class: "laest", text: ` · ${texts.laest}` }));
}
