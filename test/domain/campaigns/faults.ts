/**
 * What should not have been, of the attempts of a campaign: judged by the calendar of the JavaScript runtime (`Intl`),
 * which the engine's own functions do not use, and by nothing else of theirs than the words of a policy.
 */
import { maxAttempts, UNKNOWN_RETRY_MS } from '../../../domain/retry.ts';
import { testPolicy } from '../../support/campaign.ts';
import type { Campaign } from './given.ts';
import type { Made } from './run.ts';

const formats = new Map<string, Intl.DateTimeFormat>();
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** What the wall of a person shows. */
function wall(zone: string, at: number): { date: string; time: string; weekday: number } {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      weekday: 'short',
    });
  formats.set(zone, format);
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return {
    date: `${part.year}-${part.month}-${part.day}`,
    time: `${part.hour}:${part.minute}`,
    weekday: WEEKDAYS.indexOf(part.weekday ?? '') + 1,
  };
}

const CATEGORY_BIT = { HEALTH: 16 };

/** What should not have been. Empty for a campaign that kept all rules. */
export function faults(given: Campaign, made: Made[]): string[] {
  const found: string[] = [];
  const say = (what: string, one: Made): void =>
    void found.push(`${what}: ${JSON.stringify({ ...one, at: new Date(one.at) })}`);
  for (const one of made) {
    const { at, who: person } = one;
    const now = given.policies[one.version]?.policy ?? testPolicy();
    const seen = wall(person.timeZone, at);
    const windows = now.callingHours;
    if (
      windows &&
      !windows.some(
        ({ days, from, to }) => days.includes(seen.weekday) && seen.time >= from && seen.time < to,
      )
    )
      say('outside the hours', one);
    if (now.promotional && person.region === 'IN' && !(seen.time >= '09:00' && seen.time < '21:00'))
      say('outside promotional hours', one);
    if (now.holidayCalendars.length > 0 && given.holidays.has(seen.date)) say('on a holiday', one);
    if (person.blacklistedAt !== null && person.blacklistedAt <= at) say('blacklisted', one);
    if (now.promotional && !person.whitelisted) {
      const bit = now.category === 'HEALTH' ? CATEGORY_BIT.HEALTH : 0xff;
      for (const { categories, fromMinute, toMinute, days } of person.entries) {
        const minute = Number(seen.time.slice(0, 2)) * 60 + Number(seen.time.slice(3));
        if (categories & 1 || categories & bit) say('on the register', one);
        else if (minute < (fromMinute ?? 0) || minute >= (toMinute ?? 1440))
          say('not the hours the person prefers', one);
        else if (days !== null && !(days & (1 << seen.weekday))) say('not a day the person prefers', one);
      }
    }
    if (given.pause && at >= given.pause.from && at < given.pause.to) say('paused', one);
    const before = made.filter(
      (other) =>
        other.who.number === person.number &&
        (other.at < at || (other.at === at && made.indexOf(other) < made.indexOf(one))),
    );
    if (!person.whitelisted) {
      for (const limit of [given.account, now.frequency]) {
        const today = before.filter((other) => wall(person.timeZone, other.at).date === seen.date).length;
        if (limit?.perDay != null && today >= limit.perDay) say('too many a day', one);
        if (limit?.gapMs != null && before.some((other) => at - other.at < (limit.gapMs ?? 0)))
          say('too soon after the last', one);
      }
    }
    const running = made.filter(
      (other) =>
        other.at <= at && other.endedAt > at && other !== one && made.indexOf(other) < made.indexOf(one),
    ).length;
    if (running >= now.concurrency || running >= given.accountLimit.maxInProgress)
      say('too many at once', one);
    const last = made.filter((other) => other.who === person && other.attemptNo === one.attemptNo - 1)[0];
    if (one.attemptNo > 1 && !last) say('numbers with a gap', one);
    if (last && !mayFollow(given, last, one)) say('not to be tried again', one);
  }
  return found;
}

/** By one of the policies that were in force from the beginning of the last attempt to the end of it. */
function mayFollow(given: Campaign, last: Made, one: Made): boolean {
  return given.policies.some(({ at, policy: then }, version) => {
    if (version < last.version || at > last.endedAt) return false;
    const apart = one.at - last.endedAt;
    if (last.outcome === 'UNKNOWN')
      return then.onUnknown === 'RETRY' && apart >= UNKNOWN_RETRY_MS && last.attemptNo < maxAttempts(then);
    if (
      last.outcome !== 'BUSY' &&
      last.outcome !== 'NO_ANSWER' &&
      last.outcome !== 'FAILED' &&
      last.outcome !== 'MACHINE'
    )
      return false;
    const { times, intervalMs } = then.retries[last.outcome];
    return last.attemptNo <= times && apart >= intervalMs;
  });
}
