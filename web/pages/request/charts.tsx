/** Bars for those who would rather look than read. Each says its number in words too. */

import type { Numbers } from '../../parts/numbers.ts';
import { toneOf } from '../../parts/status-chip.tsx';
import { request as t } from '../../strings/en/request.ts';
import { statuses, wordFor } from '../../strings/en/statuses.ts';

type Kind = 'outcome' | 'result';

const byCount = (counts: Readonly<Record<string, number>>): [string, number][] =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .sort((a, b) => b[1] - a[1]);

interface BarsProps {
  kind: Kind;
  counts: Readonly<Record<string, number>>;
  label: (list: string) => string;
  numbers: Numbers;
}

/** A bar for each value, the longest first. */
export function Bars({ kind, counts, label, numbers }: BarsProps) {
  const rows = byCount(counts);
  const sum = rows.reduce((total, [, count]) => total + count, 0);
  const most = rows[0]?.[1] ?? 1;
  const words = rows.map(([value, count]) => `${wordFor(statuses[kind], value)} ${numbers.count(count)}`);
  return (
    <ul className="chart-bars" aria-label={label(words.join(', '))}>
      {rows.map(([value, count]) => (
        <li key={value}>
          <span>{wordFor(statuses[kind], value)}</span>
          <span className="chart-track" aria-hidden="true">
            <span
              className="chart-fill"
              data-tone={toneOf(kind, value)}
              style={{ width: `${Math.max(1, (count / most) * 100)}%` }}
            />
          </span>
          <span className="chart-count">{numbers.count(count)}</span>
          <span className="chart-share">{numbers.percent(Math.round((count / sum) * 1000) / 10)}</span>
        </li>
      ))}
    </ul>
  );
}

interface Stacked {
  attemptNo: number;
  ended: number;
  outcomes: Readonly<Record<string, number>>;
}

/** A bar for each attempt number, as long as it has attempts, in the colours of their outcomes. */
export function AttemptBars({ rows, numbers }: { rows: readonly Stacked[]; numbers: Numbers }) {
  const most = Math.max(1, ...rows.map(({ ended }) => ended));
  return (
    <ol className="chart-attempts">
      {rows.map(({ attemptNo, ended, outcomes }) => {
        const parts = byCount(outcomes);
        return (
          <li key={attemptNo}>
            <div className="chart-attempt-head">
              <span>{t.attempts.nth(attemptNo)}</span>
              <span>{t.attempts.ended(numbers.count(ended))}</span>
            </div>
            <span className="chart-track" aria-hidden="true">
              {parts.map(([outcome, count]) => (
                <span
                  key={outcome}
                  className="chart-fill"
                  data-tone={toneOf('outcome', outcome)}
                  style={{ width: `${(count / most) * 100}%` }}
                />
              ))}
            </span>
            <div className="chart-note">
              {parts
                .map(([outcome, count]) => `${wordFor(statuses.outcome, outcome)} ${numbers.count(count)}`)
                .join(' · ')}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

interface Hour {
  at: string;
  ended: number;
  outcomes: Readonly<Record<string, number>>;
}

const HOUR_MS = 3_600_000;
/** More columns than these cannot be told from each other: only hours with attempts are drawn then. */
const MOST_COLUMNS = 96;
const HEIGHT = 72;

/** Hours one after the other, empty ones between them too. */
function filled(hours: readonly Hour[]): Hour[] {
  const [first, last] = [hours[0], hours.at(-1)];
  if (!first || !last) return [];
  const span = (Date.parse(last.at) - Date.parse(first.at)) / HOUR_MS + 1;
  if (span > MOST_COLUMNS) return [...hours];
  const known = new Map(hours.map((hour) => [Date.parse(hour.at), hour]));
  return Array.from({ length: Math.round(span) }, (_, index) => {
    const at = Date.parse(first.at) + index * HOUR_MS;
    return known.get(at) ?? { at: new Date(at).toISOString(), ended: 0, outcomes: {} };
  });
}

const hourFormat = (timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });

/** A column for each hour in which attempts ended: those answered below, all others on top. */
export function HourColumns(props: { hours: readonly Hour[]; timeZone: string; numbers: Numbers }) {
  const { hours, timeZone, numbers } = props;
  const columns = filled(hours);
  const most = Math.max(1, ...columns.map(({ ended }) => ended));
  const sum = columns.reduce((total, { ended }) => total + ended, 0);
  const format = hourFormat(timeZone);
  const [first, last] = [columns[0], columns.at(-1)];
  // A few hours stand at the left, as wide as a finger, and are not drawn out over the panel.
  const width = Math.max(columns.length, 24) * 10;
  return (
    <figure className="chart-hours">
      <svg
        viewBox={`0 0 ${width} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t.hours.chart(numbers.count(sum), numbers.count(hours.length))}
      >
        {columns.map(({ at, ended, outcomes }, index) => {
          const answered = outcomes.ANSWERED ?? 0;
          const high = (count: number): number => (count / most) * (HEIGHT - 2);
          return (
            <g key={at}>
              <title>
                {t.hours.tip(format.format(new Date(at)), numbers.count(ended), numbers.count(answered))}
              </title>
              {/* Takes the pointer all the way up. */}
              <rect x={index * 10} y={0} width={10} height={HEIGHT} className="chart-hour-space" />
              <rect
                x={index * 10 + 1}
                y={HEIGHT - high(ended)}
                width={8}
                height={high(ended - answered)}
                className="chart-column"
                data-tone="held"
              />
              <rect
                x={index * 10 + 1}
                y={HEIGHT - high(answered)}
                width={8}
                height={high(answered)}
                className="chart-column"
                data-tone="good"
              />
            </g>
          );
        })}
      </svg>
      <figcaption className="chart-note">
        <span>
          {first && format.format(new Date(first.at))}
          {last && last !== first && ` – ${format.format(new Date(last.at))}`}
        </span>
        <span className="chart-key" data-tone="good">
          {t.hours.answered}
        </span>
        <span className="chart-key" data-tone="held">
          {t.hours.others}
        </span>
        <span>{t.hours.busiest(numbers.count(most))}</span>
      </figcaption>
    </figure>
  );
}
