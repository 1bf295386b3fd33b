/** What happens next: numbers in order of their moment, and of equals in the order in which they came. */

export class Heap {
  readonly #moments: number[] = [];
  readonly #orders: number[] = [];
  readonly #values: number[] = [];
  #count = 0;

  get size(): number {
    return this.#values.length;
  }

  /** The moment of the first; Infinity when there is none. */
  get moment(): number {
    return this.#moments[0] ?? Number.POSITIVE_INFINITY;
  }

  push(moment: number, value: number): void {
    let at = this.#values.length;
    this.#count += 1;
    const order = this.#count;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      // A newcomer is younger than all: at the same moment it goes behind.
      if ((this.#moments[parent] ?? 0) <= moment) break;
      this.#move(parent, at);
      at = parent;
    }
    this.#put(at, moment, order, value);
  }

  /** Takes the first out. Undefined when there is none. */
  pop(): number | undefined {
    const first = this.#values[0];
    const last = this.#values.length - 1;
    if (first === undefined) return undefined;
    const [moment, order, value] = [
      this.#moments[last] ?? 0,
      this.#orders[last] ?? 0,
      this.#values[last] ?? 0,
    ];
    this.#moments.length = last;
    this.#orders.length = last;
    this.#values.length = last;
    if (last === 0) return first;
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      if (child >= last) break;
      if (child + 1 < last && this.#before(child + 1, child)) child += 1;
      const childMoment = this.#moments[child] ?? 0;
      if (childMoment > moment || (childMoment === moment && (this.#orders[child] ?? 0) > order)) break;
      this.#move(child, at);
      at = child;
    }
    this.#put(at, moment, order, value);
    return first;
  }

  #before(a: number, b: number): boolean {
    const [first, second] = [this.#moments[a] ?? 0, this.#moments[b] ?? 0];
    return first < second || (first === second && (this.#orders[a] ?? 0) < (this.#orders[b] ?? 0));
  }

  #move(from: number, to: number): void {
    this.#put(to, this.#moments[from] ?? 0, this.#orders[from] ?? 0, this.#values[from] ?? 0);
  }

  #put(at: number, moment: number, order: number, value: number): void {
    this.#moments[at] = moment;
    this.#orders[at] = order;
    this.#values[at] = value;
  }
}
