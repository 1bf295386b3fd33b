/** A policy in words: hours, retries, and any value of a version's differences. */
import type { RequestDetail } from '../../../client/index.ts';
import { duration, request as t, WEEKDAYS } from '../../strings/en/request.ts';
import { statuses, wordFor } from '../../strings/en/statuses.ts';

export type Policy = RequestDetail['policy'];
export type Window = NonNullable<Policy['callingHours']>[number];

/** Such as "Mon to Fri, Sun". @param days ISO weekdays, in order */
function daysInWords(days: readonly number[]): string {
  if (days.length === 7) return t.schedule.everyDay;
  const runs: number[][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    if (run && run.at(-1) === day - 1) run.push(day);
    else runs.push([day]);
  }
  const name = (day: number | undefined): string => WEEKDAYS[(day ?? 1) - 1] ?? '';
  return runs
    .map((run) => (run.length > 2 ? `${name(run[0])}–${name(run.at(-1))}` : run.map(name).join(', ')))
    .join(', ');
}

/** A line for each set of days: "Mon–Fri 09:00–13:00, 14:00–18:00". */
export function hoursInWords(windows: readonly Window[] | null): string[] {
  if (!windows || windows.length === 0) return [t.schedule.anyHour];
  const groups = new Map<string, string[]>();
  const sorted = [...windows].sort((a, b) => a.from.localeCompare(b.from));
  for (const { days, from, to } of sorted) {
    const key = daysInWords([...(days ?? [1, 2, 3, 4, 5, 6, 7])].sort());
    groups.set(key, [...(groups.get(key) ?? []), `${from}–${to}`]);
  }
  return [...groups].map(([days, times]) => `${days} ${times.join(', ')}`);
}

/** A line for each outcome that is tried again. */
export function retriesInWords(retries: Partial<Policy['retries']>): string[] {
  return Object.entries(retries).flatMap(([outcome, rule]) =>
    rule && rule.times > 0
      ? [t.schedule.retry(wordFor(statuses.outcome, outcome), String(rule.times), duration(rule.intervalMs))]
      : [],
  );
}

const isMoment = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value);

/** One side of a difference between two versions. @param show a moment in the account's zone */
export function valueInWords(field: string, value: unknown, show: (at: string) => string): string {
  if (value === null || value === undefined) {
    return field === 'callingHours' ? t.schedule.anyHour : t.versions.nothing;
  }
  if (field === 'callingHours' && Array.isArray(value)) return hoursInWords(value as Window[]).join('; ');
  if (field === 'retries')
    return retriesInWords(value as Policy['retries']).join('; ') || t.schedule.noRetries;
  if (field === 'onLate') return wordFor(t.schedule.onLateWords, String(value));
  if (field === 'spreadOver') {
    const { hours, until } = value as { hours?: number; until?: string };
    return until ? show(until) : duration((hours ?? 0) * 3_600_000);
  }
  if (isMoment(value)) return show(value);
  if (Array.isArray(value)) return value.join(', ') || t.versions.nothing;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Who did something, as the API names them. @param names of people, by id */
export function actorInWords(actor: string, names: ReadonlyMap<string, string>): string {
  const [kind, id = ''] = actor.split(':');
  if (kind === 'key') return t.versions.actors.key(id);
  if (kind === 'user') return names.get(id) ?? t.versions.actors.user(id);
  return kind === 'system' ? t.versions.actors.system : actor;
}

/** A moment as `<input type="datetime-local">` has it, on the clock of a zone. */
export function localMoment(at: string | null, timeZone: string): string {
  if (!at) return '';
  const words = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return words.format(new Date(at)).replace(' ', 'T');
}
