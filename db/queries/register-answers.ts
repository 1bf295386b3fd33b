/** What a register asked over HTTP has answered: kept until it expires, for ingest and for the last moment alike. */
import type { RegisterEntry } from '../../domain/register.ts';
import type { Database, Sql } from '../client.ts';

export interface KeptAnswer {
  /** E.164. */
  number: string;
  /** Null: not on the register. */
  entry: RegisterEntry | null;
  /** The service did not answer; the entry is what the failure policy says. */
  failed: boolean;
  version: string | null;
  answeredAt: Date;
  expiresAt: Date;
}

const digitsOf = (number: string): string => number.slice(1);

/** The answers that have not expired by `now`, of those numbers that have one. */
export async function readAnswers(
  db: Database,
  input: { numbers: readonly string[]; now: Date },
): Promise<KeptAnswer[]> {
  const rows = await db.sql<(RegisterEntry & Omit<KeptAnswer, 'entry'> & { registered: boolean })[]>`
    select '+' || number::text as number, registered, categories, from_minute as "fromMinute",
           to_minute as "toMinute", days, failed, version, answered_at as "answeredAt", expires_at as "expiresAt"
    from register_answers
    where number = any(${input.numbers.map(digitsOf)}::bigint[]) and expires_at > ${input.now}`;
  return rows.map(({ categories, fromMinute, toMinute, days, registered, ...row }) => ({
    ...row,
    entry: registered ? { categories, fromMinute, toMinute, days } : null,
  }));
}

/** Keeps answers; a later one of the same number stands. */
export async function writeAnswers(db: Database, answers: readonly KeptAnswer[]): Promise<void> {
  if (answers.length === 0) return;
  // In one order: two processes that write the same numbers wait for each other instead of deadlocking.
  const sorted = [...new Map(answers.map((one) => [one.number, one])).values()].sort((a, b) =>
    a.number < b.number ? -1 : 1,
  );
  const column = <T>(pick: (one: KeptAnswer) => T): T[] => sorted.map(pick);
  // Truths as 1 and 0: the driver takes an array of them for a single one.
  await db.sql`
    insert into register_answers (number, registered, categories, from_minute, to_minute, days, failed, version,
                                  answered_at, expires_at)
    select number, registered = 1, categories, from_minute, to_minute, days, failed = 1, version, answered_at, expires_at
    from unnest(
      ${column((one) => digitsOf(one.number))}::bigint[], ${column((one) => Number(one.entry !== null))}::int[],
      ${column((one) => one.entry?.categories ?? 1)}::smallint[],
      ${column((one) => one.entry?.fromMinute ?? null)}::smallint[],
      ${column((one) => one.entry?.toMinute ?? null)}::smallint[],
      ${column((one) => one.entry?.days ?? null)}::smallint[], ${column((one) => Number(one.failed))}::int[],
      ${column((one) => one.version)}::text[], ${column((one) => one.answeredAt.toISOString())}::timestamptz[],
      ${column((one) => one.expiresAt.toISOString())}::timestamptz[])
      as given (number, registered, categories, from_minute, to_minute, days, failed, version, answered_at, expires_at)
    on conflict (number) do update set
      registered = excluded.registered, categories = excluded.categories, from_minute = excluded.from_minute,
      to_minute = excluded.to_minute, days = excluded.days, failed = excluded.failed, version = excluded.version,
      answered_at = excluded.answered_at, expires_at = excluded.expires_at`;
}

/** Answers deleted at a time. */
const CLEAR_BATCH = 20_000;

/** Deletes what expired before a moment. @returns how many */
export async function clearAnswers(db: Database, before: Date): Promise<number> {
  const deleted = await db.sql`
    delete from register_answers where number = any(array(
      select number from register_answers where expires_at < ${before} limit ${CLEAR_BATCH}))`;
  return deleted.count;
}

/** An answer as `answerOf` gives it. */
export interface AnswerJson {
  registered: boolean;
  entry: RegisterEntry;
  failed: boolean;
  version: string | null;
  answeredAt: string;
}

/** SQL for the unexpired answer about one number as JSON; null where there is none. */
export const answerOf = (sql: Sql, number: ReturnType<Sql>) => sql`
  (select jsonb_build_object('registered', q.registered, 'failed', q.failed, 'version', q.version,
                             'answeredAt', q.answered_at,
                             'entry', jsonb_build_object('categories', q.categories, 'fromMinute', q.from_minute,
                                                         'toMinute', q.to_minute, 'days', q.days))
   from register_answers q where q.number = ${number} and q.expires_at > now())`;
