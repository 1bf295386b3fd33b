import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judge } from '../../chaos/verdict.ts';
import { attemptId } from '../../domain/attempt-id.ts';
import { insertPeople, insertRequest, people, testFlow, testPolicy } from '../support/campaign.ts';
import { testAccount, testDatabase } from '../support/database.ts';

const database = await testDatabase();
const { sql } = database;
const dataDir = mkdtempSync(join(tmpdir(), 'clarion-verdict-'));
let requestId: number;

/** The carrier's record holds these orders. */
function witnessed(...ids: string[]): void {
  const lines = ids.map((id) =>
    JSON.stringify({ event: 'PLACED', attemptId: id, at: '2026-01-01T00:00:00Z' }),
  );
  writeFileSync(join(dataDir, 'witness', 'voice-1-1-abcdef.jsonl'), `${lines.join('\n')}\n`);
}

const idOf = (row: number, attemptNo = 1): string => attemptId({ requestId, row, attemptNo, step: 0 });

beforeAll(async () => {
  mkdirSync(join(dataDir, 'witness'));
  const accountId = await testAccount(database);
  const flowId = await testFlow(database, accountId);
  requestId = await insertRequest(database, { accountId, flowId, policy: testPolicy() });
  await insertPeople(database, accountId, requestId, people(0, 2));
  await sql`
    insert into attempts (id, account_id, request_id, row, attempt_no, medium, flow_id, flow_version, policy_version,
                          address, provider, answered_at, settled_at, outcome)
    select id, ${accountId}, ${requestId}, row, 1, 'voice', ${flowId}, 1, 1, '', 'simulated', now(), now(), 'ANSWERED'
    from unnest(${[idOf(1), idOf(2)]}::uuid[], ${[1, 2]}::int[]) as w (id, row)`;
  await sql`update records set attempts = 1, outcome = 'ANSWERED', ended_at = now() where request_id = ${requestId}`;
  await sql`update requests set status = 'COMPLETED', ended_at = now() where id = ${requestId}`;
  await sql`
    insert into request_tallies (request_id, kind, value, shard, account_id, count)
    values (${requestId}, 'outcome', 'ANSWERED', 0, ${accountId}, 2)`;
});

afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

describe('the verdict over a battered run', () => {
  it('finds nothing wrong where ledger, records, counters and the carrier agree', async () => {
    witnessed(idOf(1), idOf(2));
    expect(await judge(database, dataDir)).toEqual({
      attempts: 2,
      lost: 0,
      repeated: 0,
      unknown: 0,
      faults: [],
    });
  });

  it('names an attempt that reached the carrier twice', async () => {
    witnessed(idOf(1), idOf(2), idOf(2));
    const verdict = await judge(database, dataDir);
    expect(verdict.repeated).toBe(1);
    expect(verdict.faults.join()).toContain(idOf(2));
  });

  it('counts as lost a call that the ledger does not know of, and an answer the carrier does not', async () => {
    witnessed(idOf(1), idOf(1, 2));
    expect((await judge(database, dataDir)).lost).toBe(2);
  });

  it('names a record that was attempted more often than its policy allows', async () => {
    witnessed(idOf(1), idOf(2));
    await sql`update records set attempts = 2 where request_id = ${requestId} and row = 1`;
    const verdict = await judge(database, dataDir);
    expect(verdict.repeated).toBe(1);
    expect(verdict.faults.join()).toContain(`${requestId}/1`);
    await sql`update records set attempts = 1 where request_id = ${requestId} and row = 1`;
  });

  it('counts as lost a record that has not ended', async () => {
    witnessed(idOf(1), idOf(2));
    await sql`update records set ended_at = null where request_id = ${requestId} and row = 2`;
    expect((await judge(database, dataDir)).lost).toBe(1);
    await sql`update records set ended_at = now() where request_id = ${requestId} and row = 2`;
  });

  it('names books that do not balance', async () => {
    witnessed(idOf(1), idOf(2));
    await sql`update requests set added = 3 where id = ${requestId}`;
    expect((await judge(database, dataDir)).faults.join()).toContain('do not balance');
  });
});
