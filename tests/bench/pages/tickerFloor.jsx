// What no page of the ticker can do without: frames come in, and of the rows in sight as many are
// drawn as messages change. Of all messages between two animation frames it reads the newest alone;
// what the rows show is made up. So hardly anybody can be faster whose main thread receives.
import { BoardStore, serveBoard } from './expertBoard.jsx';
import { visibleCount } from './tickerProbe.jsx';

/** On the server's board (tickerFrames.js). */
const rowCount = 1_000;

class FloorStore extends BoardStore {
  #newest = '';
  #frames = 0;

  takeRow(text) {
    if (this.rows.size < visibleCount) super.takeRow(text);
    else this.#keep(text);
  }

  takeRows(text) {
    if (this.rows.size < visibleCount) super.takeRows(text);
    else this.#keep(text);
  }

  prepare() {
    if (this.#frames === 0) return;
    const rows = [JSON.parse(this.#newest)].flat();
    const missed = (1 - 1 / rowCount) ** (rows.length * this.#frames);
    this.#frames = 0;
    const changed = this.keys().slice(0, Math.round(visibleCount * (1 - missed)));
    for (const [i, id] of changed.entries()) this.put({ ...rows[i % rows.length], id });
    for (const row of rows) this.put(row);
  }

  #keep(text) {
    this.#newest = text;
    this.#frames += 1;
    this.wait();
  }
}

serveBoard(new FloorStore());
