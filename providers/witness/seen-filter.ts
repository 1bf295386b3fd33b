/**
 * A Bloom filter: remembers in 8 MB which of millions of ids were seen. "No" is certain; "perhaps" is wrong
 * for about one id in 100,000 after a million and one in 30 after ten million, and then costs a look at the
 * files, never a wrong answer.
 */
const BITS = 2 ** 26;
const PROBES = 4;

/** FNV-1a, 32 bits, from a given start. */
function hash(text: string, start: number): number {
  let value = start;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}

export class SeenFilter {
  /** Made at the first id: most processes never need it. */
  #words: Uint32Array | undefined;

  add(id: string): void {
    this.#words ??= new Uint32Array(BITS / 32);
    for (const bit of probes(id)) {
      const word = bit >>> 5;
      this.#words[word] = (this.#words[word] ?? 0) | (1 << (bit & 31));
    }
  }

  /** False: certainly never added. */
  mayHave(id: string): boolean {
    const words = this.#words;
    if (words === undefined) return false;
    return probes(id).every((bit) => ((words[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0);
  }
}

/** Double hashing (Kirsch and Mitzenmacher): two hashes make all the probes. */
function probes(id: string): number[] {
  const first = hash(id, 0x811c9dc5);
  const second = hash(id, 0x9747b28c) | 1;
  return Array.from({ length: PROBES }, (_, n) => (first + n * second) % BITS);
}
