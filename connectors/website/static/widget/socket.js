const OPEN_WITHIN = 4000;
const TOO_SHORT = 3000;

/**
 * One WebSocket connection for receiving. The token goes in the first frame, never in the address.
 * `run` resolves when the connection has ended: true if it worked for a while, false if WebSocket seems not to get through.
 */
export class Socket {
  #ws = null;

  constructor(address, onFrame) {
    this.address = address;
    this.onFrame = onFrame;
  }

  get open() {
    return this.#ws?.readyState === 1;
  }

  run(token, after) {
    return new Promise((resolve) => {
      let opened = 0;
      let heardFrom = false;
      let ws;
      try {
        ws = new WebSocket(this.address);
      } catch {
        resolve(false); // the page's own policy forbids it
        return;
      }
      this.#ws = ws;
      const timer = setTimeout(() => ws.close(), OPEN_WITHIN);
      ws.onopen = () => {
        clearTimeout(timer);
        opened = Date.now();
        ws.send(JSON.stringify({ token, after }));
      };
      ws.onmessage = (event) => {
        heardFrom = true;
        try {
          this.onFrame(JSON.parse(event.data));
        } catch {
          ws.close(); // not the server we know: fall back to asking
        }
      };
      ws.onclose = () => {
        clearTimeout(timer);
        resolve(Boolean(opened) && (heardFrom || Date.now() - opened > TOO_SHORT));
      };
    });
  }

  send(frame) {
    if (this.open) this.#ws.send(JSON.stringify(frame));
  }

  close() {
    this.#ws?.close();
  }
}
