/** Beyond this the oldest entries go: nobody reads on for ever. */
export const logMax = 100;

/** What happened to the line, newest first. */
export class LineLog {
  entries = [];
  #lastId = 0;

  /** `tone` is 'good', 'bad', 'pause', 'plain', or 'you' for what the visitor asked for. */
  add(text, tone = 'plain') {
    this.#lastId += 1;
    const entry = { id: this.#lastId, at: new Date(), text, tone };
    this.entries = [entry, ...this.entries].slice(0, logMax);
  }
}
