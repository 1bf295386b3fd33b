/** Everything that was begun for one person of a list, or in one call to us: found by the ids, which are derived. */
import { attemptId, MAX_STEP, stepAttemptId } from '../../domain/attempt-id.ts';
import type { JourneyEntry } from '../../domain/flow/journey.ts';
import type { Database } from '../client.ts';
import { type AttemptRow, findAttempts } from './attempts.ts';
import { listRecordingsOf, type RecordingRow } from './recordings.ts';

/** Attempts of a person that are shown: no policy allows as many. */
export const MOST_ATTEMPTS = 100;
/** Things done from inside them that are shown. */
const MOST_STEPS = 500;

/** A person's attempts themselves, first to last. */
export async function attemptsOfPerson(
  db: Database,
  input: { accountId: number; requestId: number; row: number; attempts: number },
): Promise<AttemptRow[]> {
  const { accountId, requestId, row, attempts } = input;
  const ids = Array.from({ length: Math.min(attempts, MOST_ATTEMPTS) }, (_, n) =>
    attemptId({ requestId, row, attemptNo: n + 1, step: 0 }),
  );
  const found = await findAttempts(db, { accountId, ids });
  return found.sort((a, b) => a.attemptNo - b.attemptNo);
}

/** What was done from inside calls: messages and second calls, in the order of their ids. */
export async function stepsOf(
  db: Database,
  input: { accountId: number; callIds: readonly string[] },
): Promise<AttemptRow[]> {
  const { accountId, callIds } = input;
  if (callIds.length === 0) return [];
  const rows = await db.sql<{ id: string }[]>`
    select a.id from unnest(${[...callIds]}::uuid[], ${callIds.map((id) => stepAttemptId(id, MAX_STEP))}::uuid[]) as w (call, last)
    cross join lateral (
      select id from attempts where account_id = ${accountId} and id > w.call and id <= w.last order by id limit ${MOST_STEPS}) a
    limit ${MOST_STEPS}`;
  const found = await findAttempts(db, { accountId, ids: rows.map(({ id }) => id) });
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** What several attempts left behind: their journeys and recordings, by attempt. */
export async function tracesOf(
  db: Database,
  input: { accountId: number; ids: readonly string[] },
): Promise<Map<string, { entries: JourneyEntry[]; recordings: RecordingRow[] }>> {
  const { accountId } = input;
  const ids = [...input.ids];
  const [journeys, recordings] = await Promise.all([
    db.sql<{ id: string; entries: JourneyEntry[] }[]>`
      select attempt_id as id, entries from journeys
      where account_id = ${accountId} and attempt_id = any(${ids}::uuid[])`,
    listRecordingsOf(db, { accountId, attemptIds: ids }),
  ]);
  const found = new Map(
    ids.map((id): [string, { entries: JourneyEntry[]; recordings: RecordingRow[] }] => [
      id,
      { entries: [], recordings: [] },
    ]),
  );
  for (const { id, entries } of journeys) found.get(id)?.entries.push(...entries);
  for (const { attemptId: id, ...recording } of recordings) found.get(id)?.recordings.push(recording);
  return found;
}
