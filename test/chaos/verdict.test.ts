import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareKeys } from '../../chaos/keys.ts';
import { placedOrders } from '../../chaos/simulated-scene.ts';
import { judge, type Verdict } from '../../chaos/verdict.ts';
import { attemptId } from '../../domain/attempt-id.ts';
import { readInvites } from '../../telephony/phones.ts';
import { insertPeople, insertRequest, people, testFlow, testPolicy } from '../support/campaign.ts';
import { testAccount, testDatabase } from '../support/database.ts';

const database = await testDatabase();
const { sql } = database;
const dataDir = mkdtempSync(join(tmpdir(), 'clarion-verdict-'));
let requestId: number;

const idOf = (row: number, attemptNo = 1): string => attemptId({ requestId, row, attemptNo, step: 0 });
/** Presses 3. */
const NUMBERS = ['+919800000035', '+919800000136'];

beforeAll(async () => {
  mkdirSync(join(dataDir, 'witness'));
  const accountId = await testAccount(database);
  const flowId = await testFlow(database, accountId);
  requestId = await insertRequest(database, { accountId, flowId, policy: testPolicy() });
  await insertPeople(database, accountId, requestId, people(0, 2));
  await sql`
    insert into attempts (id, account_id, request_id, row, attempt_no, medium, flow_id, flow_version, policy_version,
                          address, provider, answered_at, settled_at, outcome)
    select id, ${accountId}, ${requestId}, row, 1, 'voice', ${flowId}, 1, 1, address, 'simulated', now(), now(), 'ANSWERED'
    from unnest(${[idOf(1), idOf(2)]}::uuid[], ${[1, 2]}::int[], ${NUMBERS}::text[]) as w (id, row, address)`;
  await sql`update records set attempts = 1, outcome = 'ANSWERED', ended_at = now() where request_id = ${requestId}`;
  await sql`update requests set status = 'COMPLETED', ended_at = now() where id = ${requestId}`;
  await sql`
    insert into request_tallies (request_id, kind, value, shard, account_id, count)
    values (${requestId}, 'outcome', 'ANSWERED', 0, ${accountId}, 2)`;
});

afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const SOUND = { attempts: 2, lost: 0, repeated: 0, unknown: 0, unknownCauses: [], faults: [] };

describe('the verdict over a battered run on the simulated network', () => {
  /** The carrier's record holds these orders. */
  async function witnessed(...ids: string[]): Promise<Verdict> {
    const lines = ids.map((id) =>
      JSON.stringify({ event: 'PLACED', attemptId: id, at: '2026-01-01T00:00:00Z' }),
    );
    writeFileSync(join(dataDir, 'witness', 'voice-1-1-abcdef.jsonl'), `${lines.join('\n')}\n`);
    return judge(database, { placed: placedOrders(dataDir), strict: false });
  }

  it('finds nothing wrong where ledger, records, counters and the carrier agree', async () => {
    expect(await witnessed(idOf(1), idOf(2))).toEqual(SOUND);
  });

  it('names an attempt that reached the carrier twice', async () => {
    const verdict = await witnessed(idOf(1), idOf(2), idOf(2));
    expect(verdict.repeated).toBe(1);
    expect(verdict.faults.join()).toContain(idOf(2));
  });

  it('counts as lost a call that the ledger does not know of, and an answer the carrier does not', async () => {
    expect((await witnessed(idOf(1), idOf(1, 2))).lost).toBe(2);
  });

  it('names a record that was attempted more often than its policy allows', async () => {
    await sql`update records set attempts = 2 where request_id = ${requestId} and row = 1`;
    const verdict = await witnessed(idOf(1), idOf(2));
    expect(verdict.repeated).toBe(1);
    expect(verdict.faults.join()).toContain(`${requestId}/1`);
    await sql`update records set attempts = 1 where request_id = ${requestId} and row = 1`;
  });

  it('counts as lost a record that has not ended', async () => {
    await sql`update records set ended_at = null where request_id = ${requestId} and row = 2`;
    expect((await witnessed(idOf(1), idOf(2))).lost).toBe(1);
    await sql`update records set ended_at = now() where request_id = ${requestId} and row = 2`;
  });

  it('names books that do not balance', async () => {
    await sql`update requests set added = 3 where id = ${requestId}`;
    expect((await witnessed(idOf(1), idOf(2))).faults.join()).toContain('do not balance');
    await sql`update requests set added = 2 where id = ${requestId}`;
  });
});

