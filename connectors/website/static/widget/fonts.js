const FACES = [["Regular", "400"], ["SemiBold", "600"], ["Bold", "700"]];
const FAMILY = "IBM Plex Sans";

/** Registers the typeface with the document: a @font-face inside a shadow root has no effect. Does nothing the second time. */
export function registerFonts(server) {
  const there = [...document.fonts].some((face) => face.family.replace(/["']/gu, "") === FAMILY);
  if (there) return;
  for (const [name, weight] of FACES) {
    const address = new URL(`static/vendor/dkfds/fonts/IBMPlexSans-${name}-Latin1.woff2`, `${server}/`).href;
    document.fonts.add(new FontFace(FAMILY, `url("${address}") format("woff2")`, { weight, display: "swap" }));
  }
}
