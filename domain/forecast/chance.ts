/** Chance that can be repeated: a seeded generator and the few distributions a forecast draws from. Pure. */

/** Numbers from 0 to below 1. */
export type Random = () => number;

/**
 * sfc32 (Chris Doty-Humphrey, PractRand): 32-bit arithmetic, a period beyond any forecast, the same on every machine.
 * @param seed a whole number; @param stream another number gives independent draws of the same seed
 */
export function seeded(seed: number, stream = 0): Random {
  let a = seed | 0;
  let b = Math.floor(seed / 4_294_967_296) | 0;
  let c = stream | 0;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  };
  // Its authors let it run in: seeds that differ in a bit are strangers after that.
  for (let turn = 0; turn < 16; turn += 1) next();
  return next;
}

/** A draw from the normal distribution with mean 0 and deviation 1 (Box and Muller). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** A draw from the gamma distribution with scale 1 (Marsaglia and Tsang, 2000). */
function gamma(shape: number, random: Random): number {
  if (shape <= 0) return 0;
  if (shape < 1) return gamma(shape + 1, random) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/**
 * Probabilities that evidence leaves open, drawn once: a Dirichlet distribution.
 * @param weights how much speaks for each; at least one above 0
 */
export function drawProbabilities(weights: readonly number[], random: Random): number[] {
  const drawn = weights.map((weight) => gamma(weight, random));
  const sum = drawn.reduce((total, one) => total + one, 0);
  const given = weights.reduce((total, one) => total + one, 0);
  // Weights near nothing may all underflow: then they are taken as they are.
  return sum > 0 ? drawn.map((one) => one / sum) : weights.map((weight) => weight / given);
}

/** Where a draw falls among probabilities. */
export function pick(probabilities: readonly number[], random: Random): number {
  let left = random();
  for (let at = 0; at < probabilities.length - 1; at += 1) {
    left -= probabilities[at] ?? 0;
    if (left < 0) return at;
  }
  return probabilities.length - 1;
}

/** The value below which a share of sorted values lies, between two of them where it falls between. */
export function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const low = sorted[Math.floor(place)] ?? 0;
  const high = sorted[Math.ceil(place)] ?? low;
  return low + (high - low) * (place - Math.floor(place));
}

/** Puts the elements in an order of chance, in place (Fisher and Yates). */
export function shuffle(list: Uint32Array | number[], random: Random): void {
  for (let last = list.length - 1; last > 0; last -= 1) {
    const at = Math.floor(random() * (last + 1));
    const kept = list[last] ?? 0;
    list[last] = list[at] ?? 0;
    list[at] = kept;
  }
}
