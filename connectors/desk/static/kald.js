/** A refusal, or no answer at all (`status` 0). `besked`: what the server says of it, in Danish. */
export class Afvist extends Error {
  constructor(status, kode = "", besked = "") {
    super(besked || kode || String(status));
    Object.assign(this, { status, kode, besked });
  }

  /** True where the same request can succeed later. */
  get forbigaaende() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

const csrf = () => document.querySelector('meta[name="csrf"]')?.content ?? "";

/** A request to the desk's own API with the page's secret. Returns parsed JSON or throws `Afvist`. */
export async function kald(metode, adresse, krop = null, sekunder = 15) {
  let svar;
  try {
    svar = await fetch(adresse, {
      method: metode, body: krop && JSON.stringify(krop), cache: "no-store", signal: AbortSignal.timeout(sekunder * 1000),
      headers: { Accept: "application/json", "X-CSRF-Token": csrf(), ...(krop ? { "Content-Type": "application/json" } : {}) },
    });
  } catch (fejl) {
    throw new Afvist(0, fejl.name); // no network, no server, or given up waiting
  }
  const data = await svar.json().catch(() => null);
  if (!svar.ok) throw new Afvist(svar.status, data?.error?.code, data?.error?.message);
  return data ?? {};
}
