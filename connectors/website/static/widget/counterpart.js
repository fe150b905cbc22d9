/**
 * Who is at the other end: the first name of the person, if one has the chat, the place in the queue, and how far the
 * person has read. The server says so beside the messages (`hvem`); without that, the last change of state does.
 */
export class Counterpart {
  constructor() {
    Object.assign(this, { navn: "", plads: null, read: 0 });
  }

  take({ messages = [], hvem = null }) {
    for (const { from, data } of messages) {
      if (data?.type === "overdragelse") Object.assign(this, { navn: data.navn ?? "", plads: data.plads ?? null });
      else if (from === "agent" && data?.navn) this.navn = data.navn;
    }
    if (!hvem) return;
    this.navn = hvem.navn ?? this.navn;
    this.plads = hvem.plads ?? null;
    this.readTo(hvem.laest);
  }

  /** The person has read as far as message `seq`; never less than before. */
  readTo(seq) {
    if (Number.isInteger(seq)) this.read = Math.max(this.read, seq);
  }
}
