/**
 * A new element. Text only ever comes in through textContent, so nothing that anyone writes becomes markup.
 * `props`: class, text, hidden, on (events); everything else is set as an attribute unless null or false.
 */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "text") node.textContent = value;
    else if (name === "on") for (const [event, handler] of Object.entries(value)) node.addEventListener(event, handler);
    else if (value === true) node.setAttribute(name, "");
    else node.setAttribute(name, String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** Text that only a screen reader says. */
export const heard = (text) => h("span", { class: "hoert", text });

/** Length as the server counts it: in characters, not in UTF-16 units. */
export const countCharacters = (text) => [...text].length;
