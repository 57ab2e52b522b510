/** A REPLY or a NACK that may not have reached its client. */
interface Answer {
  readonly seq: number;
  readonly frame: string;
  readonly at: number;
}

const ANSWERS_MAX = 256;
const CHARACTERS_MAX = 262_144;

/**
 * Answers to messages that their client may not have heard, because the connection was lost behind
 * them: an acknowledgement alone would make a rejected message look like one that took effect.
 * What is older than `ttlMs`, or beyond 256 answers or 256 Ki characters, is let go.
 */
export class UnheardAnswers {
  private answers: Answer[] = [];
  private held = 0;

  constructor(private readonly ttlMs: number) {}

  get size(): number {
    return this.answers.length;
  }

  /** Of all its frames. */
  get characters(): number {
    return this.held;
  }

  /** The seq of the oldest; null if there is none. */
  get first(): number | null {
    return this.answers[0]?.seq ?? null;
  }

  get frames(): readonly string[] {
    return this.answers.map(({ frame }) => frame);
  }

  /** In the order of `seq`; a second answer to one message is another frame. */
  add(answer: Answer): void {
    this.answers.push(answer);
    this.held += answer.frame.length;
    const oldest = answer.at - this.ttlMs;
    this.dropWhile(
      ({ at }) => at < oldest || this.answers.length > ANSWERS_MAX || this.held > CHARACTERS_MAX,
    );
  }

  /** The client knows that everything up to `seq` is settled. */
  heard(seq: number): void {
    this.dropWhile((answer) => answer.seq <= seq);
  }

  private dropWhile(isOver: (answer: Answer) => boolean): void {
    let [oldest] = this.answers;
    while (oldest && isOver(oldest)) {
      this.answers.shift();
      this.held -= oldest.frame.length;
      [oldest] = this.answers;
    }
  }
}
