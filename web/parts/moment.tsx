/** A moment: how far it is from now, and exactly when, with its zone, for whoever hovers or reads with a screen reader. */
import { useSyncExternalStore } from 'react';
import { useMe } from '../session/me.ts';
import { common } from '../strings/en/common.ts';

/** Every relative time of a page is brought up to date by one clock. */
const TICK_MS = 10_000;
let now = Date.now();
const watchers = new Set<() => void>();
let timer: number | undefined;

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  timer ??= window.setInterval(() => {
    now = Date.now();
    for (const one of watchers) one();
  }, TICK_MS);
  return () => {
    watchers.delete(watcher);
    if (watchers.size > 0) return;
    window.clearInterval(timer);
    timer = undefined;
  };
}

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' });

/** Such as "3 min. ago". Within ten seconds: "just now". */
export function relativeTo(at: number, from: number): string {
  const seconds = (at - from) / 1000;
  const step = STEPS.find(([, size]) => Math.abs(seconds) >= size);
  if (step) return relative.format(Math.trunc(seconds / step[1]), step[0]);
  return Math.abs(seconds) < 10 ? common.justNow : relative.format(Math.trunc(seconds), 'second');
}

/** Such as "Mon, 23 Nov 2026, 14:05:09 GMT+5:30 (Asia/Kolkata)". */
export function exactly(at: Date, timeZone: string): string {
  const words = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'shortOffset',
  });
  return `${words.format(at)} (${timeZone})`;
}

interface Props {
  /** RFC 3339. */
  at: string | null | undefined;
  /** What stands there when it never came. */
  otherwise?: string;
}

/** In the account's zone. */
export function Moment({ at, otherwise = common.never }: Props) {
  const timeZone = useMe().account?.timeZone ?? 'UTC';
  const from = useSyncExternalStore(watch, () => now);
  if (!at) return <>{otherwise}</>;
  const moment = new Date(at);
  return (
    <time dateTime={at} title={exactly(moment, timeZone)}>
      {relativeTo(moment.getTime(), Math.max(from, Date.now() - TICK_MS))}
    </time>
  );
}
