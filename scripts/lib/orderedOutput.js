// Suites run side by side, but a reader wants one after the other. The first section that is still
// open streams; what the later ones say waits for its turn.

// A section that waits may be a build that prints megabytes of errors: the first ones and the last
// ones are worth reading.
const waitingCharactersMax = 4_000_000;

export class OrderedOutput {
  #stream;
  #sections = [];

  constructor(stream) {
    this.#stream = stream;
  }

  /** Opens a section behind all others. It must be ended, or the later ones stay silent. */
  section() {
    const section = { waiting: [], waitingCharacters: 0, dropped: 0, ended: false };
    this.#sections.push(section);
    return {
      write: (text) => this.#write(section, String(text)),
      end: () => {
        section.ended = true;
        this.#advance();
      },
    };
  }

  #write(section, text) {
    if (this.#sections[0] === section) {
      this.#stream.write(text);
      return;
    }
    section.waiting.push(text);
    section.waitingCharacters += text.length;
    while (section.waitingCharacters > waitingCharactersMax && section.waiting.length > 1) {
      // From the middle: the cause is at the top, the summary at the bottom.
      const [removed] = section.waiting.splice(section.waiting.length >> 1, 1);
      section.waitingCharacters -= removed.length;
      section.dropped += removed.length;
    }
  }

  #advance() {
    while (this.#sections[0]?.ended) {
      this.#sections.shift();
      const next = this.#sections[0];
      if (next === undefined) return;
      for (const text of next.waiting) this.#stream.write(text);
      if (next.dropped > 0) this.#stream.write(`(${next.dropped} characters left out)\n`);
      next.waiting = [];
    }
  }
}
