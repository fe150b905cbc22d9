export const messageStyles = `
.log-ramme { position: relative; flex: 1 1 auto; min-height: 0; display: flex; }
.log { position: relative; flex: 1; min-width: 0; overflow-y: auto; overscroll-behavior: contain; padding: 16px; background: var(--graa-100); display: flex; flex-direction: column; gap: 12px; }
.log:focus-visible { outline-offset: -3px; }
.log > :first-child { margin-top: auto; }
.til-bund { position: absolute; left: 50%; bottom: 12px; transform: translateX(-50%); display: flex; align-items: center; gap: 6px; white-space: nowrap; padding: 6px 14px; border: 1px solid var(--primaer); border-radius: 22px; background: var(--hvid); color: var(--primaer); font-size: 0.875em; font-weight: 600; box-shadow: var(--skygge); }

.dag { display: flex; align-items: center; gap: 12px; font-size: 0.8125em; color: var(--blaek-lys); }
.dag::before, .dag::after { content: ""; flex: 1; height: 1px; background: var(--graa-300); }
.besked { display: flex; flex-direction: column; align-items: flex-start; gap: 4px; min-width: 0; }
.boble { max-width: 92%; padding: 10px 14px; border: 1px solid var(--graa-200); border-radius: 2px 12px 12px 12px; background: var(--hvid); overflow-wrap: anywhere; hyphens: auto; }
.fra-user { align-items: flex-end; }
.fra-user .boble { max-width: 85%; border-color: var(--primaer); border-radius: 12px 2px 12px 12px; background: var(--primaer); color: var(--hvid); }
.fra-agent .boble { background: var(--succes-lys); border-color: var(--succes); border-left-width: 4px; border-bottom-left-radius: 2px; }
.fra-agent .hvem { color: var(--succes-moerk); }
.fra-system { align-items: center; }
.fra-system .boble { max-width: 100%; border: 0; border-left: 4px solid #1b86c3; border-radius: 0; background: var(--info-lys); font-size: 0.875em; width: 100%; }
.hvem { display: flex; align-items: center; gap: 6px; margin-bottom: 4px; font-size: 0.8125em; font-weight: 600; color: var(--graa-600); }
.hvem svg { width: 1.25em; height: 1.25em; }
.tekst > * + * { margin-top: 8px; }
.om-ydelse > p:first-child:not(:last-child) { font-weight: 600; }
.sag { white-space: nowrap; }
.tekst ul, .kort-del ul { padding-left: 1.25em; }
.tekst li + li { margin-top: 4px; }
.boble a { color: var(--link); text-decoration: underline; text-underline-offset: 2px; }
.boble a:hover { color: var(--blaek); text-decoration-thickness: 2px; }
.tid { font-size: 0.75em; color: var(--blaek-lys); padding: 0 4px; }
.reference { margin-top: 8px; font-size: 0.8125em; color: var(--blaek-lys); }

.undervejs .boble { opacity: 0.85; }
.fejlet .boble { background: var(--hvid); color: var(--blaek); border: 2px solid var(--fejl); }
.ikke-sendt { display: flex; align-items: center; gap: 6px; max-width: 92%; color: var(--fejl); font-size: 0.875em; font-weight: 600; }
.igen { padding: 6px 14px; border: 1px solid var(--primaer); background: var(--hvid); color: var(--primaer); font-size: 0.875em; font-weight: 600; }
.igen:hover { text-decoration: underline; }

.knapper { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 4px; max-width: 100%; }
.knapper.stablet { flex-direction: column; align-items: stretch; width: 92%; }
.valg { display: flex; align-items: center; gap: 6px; max-width: 100%; padding: 8px 16px; border: 1px solid var(--primaer); border-radius: 22px; background: var(--hvid); color: var(--primaer-moerk); font-weight: 600; line-height: 1.3; text-align: left; overflow-wrap: anywhere; }
.valg.lang { flex: 0 0 92%; }
.stablet .valg, .valg.lang { border-radius: var(--afrunding); }
.stablet .valg.lang { flex: none; }
.valg:hover:enabled { background: var(--primaer); color: var(--hvid); text-decoration: underline; }
.valg:disabled { border-color: var(--graa-200); background: transparent; color: var(--graa-500); font-weight: 400; }
.valg.valgt:disabled { border-color: var(--primaer); background: var(--info-lys); color: var(--primaer-moerkere); font-weight: 600; }
.valg svg { width: 1.25em; height: 1.25em; }

.survey { display: grid; gap: 6px; width: 100%; margin-top: 4px; }
.karakterer { display: grid; grid-template-columns: repeat(5, minmax(0, 1fr)); gap: 8px; }
.valg.karakter { flex-direction: column; justify-content: center; gap: 0; min-height: 56px; padding: 4px; border-radius: var(--afrunding); font-size: 1.25em; text-align: center; }
.valg.karakter svg { width: 0.8em; height: 0.8em; }
.ender { display: flex; justify-content: space-between; gap: 16px; font-size: 0.875em; color: var(--blaek-lys); }
.ender span:last-child { text-align: right; }

.trin { display: grid; gap: 4px; width: min(92%, 260px); font-size: 0.8125em; font-weight: 600; color: var(--graa-600); }
.trin progress { appearance: none; -webkit-appearance: none; width: 100%; height: 4px; border: 0; border-radius: 2px; background: var(--graa-300); overflow: hidden; }
.trin progress::-webkit-progress-bar { background: var(--graa-300); }
.trin progress::-webkit-progress-value { background: var(--primaer); }
.trin progress::-moz-progress-bar { background: var(--primaer); }

.boble:has(> .kort) { width: 92%; border-left: 4px solid var(--primaer); border-radius: 2px; }
.kort { display: grid; gap: 10px; }
.kort-titel { font-weight: 600; font-size: 1.0625em; line-height: 1.3; }
.sagsnummer { display: flex; flex-wrap: wrap; align-items: center; gap: 4px; }
.nummer { font-size: 1.375em; line-height: 1.2; font-weight: 700; font-variant-numeric: tabular-nums; user-select: all; overflow-wrap: anywhere; }
.kopier { display: grid; place-items: center; padding: 0; border: 0; background: transparent; color: var(--primaer); }
.kopier:hover { background: var(--info-lys); }
.fakta-liste { display: grid; gap: 6px; padding: 8px 12px; background: var(--graa-100); }
.fakta dt { font-size: 0.8125em; color: var(--graa-600); }
.fakta dd { font-weight: 600; }

.meddelelser { flex: none; max-height: 45%; overflow-y: auto; background: var(--graa-100); }
.skriver { display: flex; align-items: center; gap: 8px; padding: 6px 16px 10px; font-size: 0.875em; color: var(--blaek-lys); }
.prikker { display: inline-flex; gap: 4px; flex: none; }
.prikker i { width: 7px; height: 7px; border-radius: 50%; background: var(--graa-500); animation: hop 1.2s infinite ease-in-out; }
.prikker i:nth-child(2) { animation-delay: 0.15s; }
.prikker i:nth-child(3) { animation-delay: 0.3s; }
@keyframes hop { 0%, 60%, 100% { transform: none; opacity: 0.5; } 30% { transform: translateY(-4px); opacity: 1; } }
.nede { display: grid; gap: 6px; margin: 0; padding: 12px 16px; border-left: 4px solid var(--advarsel); background: var(--advarsel-lys); font-size: 0.9375em; }
.nede-titel { display: flex; align-items: center; gap: 8px; }
.kontakt { display: grid; gap: 2px; }
.kontakt > div { display: flex; flex-wrap: wrap; column-gap: 8px; }
.kontakt dt { font-weight: 600; }
.kontakt dt::after { content: ":"; }
.kontakt a { color: var(--link); }
`;
