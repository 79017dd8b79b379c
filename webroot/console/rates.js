// Rates from running totals. Pure: time is an argument.

const WINDOW_MS = 3_500;
const POINTS = 60;

/** One running total seen over time: its rate over the last few looks, and a short history. */
export class Series {
  #looks = [];
  points = [];
  rate = null;
  /** What was added since the look before; 0 when that is not known. */
  added = 0;

  look(total, at) {
    const last = this.#looks.at(-1);
    this.added = 0;
    if (last && (total < last.total || at <= last.at)) {
      this.#looks = []; // a node took its share of the total with it: begin again
    } else if (last) {
      this.added = total - last.total;
      this.#point((this.added * 1000) / (at - last.at));
    }
    this.#looks.push({ total, at });
    while (this.#looks.length > 2 && at - this.#looks[0].at > WINDOW_MS) {
      this.#looks.shift();
    }
    const first = this.#looks[0];
    if (at > first.at) {
      this.rate = ((total - first.total) * 1000) / (at - first.at);
    }
  }

  /** Totals before and after are not comparable: the next look is a first one. */
  interrupt() {
    this.#looks = [];
    this.added = 0;
  }

  #point(value) {
    this.points.push(value);
    if (this.points.length > POINTS) {
      this.points.shift();
    }
  }
}

/** Series by name. What a round did not look at is forgotten, so the book stays small. */
export class RateBook {
  #series = new Map();
  #seen = new Set();

  begin(comparable) {
    this.#seen.clear();
    if (!comparable) {
      this.#series.forEach((series) => series.interrupt());
    }
  }

  look(name, total, at) {
    let series = this.#series.get(name);
    if (!series) {
      series = new Series();
      this.#series.set(name, series);
    }
    series.look(total, at);
    this.#seen.add(name);
    return series;
  }

  end() {
    for (const name of this.#series.keys()) {
      if (!this.#seen.has(name)) {
        this.#series.delete(name);
      }
    }
  }
}
