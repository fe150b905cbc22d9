import { h, heard } from "./dom.js";
import { texts } from "./texts.js";

const LINK = /\[([^\]\n]{1,200})\]\(([^()\s]{1,500})\)|(https?:\/\/[^\s<>"]+|(?:mailto|tel):[^\s<>"]+)|([\w.+-]+@[\w-]+(?:\.[\w-]+)+)/giu;
const SAFE = new Set(["http:", "https:", "mailto:", "tel:"]);
const TURNING = /[\u202A-\u202E\u2066-\u2069]/gu;
const LIKE_AN_ADDRESS = /:\/\/|@|\bwww\.|[\p{L}\d-]\.\p{L}{2,}/u;

/** The text without the characters that make a reader see it in another order than it stands. */
export const plain = (text) => String(text ?? "").replace(TURNING, "");

/** The address if it is one of the four harmless kinds, else null (`javascript:`, `data:`, relative, one with a name before the host …). */
export function safeAddress(address) {
  try {
    const url = new URL(address);
    return SAFE.has(url.protocol) && !url.username && !url.password ? url.href : null;
  } catch {
    return null;
  }
}

/** What a link with a label shows: a label that looks like an address could name another, so the true one stands there. */
const honest = (label, href) => (LIKE_AN_ADDRESS.test(label) ? href.replace(/^(mailto|tel):/u, "") : label);

function link(href, label) {
  const outside = /^https?:/iu.test(href);
  const node = h("a", { href, text: label, rel: "noopener noreferrer", target: outside ? "_blank" : null });
  if (outside) node.append(heard(` ${texts.nytVindue}`));
  return node;
}

/** A line as text nodes and links; a full stop or bracket after an address belongs to the sentence. */
function line(text) {
  const parts = [];
  let done = 0;
  for (const match of text.matchAll(LINK)) {
    const [whole, label, target, , mail] = match;
    const tail = target ? "" : whole.match(/[.,;:!?)\]]+$/u)?.[0] ?? "";
    const shown = label ?? whole.slice(0, whole.length - tail.length);
    const address = target ?? (mail ? `mailto:${shown}` : shown);
    const href = safeAddress(address);
    const node = href && link(href, target ? honest(label, href) : shown.replace(/^(mailto|tel):/iu, ""));
    if (!node) continue;
    parts.push(text.slice(done, match.index), node, tail);
    done = match.index + whole.length;
  }
  parts.push(text.slice(done));
  return parts.flatMap((part) => (typeof part === "string" ? unbroken(part) : part)).filter((part) => part !== "");
}

/** A case number stays on one line; its hyphens are places to break otherwise. */
function unbroken(text) {
  return text.split(/(KBH-\d{4}-\d{6})/u).map((part, index) => (index % 2 ? h("span", { class: "sag", text: part }) : part));
}

/** Text as paragraphs, line breaks and "- " lists. With `links` false (what a visitor wrote) nothing becomes a link. */
export function rich(text, { links = true } = {}) {
  const box = document.createDocumentFragment();
  let paragraph = null;
  let list = null;
  for (const raw of plain(text).replace(/\r\n?/gu, "\n").split("\n")) {
    const item = raw.match(/^\s*[-•–]\s+(.*)$/u);
    const content = (value) => (links ? line(value) : [value]);
    if (item) {
      paragraph = null;
      if (!list) box.append((list = h("ul")));
      list.append(h("li", {}, ...content(item[1])));
    } else if (raw.trim() === "") {
      paragraph = list = null;
    } else {
      list = null;
      if (paragraph) paragraph.append(h("br"), ...content(raw));
      else box.append((paragraph = h("p", {}, ...content(raw))));
    }
  }
  return box;
}
