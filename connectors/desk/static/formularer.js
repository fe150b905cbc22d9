// Forms that are sent once however often the button is pressed, and text that is not lost by leaving the page.

let gemmer = false;

/** Whether a text has been begun that nobody has sent. */
function ikkeGemt() {
  return [...document.querySelectorAll("textarea")].some((felt) => felt.value.trim() && felt.value !== felt.defaultValue);
}

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  if (event.target.dataset.sendt) {
    event.preventDefault();
    return;
  }
  event.target.dataset.sendt = "ja";
  gemmer = true;
});

window.addEventListener("beforeunload", (event) => {
  if (!gemmer && ikkeGemt()) event.preventDefault();
});

// A page that the browser shows again from memory can be sent again.
window.addEventListener("pageshow", () => {
  gemmer = false;
  for (const form of document.querySelectorAll("form[data-sendt]")) delete form.dataset.sendt;
});
