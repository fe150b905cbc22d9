/** An answer other than success. `status` 0: no answer at all. `wait`: seconds that the server asks for, else null. */
export class ApiError extends Error {
  constructor(status, code = "", message = "", wait = null) {
    super(message || code || String(status));
    Object.assign(this, { status, code, wait, said: message });
  }

  /** True where trying again later can help. */
  get passing() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** The gateway's HTTP API as in the contract; every call gives parsed JSON or throws ApiError. */
export class Api {
  constructor(server) {
    this.server = server.replace(/\/+$/u, "");
  }

  start = () => this.#call("POST", "/api/chat/sessions", { body: {}, seconds: 15 });
  send = (token, body) => this.#call("POST", "/api/chat/messages", { token, body, seconds: 15 });
  /** `read`: how far the visitor has read, for those whom no WebSocket reaches. */
  read = (token, after, wait, { signal = null, read = 0 } = {}) =>
    this.#call("GET", `/api/chat/messages?after=${after}&wait=${wait}${read ? `&read=${read}` : ""}`, { token, signal, seconds: wait + 10 });
  close = (token) => this.#call("POST", "/api/chat/close", { token, body: {}, seconds: 15 });
  contact = () => this.#call("GET", "/api/chat/kontakt", { seconds: 10 });
  get socketAddress() {
    return `${this.server.replace(/^http/u, "ws")}/api/chat/ws`;
  }

  async #call(method, path, { token, body, signal, seconds }) {
    const controller = new AbortController();
    const stop = () => controller.abort();
    const timer = setTimeout(stop, seconds * 1000);
    signal?.addEventListener("abort", stop);
    try {
      const headers = { Accept: "application/json" };
      if (token) headers.Authorization = `Bearer ${token}`;
      if (body) headers["Content-Type"] = "application/json";
      const answer = await fetch(this.server + path, {
        method, headers, body: body && JSON.stringify(body), signal: controller.signal,
        cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer",
      });
      const data = await answer.json().catch(() => null);
      if (!answer.ok) {
        const wait = Number.parseInt(answer.headers.get("Retry-After") ?? "", 10);
        throw new ApiError(answer.status, data?.error?.code, data?.error?.message, Number.isNaN(wait) ? null : wait);
      }
      return data ?? {};
    } catch (error) {
      if (error instanceof ApiError) throw error;
      throw new ApiError(0, error.name); // no network, no server, or given up waiting
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
    }
  }
}
