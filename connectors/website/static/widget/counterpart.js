/**
 * Who is at the other end: the first name of the person, if one has the chat, the place in the queue, and how far the
 * person has read. The place stands in the messages; name and read mark the server tells beside them (`hvem`).
 */
export class Counterpart {
  constructor() {
    Object.assign(this, { navn: "", plads: null, read: 0 });
  }

  take({ messages = [], hvem = null }) {
    for (const { from, data } of messages) {
      if (data?.type === "overdragelse") Object.assign(this, { navn: "", plads: data.plads ?? null });
      else if (from === "agent" && data?.navn) this.navn = data.navn;
    }
    if (!hvem) return;
    this.navn = hvem.navn ?? this.navn;
    this.readTo(hvem.laest);
  }

  /** The person has read as far as message `seq`; never less than before. */
  readTo(seq) {
    if (Number.isInteger(seq)) this.read = Math.max(this.read, seq);
  }
}
