/** What is ahead of the request, and what happened to it as a whole, newest first. */
import { Skeleton } from '@mantine/core';
import type { RequestDetail } from '../../../client/index.ts';
import { Moment } from '../../parts/moment.tsx';
import { type Numbers, useNumbers } from '../../parts/numbers.ts';
import { request as t } from '../../strings/en/request.ts';
import { isLive } from '../requests/data.ts';
import type { Details } from './overview.tsx';

type Happening = Details['events'][number];

const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** What an event says beyond its name; '' where it says nothing. */
function more({ type, data }: Happening, numbers: Numbers): string {
  const count = (name: string): string | undefined => {
    const value = number(data[name]);
    return value === undefined ? undefined : numbers.count(value);
  };
  const words = t.eventWords;
  if (type === 'CHANGED' && Array.isArray(data.fields)) {
    const names = data.fields.map((field) => t.versions.fields[String(field)] ?? String(field));
    return words.fields(names.join(', '), count('policyVersion'));
  }
  if (type === 'SENDING_LATE') return words.late(count('late') ?? '0', count('expired') ?? '0');
  if (type === 'SPREAD') return words.people(count('people') ?? '0');
  if (type === 'RECORDS_ADDED') return words.people(count('loaded') ?? '0');
  const loaded = count('loaded');
  return loaded === undefined ? '' : words.rows(loaded, count('added'));
}

/** Moments that are known of, soonest last, so that time runs one way through the whole list. */
function aheadOf(request: RequestDetail, now: number): { at: string; text: string }[] {
  if (!isLive(request)) return [];
  const known = [
    { at: request.startAt, text: t.timeline.start },
    { at: request.nextDueAt, text: t.timeline.next },
    { at: request.endAt, text: t.timeline.end },
  ];
  return known
    .flatMap(({ at, text }) => (at && Date.parse(at) > now ? [{ at, text }] : []))
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

export function Timeline({ request, details }: { request: RequestDetail; details: Details | undefined }) {
  const numbers = useNumbers();
  return (
    <section className="panel">
      <h2>{t.timeline.title}</h2>
      {details ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys.
        <ol className="request-timeline" tabIndex={0} aria-label={t.timeline.title}>
          {aheadOf(request, Date.parse(details.at)).map(({ at, text }) => (
            <li key={text} data-ahead="true">
              <Moment at={at} />
              <span>{text}</span>
            </li>
          ))}
          {details.events.map((event, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two events may be alike in all they say.
            <li key={`${event.at} ${index}`}>
              <Moment at={event.at} />
              <span>
                {t.events[event.type] ?? event.type}{' '}
                <span className="request-dim">{more(event, numbers)}</span>
              </span>
            </li>
          ))}
        </ol>
      ) : (
        <Skeleton height={80} />
      )}
    </section>
  );
}
