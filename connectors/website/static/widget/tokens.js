// Colours and measures of Det Fælles Designsystem (dkfds 11.2.0, theme Virk). Its rem are of a 10 px root; here sizes
// are in em of the visitor's own text size (`font-size: medium`), whatever size the page around has given its root.
export const tokens = `
:host {
  all: initial;
  font-size: medium;
  --primaer: #0059b3; --primaer-moerk: #004993; --primaer-moerkere: #003972;
  --blaek: #1a1a1a; --blaek-lys: #5c5c5c; --graa-100: #f5f5f5; --graa-200: #dcdcdc; --graa-300: #bfbfbf; --graa-500: #707070; --graa-600: #454545;
  --hvid: #fff; --link: #004d99; --fejl: #cc0000; --fejl-lys: #ffe0e0; --advarsel: #febb30; --advarsel-lys: #ffeecc;
  --graen: #8fd16a; --succes: #358000; --succes-moerk: #245700; --succes-lys: #ddf7ce; --info-lys: #e2f2fb; --fokus: #454545;
  --afrunding: 3px; --skygge: 0 8px 24px rgba(0, 0, 0, 0.3);
  --skrift: "IBM Plex Sans", system-ui, sans-serif;
}`;
