import { h } from "./dom.js";
import { texts } from "./texts.js";

/** Asks before the conversation is deleted. A modal dialog: the rest can't be reached until it is answered. */
export function confirmErase(root, erase) {
  const problem = h("p", { class: "problem", role: "alert" });
  const yes = h("button", { type: "button", class: "farlig", text: texts.sletJa });
  const no = h("button", { type: "button", class: "sekundaer", text: texts.fortryd });
  const dialog = h("dialog", { class: "bekraeft", role: "alertdialog", "aria-labelledby": "slet-titel", "aria-describedby": "slet-tekst" },
    h("h2", { id: "slet-titel", text: texts.sletTitel }), h("p", { id: "slet-tekst", text: texts.sletTekst }), problem,
    h("div", { class: "knapraekke" }, yes, no));
  return new Promise((resolve) => {
    let erased = false;
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(erased);
    });
    dialog.addEventListener("keydown", (event) => event.stopPropagation()); // its Esc must not close the chat as well
    no.addEventListener("click", () => dialog.close());
    yes.addEventListener("click", async () => {
      yes.disabled = true;
      problem.textContent = "";
      try {
        await erase();
        erased = true;
        dialog.close();
      } catch {
        problem.textContent = texts.sletFejl;
        yes.disabled = false;
        yes.focus();
      }
    });
    root.append(dialog);
    dialog.showModal();
    no.focus();
  });
}
