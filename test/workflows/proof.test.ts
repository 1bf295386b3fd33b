/**
 * What is promised of every request, looked at in SQL on a campaign that really ran: over days of hours that open and
 * close in several zones, with retries, a pause, an edit, limits of frequency, and lists of people not to be called.
 */
import { expect, it } from 'vitest';
import type { Sql } from '../../db/client.ts';
import { addToBlacklist } from '../../db/queries/blacklist.ts';
import { CLAIMS, type Claim, lookAtAll, proveRequest } from '../../db/queries/proof/index.ts';
import { BUILT_IN_PROMOTIONAL } from '../../domain/promotional-hours.ts';
import { insertPeople, insertRequest, people, SURVEY, testFlow, testPolicy } from '../support/campaign.ts';
import { testEngine } from '../support/engine.ts';
import { putOnRegister } from '../support/register.ts';

const engine = await testEngine();
const { accountId, database } = engine;
const HOUR_MS = 3_600_000;

const input = (requestId: number) => ({
  accountId,
  requestId,
  promotional: BUILT_IN_PROMOTIONAL,
  clockToleranceMs: 1000,
});
const violated = (claims: readonly Claim[]): string[] =>
  claims.filter((claim) => claim.violated > 0).map(({ name }) => name);
const checked = (claims: readonly Claim[], name: string): number | undefined =>
  claims.find((claim) => claim.name === name)?.checked;

/** Runs a campaign to its end, an hour of its clock after the other. */
async function run(id: number): Promise<void> {
  const left = async (): Promise<number> => {
    const [row] = await database.sql<{ n: number }[]>`
      select count(*)::int as n from records where request_id = ${id} and result = 'ACCEPTED' and ended_at is null`;
    return row?.n ?? 0;
  };
  const quiet = async (): Promise<true | undefined> => {
    const [row] = await database.sql<{ busy: boolean }[]>`
      select exists (select 1 from open_attempts where request_id = ${id})
          or (next_due_at is null and ended_at is null) or next_due_at <= ${engine.now()} as busy
      from requests where id = ${id}`;
    return row?.busy === false ? true : undefined;
  };
  while ((await left()) > 0) {
    await engine.until(async () => (await left()) === 0 || (await quiet()));
    await engine.advance(HOUR_MS / 2, id);
  }
  await engine.finished(id);
}

const abroad = [
  '+12125550101',
  '+12125550112',
  '+13105550123',
  '+442079460958',
  '+442079460441',
  '+61255501234',
];

// First in the file: the clock of the workers is not ahead of the database's yet.
it('does not accuse a call that was made after an entry of the blacklist had expired', async () => {
  const [number = ''] = people(0, 1, 500);
  const entry = (expiresAt?: Date) =>
    addToBlacklist(database, {
      accountId,
      kind: 'phones',
      entries: [{ value: number, ...(expiresAt && { expiresAt }) }],
    });
  await entry(new Date(Date.now() - 60_000));
  const id = await engine.launch([number]);
  await engine.finished(id);
  await entry();
  expect(violated(await proveRequest(database, input(id)))).toEqual([]);
});

it('holds for a campaign over several days and zones; and each claim fails when its rule was broken', async () => {
  const [gone, refused] = [people(5, 3, 100), people(5, 3, 200)];
  await database.sql`
    insert into blacklist_phones ${database.sql(gone.map((number) => ({ account_id: accountId, number })))}`;
  await putOnRegister(database, accountId, refused);
  await database.sql`update accounts set contacts_per_day = 2, contact_gap_ms = ${2 * HOUR_MS} where id = ${accountId}`;
  const hourly = { times: 4, intervalMs: HOUR_MS };
  const list = [...[0, 1, 2, 5, 8].flatMap((digit) => people(digit, 4)), ...abroad, ...gone, ...refused];
  const id = await engine.launch(list, {
    promotional: true,
    callingHours: [
      { days: [1, 2, 3, 4, 5], from: '10:00', to: '13:00' },
      { days: [1, 2, 3, 4, 5], from: '14:00', to: '18:30' },
      { days: [6], from: '10:00', to: '12:00' },
    ],
    retries: { BUSY: hourly, NO_ANSWER: hourly, FAILED: hourly, MACHINE: hourly },
  });
  await run(id);

  const claims = await proveRequest(database, input(id));
  expect(violated(claims)).toEqual([]);
  for (const name of [
    'NUMBERED',
    'ONE_AT_A_TIME',
    'RETRIES',
    'SCHEDULE',
    'SCRUBBED',
    'FREQUENCY',
    'FLOW_HOURS',
  ]) {
    expect(checked(claims, name), name).toBeGreaterThan(20);
  }
  expect(checked(claims, 'PROMOTIONAL_HOURS')).toBeGreaterThan(20);

  expect(Object.keys(BREAKING).sort()).toEqual([...CLAIMS].sort());
  for (const [name, breaks] of Object.entries(BREAKING)) {
    expect(violated(await afterBreaking(id, breaks)), name).toContain(name);
  }
});

