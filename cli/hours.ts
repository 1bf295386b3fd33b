/** Calling hours as people type and read them: `mon-fri 09:00-13:00,14:00-18:00; sat 10:00-12:00`. */
import { usage } from './exit.ts';

export interface Window {
  days: number[];
  from: string;
  to: string;
}

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const SPAN = /^(\d{1,2}(?::\d{2})?)\s*-\s*(\d{1,2}(?::\d{2})?)$/;

const time = (text: string): string => {
  const [hour = '', minute = '00'] = text.split(':');
  return `${hour.padStart(2, '0')}:${minute}`;
};

function days(option: string, text: string): number[] {
  const found = text.split(/[,+]/).flatMap((part) => {
    const [from = 0, to = from] = part.split('-').map((day) => DAYS.indexOf(day.trim().slice(0, 3)) + 1);
    if (from === 0 || to === 0) throw wrong(option, text);
    // From Saturday to Monday goes over the week's end.
    return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, at) => ((from - 1 + at) % 7) + 1);
  });
  return [...new Set(found)].sort();
}

const wrong = (option: string, text: string) =>
  usage(
    `${option} "${text}" cannot be read`,
    'Write "mon-fri 09:00-13:00,14:00-18:00; sat 10:00-12:00", "09:00-21:00" for every day, or "any".',
  );

/**
 * @param option the option's name, for the error
 * @returns null for any hour
 * @throws CommandError USAGE
 */
export function parseHours(option: string, text: string): Window[] | null {
  const given = text.trim().toLowerCase();
  if (given === 'any') return null;
  if (given === '') throw wrong(option, text);
  return given
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .flatMap((part) => {
      const digit = part.search(/\d/);
      if (digit === -1) throw wrong(option, text);
      const named = part.slice(0, digit).trim();
      const on = named === '' || named === 'daily' ? EVERY_DAY : days(option, named);
      return part
        .slice(digit)
        .split(',')
        .map((span) => {
          const [, from, to] = SPAN.exec(span.trim()) ?? [];
          if (from === undefined || to === undefined) throw wrong(option, text);
          return { days: on, from: time(from), to: time(to) };
        });
    });
}

const nameOf = (day: number): string => {
  const name = DAYS[day - 1] ?? '';
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
};

/** `Mon-Fri`, `Sat, Sun` or `daily`. */
function showDays(given: number[]): string {
  if (given.length === 7) return 'daily';
  const runs: number[][] = [];
  for (const day of [...given].sort()) {
    const last = runs.at(-1);
    if (last?.at(-1) === day - 1) last.push(day);
    else runs.push([day]);
  }
  return runs
    .map((run) =>
      run.length > 2 ? `${nameOf(run[0] ?? 0)}-${nameOf(run.at(-1) ?? 0)}` : run.map(nameOf).join(', '),
    )
    .join(', ');
}

/** The same way round: what `parseHours` reads. */
export function showHours(windows: readonly Window[] | null): string {
  if (windows === null) return 'any';
  const byDays = new Map<string, string[]>();
  for (const { days: on, from, to } of windows) {
    const key = showDays(on);
    byDays.set(key, [...(byDays.get(key) ?? []), `${from}-${to}`]);
  }
  return [...byDays].map(([on, spans]) => `${on} ${spans.join(', ')}`).join('; ');
}
