import { dayAndTime } from "./dates.js";
import { h } from "./dom.js";
import { texts } from "./texts.js";

/** The conversation as plain text, oldest first. */
export function transcript(messages, now = new Date()) {
  const who = ({ from, data }) => (from === "agent" ? texts.menneske(data?.navn) : texts.afsender[from] ?? from);
  const lines = messages.map((message) => `${dayAndTime(message.time)}\r\n${who(message)}: ${message.text ?? ""}`);
  return [texts.filTitel, `${texts.filHentet}: ${dayAndTime(now.toISOString())}`, ...lines].join("\r\n\r\n") + "\r\n";
}

/** Hands the conversation to the visitor as a text file; nothing is sent anywhere. */
export function download(messages) {
  // the mark in front makes older Windows programs read æ, ø and å right
  const address = URL.createObjectURL(new Blob(["\ufeff", transcript(messages)], { type: "text/plain;charset=utf-8" }));
  h("a", { href: address, download: texts.filnavn }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
