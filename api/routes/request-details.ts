/** The page of one request: what it waits for, how fast it goes, and how its attempts ended, by number and by hour. */
import { z } from '@hono/zod-openapi';
import { countOpenAttempts } from '../../db/queries/attempts.ts';
import { countByAttempt, countByHour, newestEvents, readPace } from '../../db/queries/request-details.ts';
import { remainingMs, WAIT_REASONS, waitsOf } from '../../domain/waiting.ts';
import { type Api, read } from '../endpoint.ts';
import { summariseAll } from '../request-view.ts';
import { idParam, maybeMoment, moment } from '../schemas.ts';
import { requireRequest } from './requests.ts';

/** Four weeks of hours. */
const MOST_HOURS = 672;
const MOST_EVENTS = 200;

const counts = z.record(z.string(), z.int());

const details = z
  .object({
    requestId: z.int(),
    at: moment,
    timeZone: z.string().openapi({ description: 'Of the hours: the account’s.' }),
    waiting: z
      .array(z.object({ reason: z.enum(WAIT_REASONS), since: maybeMoment, until: maybeMoment }))
      .openapi({
        description:
          'Why it does not go on now, the strongest reason first. Empty: it goes on, or has ended.',
      }),
    pace: z.object({
      perSecond: z.number().openapi({ description: 'Attempts begun a second, over the last ten.' }),
      lastMinute: z.int().openapi({ description: 'Attempts begun in the last minute.' }),
    }),
    inProgress: z.int(),
    remaining: z.int().openapi({ description: 'Accepted people who have not ended.' }),
    remainingMs: z.int().nullable().openapi({
      description: 'If it goes on as in the last minute. Null where that says nothing: see the forecast.',
    }),
    byAttempt: z
      .array(z.object({ attemptNo: z.int(), ended: z.int(), outcomes: counts }))
      .openapi({ description: 'Attempts that have ended, by the number each was for its person.' }),
    byHour: z.array(z.object({ at: moment, ended: z.int(), outcomes: counts })).openapi({
      description: `The same by the hour in which they ended; hours without any are left out, and all before the newest ${MOST_HOURS}.`,
    }),
    events: z
      .array(z.object({ at: moment, type: z.string(), data: z.record(z.string(), z.unknown()) }))
      .openapi({ description: `What happened to it as a whole, newest first: at most ${MOST_EVENTS}.` }),
  })
  .openapi('RequestDetails');

interface Group {
  ended: number;
  outcomes: Record<string, number>;
}

/** Rows of counts gathered under what they have in common, in the order they came. */
function gather<K, R extends { outcome: string; count: number }>(
  rows: readonly R[],
  keyOf: (row: R) => K,
): (Group & { key: K })[] {
  const groups = new Map<string, Group & { key: K }>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(JSON.stringify(key)) ?? { key, ended: 0, outcomes: {} };
    group.ended += row.count;
    group.outcomes[row.outcome] = row.count;
    groups.set(JSON.stringify(key), group);
  }
  return [...groups.values()];
}

const maybeDate = (at: number | undefined): Date | null => (at === undefined ? null : new Date(at));

export function requestDetailsRoutes(api: Api): void {
  read(
    api,
    {
      method: 'get',
      path: '/requests/{id}/details',
      tag: 'Requests',
      summary: 'What a request waits for, its pace, and its attempts by number and hour',
      description: 'Messages sent from inside calls are in none of these counts.',
      scope: 'requests:read',
      params: idParam,
      reply: details,
    },
    async ({ db, account, params }) => {
      const key = { accountId: account.id, requestId: params.id };
      const row = await requireRequest(db, key);
      const now = new Date();
      const [[summary], byAttempt, byHour, pace, inProgress, events] = await Promise.all([
        summariseAll(db, account.id, [row]),
        countByAttempt(db, key),
        countByHour(db, { ...key, timeZone: account.timeZone, hours: MOST_HOURS }),
        readPace(db, { ...key, now }),
        countOpenAttempts(db, key),
        newestEvents(db, { ...key, limit: MOST_EVENTS }),
      ]);
      if (!summary) throw new Error(`request ${params.id} has no summary`);
      const { added, completed } = summary;
      const attempts = byAttempt.reduce((sum, { count }) => sum + count, 0);
      const waits = waitsOf(
        {
          status: row.status,
          ingested: row.ingestedAt !== null,
          cancelling: row.cancelledAt !== null,
          pausedAt: row.pausedAt?.getTime(),
          startAt: row.startAt?.getTime(),
          nextDueAt: row.nextDueAt?.getTime(),
          lineAwaySince: row.lineAwaySince?.getTime(),
          open: summary.open,
          added,
          completed,
          inProgress,
        },
        now.getTime(),
      );
      const runs = row.status === 'IN_PROCESS';
      const left = remainingMs({ added, completed, attempts, begunInLastMinute: pace.lastMinute });
      return {
        requestId: row.id,
        at: now,
        timeZone: account.timeZone,
        waiting: waits.map(({ reason, since, until }) => ({
          reason,
          since: maybeDate(since),
          until: maybeDate(until),
        })),
        pace: { perSecond: pace.lastTenSeconds / 10, lastMinute: pace.lastMinute },
        inProgress,
        remaining: row.endedAt ? 0 : added - completed,
        remainingMs: runs ? (left ?? null) : null,
        byAttempt: gather(byAttempt, (one) => one.attemptNo).map(({ key: attemptNo, ...rest }) => ({
          attemptNo,
          ...rest,
        })),
        byHour: gather(byHour, (one) => one.at).map(({ key: at, ...rest }) => ({ at, ...rest })),
        events,
      };
    },
  );
}
