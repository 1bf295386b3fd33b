/**
 * The clock of a zone, as stretches of one offset. Calling hours are meant by the clock on the wall: an hour that
 * daylight saving skips holds no moment, one that comes twice holds two stretches, and both fall out of the
 * arithmetic here without a case of their own.
 */
import { IANAZone } from 'luxon';

/** From `from` up to, not including, `to`; Unix ms. */
export interface Span {
  from: number;
  to: number;
}

/** Minutes of a day, from `from` up to, not including, `to`; 1440 is its end. */
export interface Minutes {
  from: number;
  to: number;
}

interface Stretch extends Span {
  offsetMs: number;
}

export const MINUTE_MS = 60_000;
export const DAY_MS = 24 * 60 * MINUTE_MS;

/** Zones are read a block at a time and kept. */
const BLOCK_MS = 64 * DAY_MS;
/** No zone changes its clock twice within half a day. */
const SAMPLE_MS = DAY_MS / 2;
/** Far more than the zones and years of all requests that run at once. */
const KEPT_BLOCKS = 20_000;

const zones = new Map<string, IANAZone>();
const blocks = new Map<string, Stretch[]>();

const offsetMs = (zone: IANAZone, at: number): number => zone.offset(at) * MINUTE_MS;

function zoneOf(name: string): IANAZone {
  const known = zones.get(name);
  if (known) return known;
  const zone = IANAZone.create(name);
  if (!zone.isValid) throw new RangeError(`"${name}" is no IANA time zone`);
  zones.set(name, zone);
  return zone;
}

/** The first ms of the offset that holds at `to`; it changes once in between. */
function changeBetween(zone: IANAZone, from: number, to: number): number {
  const before = offsetMs(zone, from);
  let low = from;
  let high = to;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMs(zone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

function readBlock(name: string, block: number): Stretch[] {
  const zone = zoneOf(name);
  const end = (block + 1) * BLOCK_MS;
  const found: Stretch[] = [];
  let current: Stretch = { from: block * BLOCK_MS, to: end, offsetMs: offsetMs(zone, block * BLOCK_MS) };
  for (let at = current.from; at < end; at += SAMPLE_MS) {
    const next = Math.min(at + SAMPLE_MS, end - 1);
    if (offsetMs(zone, next) === current.offsetMs) continue;
    const change = changeBetween(zone, at, next);
    found.push({ ...current, to: change });
    current = { from: change, to: end, offsetMs: offsetMs(zone, next) };
  }
  found.push(current);
  return found;
}

function blockOf(name: string, block: number): Stretch[] {
  const key = `${name}/${block}`;
  let found = blocks.get(key);
  if (!found) {
    if (blocks.size >= KEPT_BLOCKS) blocks.clear();
    found = readBlock(name, block);
    blocks.set(key, found);
  }
  return found;
}

/** The stretches of one offset that meet a span, in order, cut to it. */
function* stretches(name: string, span: Span): Generator<Stretch> {
  for (let block = Math.floor(span.from / BLOCK_MS); block * BLOCK_MS < span.to; block += 1) {
    for (const one of blockOf(name, block)) {
      if (one.to <= span.from || one.from >= span.to) continue;
      yield { ...one, from: Math.max(one.from, span.from), to: Math.min(one.to, span.to) };
    }
  }
}

/** A local date, as days since 1970-01-01, and the minute of that day. */
export interface LocalTime {
  day: number;
  minute: number;
}

/** @throws RangeError for what is no zone */
export function localTime(zone: string, at: number): LocalTime {
  const stretch = blockOf(zone, Math.floor(at / BLOCK_MS)).find((one) => at < one.to);
  const local = at + (stretch?.offsetMs ?? 0);
  const day = Math.floor(local / DAY_MS);
  return { day, minute: Math.floor((local - day * DAY_MS) / MINUTE_MS) };
}

/** ISO weekday of a local day: 1 is Monday. Day 0 was a Thursday. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

/** `2026-01-31` */
export const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/**
 * The moments of a span at which a zone's clock is within the minutes its day allows, in order, touching ones joined.
 * @param minutesOf what a local day allows, in order and without overlaps
 * @throws RangeError for what is no zone
 */
export function spansWithin(
  zone: string,
  span: Span,
  minutesOf: (day: number) => readonly Minutes[],
): Span[] {
  const found: Span[] = [];
  for (const { from, to, offsetMs: offset } of stretches(zone, span)) {
    for (let day = Math.floor((from + offset) / DAY_MS); day * DAY_MS < to + offset; day += 1) {
      for (const minutes of minutesOf(day)) {
        const begin = Math.max(from, day * DAY_MS + minutes.from * MINUTE_MS - offset);
        const end = Math.min(to, day * DAY_MS + minutes.to * MINUTE_MS - offset);
        const last = found.at(-1);
        if (begin >= end) continue;
        if (last && last.to >= begin) last.to = Math.max(last.to, end);
        else found.push({ from: begin, to: end });
      }
    }
  }
  return found;
}

/** What two lists have in common; both in order and without overlaps. */
export function intersect<T extends { from: number; to: number }>(
  one: readonly T[],
  other: readonly T[],
): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  let [a, b] = [0, 0];
  for (;;) {
    const [first, second] = [one[a], other[b]];
    if (!first || !second) return found;
    const from = Math.max(first.from, second.from);
    const to = Math.min(first.to, second.to);
    if (from < to) found.push({ from, to });
    if (first.to < second.to) a += 1;
    else b += 1;
  }
}
