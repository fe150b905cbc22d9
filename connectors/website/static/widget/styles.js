import { messageStyles } from "./styles-messages.js";

// The frame: button, window, head, field. What the messages look like is in styles-messages.js.
const frame = `
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
.rod { font: 400 1em/1.5 var(--skrift); color: var(--blaek); -webkit-text-size-adjust: 100%; text-align: left; }
.hoert { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
svg { width: 1.5em; height: 1.5em; fill: currentColor; flex: none; }
button, textarea { font: inherit; color: inherit; margin: 0; }
button { cursor: pointer; min-height: 44px; min-width: 44px; border-radius: var(--afrunding); }
button:disabled { cursor: default; }
p, ul, dl, dd, h2 { margin: 0; padding: 0; }
:focus { outline: none; }
:focus-visible { outline: 3px solid var(--fokus); outline-offset: 1px; }

.aabner { position: fixed; right: 24px; bottom: 24px; z-index: 2147483000; display: flex; align-items: center; gap: 8px; max-width: calc(100vw - 32px);
  padding: 12px 20px; min-height: 56px; border: 2px solid var(--primaer); border-radius: 28px; background: var(--primaer); color: var(--hvid); font-weight: 600; box-shadow: var(--skygge); }
.aabner:hover { background: var(--primaer-moerk); border-color: var(--primaer-moerk); }
.aabner:focus-visible { outline-color: var(--hvid); box-shadow: 0 0 0 7px var(--fokus); }
.antal { position: absolute; top: -8px; right: -4px; min-width: 26px; height: 26px; padding: 0 6px; border: 2px solid var(--hvid); border-radius: 13px;
  background: var(--fejl); font-size: 0.8125em; line-height: 22px; text-align: center; }

.panel { position: fixed; inset: auto 24px 24px auto; z-index: 2147483001; width: 420px; max-width: calc(100vw - 48px); height: min(700px, calc(100vh - 48px)); height: min(700px, calc(100dvh - 48px));
  max-height: none; margin: 0; padding: 0; border: 1px solid var(--graa-300); border-radius: 6px; background: var(--hvid); color: inherit; box-shadow: var(--skygge); overflow: hidden; }
.panel[open] { display: flex; flex-direction: column; }
.panel::backdrop { background: rgba(0, 0, 0, 0.4); }
.panel[open] { animation: ind 0.16s ease-out; }
@keyframes ind { from { opacity: 0; transform: translateY(12px); } }

.hoved { position: relative; display: flex; align-items: center; gap: 4px; padding: 10px 8px 10px 16px; background: var(--primaer); color: var(--hvid); flex: none; }
.titler { flex: 1; min-width: 0; }
.titler h2 { font-size: 1.125em; line-height: 1.3; font-weight: 600; }
.hvem-svarer { display: flex; align-items: center; gap: 6px; font-size: 0.875em; line-height: 1.35; font-weight: 600; }
.hvem-ikon { display: grid; flex: none; }
.hvem-ikon svg { width: 1.25em; height: 1.25em; }
.hoved:has([data-svarer="menneske"]) { border-bottom: 4px solid var(--graen); padding-bottom: 6px; }
.hoved:has([data-svarer="venter"]) { border-bottom: 4px solid var(--advarsel); padding-bottom: 6px; }
.ikon { display: grid; place-items: center; padding: 0; border: 0; background: transparent; }
.ikon:hover, .ikon[aria-expanded="true"] { background: var(--primaer-moerkere); }
.hoved > .ikon:focus-visible { outline-color: var(--hvid); outline-offset: -4px; }
.menu { position: absolute; top: calc(100% + 4px); right: 8px; z-index: 2; min-width: 220px; max-width: calc(100% - 16px); padding: 4px; background: var(--hvid); color: var(--blaek);
  border: 1px solid var(--graa-300); border-radius: var(--afrunding); box-shadow: var(--skygge); }
.menu button { display: flex; align-items: center; gap: 12px; width: 100%; padding: 8px 12px; border: 0; background: transparent; text-align: left; }
.menu button:hover { background: var(--graa-100); text-decoration: underline; }

.skriv { position: relative; display: flex; flex-wrap: wrap; align-items: flex-end; gap: 8px; padding: 12px 16px; border-top: 1px solid var(--graa-200); background: var(--hvid); flex: none; }
.skriv > label { position: absolute; }
.skriv textarea { flex: 1 1 0; min-width: 0; min-height: 48px; max-height: min(9em, 30vh); padding: 11px 12px; border: 1px solid var(--graa-500); border-radius: var(--afrunding); background: var(--hvid); resize: none; overflow-y: auto; }
.skriv textarea::placeholder { color: var(--blaek-lys); opacity: 1; }
.skriv textarea[aria-invalid="true"] { border: 2px solid var(--fejl); }
.send, .primaer { display: flex; align-items: center; justify-content: center; gap: 8px; min-height: 48px; padding: 8px 16px; border: 1px solid var(--primaer); background: var(--primaer); color: var(--hvid); font-weight: 600; }
.send svg { width: 1.25em; height: 1.25em; }
.send:hover, .primaer:hover { background: var(--primaer-moerk); text-decoration: underline; }
.taeller { flex: 0 0 100%; font-size: 0.875em; color: var(--blaek-lys); }
.taeller:empty { display: none; }
.taeller.over { color: var(--fejl); font-weight: 600; }

.slut { padding: 16px; border-top: 1px solid var(--graa-200); display: grid; gap: 12px; }
.bekraeft { width: min(380px, calc(100vw - 32px)); max-height: calc(100vh - 32px); overflow: auto; padding: 24px; border: 1px solid var(--graa-300); border-radius: 6px; background: var(--hvid); color: inherit; box-shadow: var(--skygge); }
.bekraeft::backdrop { background: rgba(0, 0, 0, 0.5); }
.bekraeft h2 { font-size: 1.25em; line-height: 1.3; margin-bottom: 8px; }
.problem:not(:empty) { margin-top: 12px; padding: 8px 12px; border-left: 4px solid var(--fejl); background: var(--fejl-lys); }
.knapraekke { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 20px; }
.farlig, .sekundaer { padding: 8px 16px; border: 1px solid var(--fejl); font-weight: 600; background: var(--fejl); color: var(--hvid); }
.sekundaer { border-color: var(--primaer); background: var(--hvid); color: var(--primaer); }
.farlig:hover, .sekundaer:hover { text-decoration: underline; }

@media (max-width: 599px) {
  .kun-bred { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
}
@media (max-width: 599px), (max-height: 479px) {
  .aabner { right: 16px; bottom: 16px; }
  .panel { inset: 0; width: 100%; max-width: none; height: 100vh; height: 100dvh; border: 0; border-radius: 0; }
  .skriv { padding: 8px 12px; }
}
@media (max-width: 359px) { .send { padding: 8px 12px; } .nummer { font-size: 1.1875em; } .boble:has(> .kort) { width: 100%; max-width: 100%; } }
@media (max-height: 479px) { .hoved { padding-block: 2px; } .skriv { padding-block: 6px; } }
@media (prefers-reduced-motion: reduce) { *, *::before, *::after { animation: none !important; transition: none !important; scroll-behavior: auto !important; } }
@media (forced-colors: active) {
  .panel, .aabner, .boble, .kort, .valg, .send, .primaer, .nede { border: 1px solid CanvasText; }
  .hoved { border-bottom: 1px solid CanvasText; }
  .prikker i { background: CanvasText; }
  :focus-visible { outline-color: Highlight; }
}
@media print { .aabner { display: none; } }
`;

export const styles = messageStyles + frame;
