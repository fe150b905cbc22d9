// The one script of the widget: served as /widget.js, and under its own name.
// Served as /widget.js, its neighbours are one folder further in; both addresses must find the same modules.
const served = new URL(import.meta.url).pathname;
const element = served.endsWith("/widget.js") ? "./static/widget/element.js" : "./element.js";
const { ErhvervsChat } = await import(new URL(element, import.meta.url).href);
if (!customElements.get("erhvervs-chat")) customElements.define("erhvervs-chat", ErhvervsChat);
