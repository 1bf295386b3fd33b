/** Times as somebody types them, by the clock of a zone. */
import { offsetMinutes } from '../../parts/days.ts';

/** Every zone the browser knows, such as `Asia/Kolkata`. */
export const ZONES: readonly string[] = Intl.supportedValuesOf('timeZone');

/**
 * The moment a clock shows a time.
 * @param local `2026-11-23T09:30`, as the browser's field has it
 * @returns undefined for a time the clock skips. Of one it shows twice, the first.
 */
export function momentOf(local: string, timeZone: string): Date | undefined {
  const utc = new Date(`${local}:00Z`);
  if (Number.isNaN(utc.getTime())) return undefined;
  const offsets = [-24, 24].map((hours) =>
    offsetMinutes(new Date(utc.getTime() + hours * 3_600_000), timeZone),
  );
  const found = offsets
    .map((offset) => new Date(utc.getTime() - offset * 60_000))
    .filter((at) => at.getTime() + offsetMinutes(at, timeZone) * 60_000 === utc.getTime());
  found.sort((one, other) => one.getTime() - other.getTime());
  return found[0];
}