describe('the verdict over a battered run on real telephones', () => {
  const [first = '', second = ''] = NUMBERS;
  const phonesDir = join(dataDir, 'phones');

  /** The telephones have written these INVITEs down. */
  async function rung(...invites: [id: string, called: string][]): Promise<Verdict> {
    mkdirSync(phonesDir, { recursive: true });
    const lines = invites.map(
      ([id, called]) =>
        `INVITE called=${called} attempt=${id} number=1 at=2026-01-01\t00:00:00.000000\t1767225600.000000`,
    );
    writeFileSync(join(phonesDir, 'invites-1.log'), `${lines.join('\n')}\n`);
    return judge(database, { placed: readInvites(phonesDir), strict: true });
  }

  const settled = (row: number, outcome: string, cause: string | null) => sql`
    update attempts set outcome = ${outcome}::outcome, cause = ${cause},
                        answered_at = case when ${outcome} = 'ANSWERED' then now() end
    where id = ${idOf(row)}::uuid`;

  it('finds nothing wrong where every attempt has one INVITE, to the number of the ledger', async () => {
    expect(await rung([idOf(1), first], [idOf(2), second])).toEqual(SOUND);
  });

  it('counts as repeated an attempt that made a telephone ring twice', async () => {
    const verdict = await rung([idOf(1), first], [idOf(2), second], [idOf(1), first]);
    expect(verdict).toMatchObject({ repeated: 1, lost: 0 });
    expect(verdict.faults).toEqual([`attempt ${idOf(1)} was placed more than once`]);
  });

  it('counts as lost an ending of a call that no telephone has seen, answered or not', async () => {
    expect(await rung([idOf(1), first])).toMatchObject({ repeated: 0, lost: 1 });
    await settled(2, 'BUSY', '17 user busy');
    expect(await rung([idOf(1), first])).toMatchObject({ repeated: 0, lost: 1 });
    await settled(2, 'ANSWERED', null);
  });

  it('counts as lost a call to somebody else than the ledger says, and one that names no attempt', async () => {
    expect(await rung([idOf(1), first], [idOf(2), first])).toMatchObject({ repeated: 0, lost: 1 });
    expect(await rung([idOf(1), first], [idOf(2), second], ['', first])).toMatchObject({ lost: 1 });
  });

  it('counts attempts whose ending nobody knows, by the reason given, and names those without a reason', async () => {
    await settled(2, 'UNKNOWN', 'the server stopped');
    expect(await rung([idOf(1), first], [idOf(2), second])).toMatchObject({
      ...{ lost: 0, repeated: 0, unknown: 1, faults: [] },
      unknownCauses: [{ cause: 'the server stopped', count: 1 }],
    });
    // Whether anybody was rung is not known either.
    expect(await rung([idOf(1), first])).toMatchObject({ lost: 0, unknown: 1, faults: [] });
    await settled(2, 'UNKNOWN', null);
    expect((await rung([idOf(1), first])).faults).toEqual(['1 attempts are UNKNOWN without a word why']);
    await settled(2, 'ANSWERED', null);
  });

  it('tells keys as pressed from keys nobody heard, and names a key nobody pressed', async () => {
    const now = Date.now();
    const during = [{ from: new Date(now - 3_600_000), to: new Date(now + 3_600_000) }];
    const before = [{ from: new Date(now - 7_200_000), to: new Date(now - 3_600_000) }];
    await sql`update attempts set keys = '3' where id = ${idOf(1)}::uuid`;
    expect(await compareKeys(database, during)).toEqual({ asPressed: 1, notHeard: 1, missed: 0, wrong: [] });
    expect(await compareKeys(database, before)).toEqual({ asPressed: 1, notHeard: 0, missed: 1, wrong: [] });
    await sql`update attempts set keys = '8' where id = ${idOf(2)}::uuid`;
    expect(await compareKeys(database, during)).toEqual({
      ...{ asPressed: 1, notHeard: 0, missed: 0 },
      wrong: [`attempt ${idOf(2)} has the keys 8, where 3 was pressed`],
    });
    await sql`update attempts set keys = null where request_id = ${requestId}`;
  });
});
