/**
 * Splitting a list over several flows: which arm a number belongs to. The number and the split's salt decide, so the
 * same person is in the same arm however often, in whatever order and by whichever process the list is read.
 */

/** Fewest and most arms of a split. */
export const MIN_ARMS = 2;
export const MAX_ARMS = 5;
export const MAX_WEIGHT = 10_000;

export interface SplitRule {
  salt: string;
  /** Of each arm, in order: whole numbers from 1. */
  weights: readonly number[];
}

/** Which arm takes rows without a number: they are rejected, and answered for once. */
export const ARM_OF_NO_NUMBER = 0;

/**
 * @param e164 with its plus sign; undefined for a row that has no number
 * @returns from 0
 */
export function armOf(e164: string | undefined, { salt, weights }: SplitRule): number {
  if (e164 === undefined) return ARM_OF_NO_NUMBER;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  // A place in [0, total): each arm has as much of it as it weighs.
  let place = (hash32(`${salt}/${e164}`) / 2 ** 32) * total;
  for (const [arm, weight] of weights.entries()) {
    if (place < weight) return arm;
    place -= weight;
  }
  return weights.length - 1;
}

const rotate = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits));

/**
 * MurmurHash3_x86_32 (Austin Appleby, in the public domain), of the text's UTF-16 units' low bytes: what is hashed here
 * is ASCII. Spreads numbers that differ in one digit over the whole range, which no sum of digits would.
 * @returns 0 to 2^32 - 1
 */
export function hash32(text: string, seed = 0): number {
  let hash = seed | 0;
  const mixIn = (block: number): number => Math.imul(rotate(Math.imul(block, 0xcc9e2d51), 15), 0x1b873593);
  const byte = (at: number): number => text.charCodeAt(at) & 0xff;
  const whole = text.length - (text.length % 4);
  for (let at = 0; at < whole; at += 4) {
    hash ^= mixIn(byte(at) | (byte(at + 1) << 8) | (byte(at + 2) << 16) | (byte(at + 3) << 24));
    hash = (Math.imul(rotate(hash, 13), 5) + 0xe6546b64) | 0;
  }
  let rest = 0;
  for (let at = text.length - 1; at >= whole; at -= 1) rest = (rest << 8) | byte(at);
  if (text.length > whole) hash ^= mixIn(rest);
  hash ^= text.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