it('holds for messages from inside calls too, and fails when one went to somebody on the blacklist', async () => {
  const texting = {
    ...SURVEY,
    widgets: {
      start: { type: 'start', next: 'text' },
      text: { type: 'sms', to: '+919812345600', text: 'You were called.', next: 'bye', failed: 'bye' },
      bye: { type: 'hang-up' },
    },
  };
  const flowId = await testFlow(database, accountId, texting, 'texting');
  await database.sql`update accounts set contacts_per_day = 100, contact_gap_ms = null where id = ${accountId}`;
  const id = await insertRequest(database, { accountId, flowId, policy: testPolicy() });
  await insertPeople(database, accountId, id, people(0, 3, 400));
  await database.sql`insert into outbox (account_id, request_id, kind) values (${accountId}, ${id}, 'start')`;
  await engine.notify(id);
  await engine.finished(id);

  const claims = await proveRequest(database, input(id));
  expect(violated(claims)).toEqual([]);
  expect([checked(claims, 'BLACKLIST'), checked(claims, 'FREQUENCY')]).toEqual([6, 6]);
  const after = await afterBreaking(
    id,
    (sql) => sql`
      insert into blacklist_phones (account_id, number, created_at)
      values (${accountId}, '+919812345600', now() - interval '30 days')`,
  );
  expect(violated(after)).toEqual(['BLACKLIST']);
});

/** For each claim, how to make it untrue of a request that kept it. */
const BREAKING: Record<string, (sql: Sql, id: number) => Promise<unknown>> = {
  NUMBERED: (sql, id) => sql`update records set attempts = attempts + 1 where request_id = ${id} and row = 1`,
  ONE_AT_A_TIME: (sql, id) =>
    sql`update attempts set settled_at = null where request_id = ${id} and attempt_no = 1`,
  ACCEPTED_ONLY: (sql, id) =>
    sql`update records set result = 'BLACKLISTED' where request_id = ${id} and row = 1`,
  ONCE_A_NUMBER: (sql, id) => sql`
    update records set number = (select number from records where request_id = ${id} and row = 1)
    where request_id = ${id} and row = 2`,
  BOOKS: (sql, id) => sql`update requests set loaded = loaded + 1 where id = ${id}`,
  POLICY_NAMED: (sql, id) => sql`
    insert into request_policies (request_id, version, account_id, policy, created_by, created_at)
    select request_id, 2, account_id, policy, 'test', created_at from request_policies where request_id = ${id}`,
  RETRIES: (sql, id) => sql`
    update request_policies set policy = jsonb_set(policy, '{retries,BUSY,times}', '1') where request_id = ${id}`,
  SCHEDULE: (sql, id) => sql`update requests set end_at = created_at where id = ${id}`,
  PAUSES: (sql, id) => sql`
    insert into request_events (account_id, request_id, type, at)
    select account_id, id, 'PAUSED', created_at - interval '1 hour' from requests where id = ${id}`,
  BLACKLIST: (sql, id) => sql`
    insert into blacklist_phones (account_id, number, created_at)
    select account_id, address, reserved_at - interval '1 day' from attempts
    where request_id = ${id} and outcome = 'ANSWERED' limit 1`,
  SCRUBBED: (sql, id) => sql`
    update attempts set evidence = jsonb_set(evidence, '{register}', 'null') where request_id = ${id}`,
  TRIALS: (sql, id) => sql`
    update request_policies set policy = jsonb_set(policy, '{whitelistedOnly}', 'true') where request_id = ${id}`,
  FREQUENCY: (sql, id) => sql`
    update attempts set reserved_at = reserved_at - interval '90 minutes'
    where request_id = ${id} and attempt_no = 2`,
  ZONE_NOTED: (sql, id) => sql`
    update attempts set evidence = evidence #- '{hours,zones}' where request_id = ${id} and attempt_no = 1`,
  FLOW_HOURS: (sql, id) => sql`
    update attempts set reserved_at = date_trunc('day', reserved_at at time zone 'Asia/Kolkata') at time zone 'Asia/Kolkata'
      + interval '13 hours' where request_id = ${id}`,
  PROMOTIONAL_HOURS: (sql, id) => sql`
    update attempts set reserved_at = date_trunc('day', reserved_at at time zone 'Asia/Kolkata') at time zone 'Asia/Kolkata'
      + interval '21 hours' where request_id = ${id}`,
  HOLIDAYS: async (sql, id) => {
    const [calendar] = await sql<{ id: number }[]>`
      insert into holiday_calendars (account_id, name) values (${accountId}, 'all') returning id`;
    await sql`
      insert into holidays (calendar_id, account_id, date, name)
      select distinct ${calendar?.id ?? 0}::bigint, account_id, (reserved_at at time zone 'Asia/Kolkata')::date, 'a holiday'
      from attempts where request_id = ${id}`;
    await sql`
      update request_policies set policy = jsonb_set(policy, '{holidayCalendars}', '["all"]') where request_id = ${id}`;
  },
};

class TakenBack extends Error {}

async function afterBreaking(
  id: number,
  breaks: (sql: Sql, id: number) => Promise<unknown>,
): Promise<Claim[]> {
  let claims: Claim[] = [];
  await database.sql
    .begin(async (transaction) => {
      const sql = transaction as unknown as Sql;
      await breaks(sql, id);
      claims = await lookAtAll(sql, input(id));
      throw new TakenBack();
    })
    .catch((error: unknown) => {
      if (!(error instanceof TakenBack)) throw error;
    });
  return claims;
}
