// A select of exchanges that follows the cluster without ever changing what the person chose.

import { el, setText } from './dom.js';
import { recall, remember } from './memory.js';

const SHOWN = 500;

export class Chooser {
  #select;
  #kind;
  #names = null;

  constructor(select, kind) {
    this.#select = select;
    this.#kind = kind;
    select.disabled = true;
    select.addEventListener('change', () => remember(select.id, select.value));
  }

  get value() {
    return this.#select.value;
  }

  choose(name) {
    this.#ensure(name);
    this.#select.value = name;
    remember(this.#select.id, name);
  }

  /** Whether there is anything to choose from. */
  show(exchanges) {
    const names = exchanges
      .filter((exchange) => exchange.kind === this.#kind)
      .map((exchange) => exchange.name)
      .slice(0, SHOWN);
    if (names.join() !== this.#names?.join()) {
      this.#fill(names);
    }
    return names.length > 0;
  }

  #fill(names) {
    const chosen = this.#select.value || recall(this.#select.id);
    this.#names = names;
    this.#select.replaceChildren(...names.map((name) => el('option', { value: name }, name)));
    if (chosen) {
      // What was chosen may be away while its node restarts: it stays chosen, and says so.
      this.#ensure(chosen);
      this.#select.value = chosen;
    }
    this.#select.disabled = this.#select.options.length === 0;
  }

  #ensure(name) {
    const options = [...this.#select.options];
    if (!options.some((option) => option.value === name)) {
      const option = el('option', { value: name });
      setText(option, `${name} (not there now)`);
      this.#select.append(option);
    }
    this.#select.disabled = false;
  }
}
