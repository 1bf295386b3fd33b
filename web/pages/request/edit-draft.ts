/** What the form of changes holds, as typed, and what of it is different from the request: only that is sent. */
import type { components, RequestDetail } from '../../../client/index.ts';
import { requestActions } from '../../strings/en/request-actions.ts';
import { localMoment, type Window } from './words.ts';

export type Changes = components['schemas']['RequestChanges'];

export const RETRIED = ['BUSY', 'NO_ANSWER', 'FAILED', 'MACHINE'] as const;
export type Retried = (typeof RETRIED)[number];
/** A number as a field holds it: '' while nothing stands there. */
type Typed = number | string;

export interface EditDraft {
  startAt: string;
  endAt: string;
  windows: Window[];
  holidayCalendars: string[];
  concurrency: Typed;
  callsPerSecond: Typed;
  retries: Record<Retried, { times: Typed; minutes: Typed }>;
  onLate: 'SKIP' | 'SEND';
  spread: { kind: 'none' | 'hours' | 'until'; hours: Typed; until: string };
}

const MINUTE_MS = 60_000;

export function draftOf({ startAt, endAt, policy }: RequestDetail, timeZone: string): EditDraft {
  const spread = policy.spreadOver ?? null;
  const hours = spread && 'hours' in spread ? spread.hours : undefined;
  const until = spread && 'until' in spread ? spread.until : undefined;
  const retry = (outcome: Retried) => {
    const rule = policy.retries?.[outcome];
    return { times: rule?.times ?? 0, minutes: (rule?.intervalMs ?? 0) / MINUTE_MS };
  };
  return {
    startAt: localMoment(startAt, timeZone),
    endAt: localMoment(endAt, timeZone),
    windows: policy.callingHours ?? [],
    holidayCalendars: policy.holidayCalendars ?? [],
    concurrency: policy.concurrency ?? '',
    callsPerSecond: policy.callsPerSecond ?? '',
    retries: {
      BUSY: retry('BUSY'),
      NO_ANSWER: retry('NO_ANSWER'),
      FAILED: retry('FAILED'),
      MACHINE: retry('MACHINE'),
    },
    onLate: policy.onLate ?? 'SKIP',
    spread: {
      kind: hours !== undefined ? 'hours' : until !== undefined ? 'until' : 'none',
      hours: hours ?? 6,
      until: localMoment(until ?? null, timeZone),
    },
  };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
/** Nothing typed is left to the API to name as wrong. */
const numberOf = (typed: Typed): number => (typed === '' ? Number.NaN : Number(typed));

function spreadOf({ kind, hours, until }: EditDraft['spread']): NonNullable<Changes['spreadOver']> | null {
  if (kind === 'hours') return { hours: numberOf(hours) };
  return kind === 'until' ? { until } : null;
}

/** What is to be sent; empty where nothing is different. */
export function changesOf(before: EditDraft, now: EditDraft): Changes {
  const retries = RETRIED.filter((outcome) => !same(before.retries[outcome], now.retries[outcome])).map(
    (outcome) => {
      const { times, minutes } = now.retries[outcome];
      return [outcome, { times: numberOf(times), intervalMs: Math.round(numberOf(minutes) * MINUTE_MS) }];
    },
  );
  return {
    ...(before.startAt !== now.startAt && { startAt: now.startAt || null }),
    ...(before.endAt !== now.endAt && { endAt: now.endAt || null }),
    ...(!same(before.windows, now.windows) && {
      callingHours: now.windows.length > 0 ? now.windows : null,
    }),
    ...(!same(before.holidayCalendars, now.holidayCalendars) && { holidayCalendars: now.holidayCalendars }),
    ...(before.concurrency !== now.concurrency && { concurrency: numberOf(now.concurrency) }),
    ...(before.callsPerSecond !== now.callsPerSecond && { callsPerSecond: numberOf(now.callsPerSecond) }),
    ...(retries.length > 0 && { retries: Object.fromEntries(retries) as Changes['retries'] }),
    ...(before.onLate !== now.onLate && { onLate: now.onLate }),
    ...(!same(before.spread, now.spread) && { spreadOver: spreadOf(now.spread) }),
  } as Changes;
}

/** What can be seen to be wrong before anything is sent, by the API's own names of the fields. */
export function faultsOf({ windows }: EditDraft): Record<string, string> {
  const { editForm: t } = requestActions;
  return Object.fromEntries(
    windows.flatMap(({ days, from, to }, index): [string, string][] => [
      ...(from >= to ? [[`callingHours.${index}.to`, t.toAfterFrom] as [string, string]] : []),
      ...(days?.length === 0 ? [[`callingHours.${index}.days`, t.oneDay] as [string, string]] : []),
    ]),
  );
}
