/** Days of a zone as moments: filters are days, the API takes moments. */

/** Minutes that a zone is ahead of UTC at a moment. */
export function offsetMinutes(at: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  const there = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return Math.round((there - Math.floor(at.getTime() / 1000) * 1000) / 60_000);
}

/** When a day (`2026-11-23`) begins in a zone. */
export function dayStart(day: string, timeZone: string): Date {
  const utc = new Date(`${day}T00:00:00Z`);
  const guess = new Date(utc.getTime() - offsetMinutes(utc, timeZone) * 60_000);
  // The clock may have been changed between the two: ask once more there.
  return new Date(utc.getTime() - offsetMinutes(guess, timeZone) * 60_000);
}

/** When the day after it begins. */
export function dayEnd(day: string, timeZone: string): Date {
  const next = new Date(`${day}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return dayStart(next.toISOString().slice(0, 10), timeZone);
}
