import { texts } from "./texts.js";

// Danish dates in the municipality's own time zone, whatever the visitor's device says.
const zone = { timeZone: "Europe/Copenhagen" };
const clock = new Intl.DateTimeFormat("da-DK", { ...zone, hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat("da-DK", { ...zone, weekday: "long", day: "numeric", month: "long", year: "numeric" });
const key = new Intl.DateTimeFormat("sv-SE", { ...zone, year: "numeric", month: "2-digit", day: "2-digit" });

const valid = (iso) => {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? null : date;
};

/** "2026-11-24" in Danish time, for telling one day from another; "" for what is no date. */
export function dayKey(iso) {
  const date = valid(iso);
  return date ? key.format(date) : "";
}

/** "14.05". */
export function timeOfDay(iso) {
  const date = valid(iso);
  return date ? clock.format(date).replace(":", ".") : "";
}

/** "I dag", "I går" or "tirsdag den 24. november 2026". */
export function dayName(iso, now = new Date()) {
  const date = valid(iso);
  if (!date) return "";
  const yesterday = new Date(now.getTime() - 24 * 3600 * 1000);
  if (key.format(date) === key.format(now)) return texts.idag;
  if (key.format(date) === key.format(yesterday)) return texts.igaar;
  return day.format(date);
}

/** "torsdag den 26. november 2026 kl. 16.00"; what can't be read is shown as it came. */
export function dayAndTime(iso) {
  const date = valid(iso);
  return date ? `${day.format(date)} kl.\u00a0${timeOfDay(iso)}` : String(iso);
}
