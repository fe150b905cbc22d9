import { Bjaelke } from "./bjaelke.js";
import { Forbindelse } from "./forbindelse.js";
import { Koeliste } from "./koeliste.js";

/** This page's one connection; other modules listen on it. */
export const forbindelse = new Forbindelse();

const boks = document.querySelector("[data-live-bjaelke]");
if (boks) {
  new Bjaelke(boks, forbindelse);
  const koe = document.querySelector("[data-koe]");
  if (koe) new Koeliste(forbindelse);
  forbindelse.start();
}
