import { h } from "./dom.js";
import { texts } from "./texts.js";

const GRADE = /^([1-5])(?:\s*[–:.-]\s*(.+))?$/u;

/**
 * A question of the survey as five big buttons in a row with what the ends mean under them; null where the message is
 * no such question. `data.ender` ([lowest, highest]) says what the ends mean, else the titles do ("1 – slet ikke").
 */
export function gradeRow(message, make) {
  if (message.data?.type !== "survey") return null;
  const grades = (message.buttons ?? []).map((button) => ({ button, parts: GRADE.exec(button.title ?? "") }));
  const five = grades.filter(({ parts }) => parts);
  if (five.length !== 5) return null;
  const [low, high] = [five[0], five[4]].map(({ parts }, end) => message.data.ender?.[end] ?? parts[2] ?? "");
  const row = h("div", { class: "karakterer", role: "group", "aria-label": texts.karakterer },
    ...five.map(({ button, parts }, at) => {
      const meaning = parts[2] ?? (at === 0 ? low : at === 4 ? high : "");
      return make(button, { class: "valg karakter", text: parts[1], "aria-label": meaning ? `${parts[1]}, ${meaning}` : parts[1] });
    }));
  const ends = low || high ? h("div", { class: "ender", "aria-hidden": "true" }, h("span", { text: low }), h("span", { text: high })) : null;
  const others = grades.filter(({ parts }) => !parts).map(({ button }) => make(button, { class: "valg", text: button.title }));
  return h("div", { class: "survey" }, row, ends, others.length ? h("div", { class: "knapper" }, ...others) : null);
}
