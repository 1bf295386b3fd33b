// First: what it adds to zod is missing from schemas made before.
import '@hono/zod-openapi';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { createLines } from '../../activities/lines.ts';
import type { LineState } from '../../domain/trunk.ts';
import { startTrunkHealth, writeTrunkHealth } from '../../worker/trunk-health.ts';
import { insertRequest, testPolicy } from '../support/campaign.ts';
import { type Caller, testApi } from './support.ts';

const api = await testApi();
const { sql } = api.db;

/** The least that makes a trunk, with an endpoint of its own. */
const least = (over: Record<string, unknown> = {}) => ({
  name: 'carrier',
  endpoint: `endpoint-${crypto.randomUUID()}`,
  ...over,
});
/** By operations, for the caller's account. */
const add = async (caller: Caller, over: Record<string, unknown> = {}) =>
  (await api.operations(caller.accountId)).json('POST', '/trunks', least(over));

/** An attempt in progress by a trunk. */
async function callBy(caller: Caller, trunkId: number | null): Promise<void> {
  const id = crypto.randomUUID();
  const { accountId } = caller;
  await sql`
    insert into attempts (id, account_id, request_id, row, attempt_no, medium, flow_id, flow_version, policy_version,
                          address, provider, trunk_id)
    values (${id}, ${accountId}, 1, 1, 1, 'voice', 1, 1, 1, '+919811000001', 'test', ${trunkId})`;
  await sql`
    insert into open_attempts (attempt_id, account_id, request_id, flow_id, medium, trunk_id)
    values (${id}, ${accountId}, 1, 1, 'voice', ${trunkId})`;
}

describe('trunks', () => {
  it('are added with defaults, listed, shown, changed field by field and removed, each noted in the audit log', async () => {
    const caller = await api.caller();
    const made = await add(caller, { callerIds: ['+911140000001'] });
    expect(made).toMatchObject({
      name: 'carrier',
      maxConcurrentCalls: 30,
      maxCallsPerSecond: 10,
      callerIds: ['+911140000001'],
      codecs: ['ulaw', 'alaw'],
      enabled: true,
      priority: 10,
      callsInProgress: 0,
      callsPerSecondNow: 0,
      state: 'UNSEEN',
      workers: [],
    });
    const path = `/trunks/${made.id}`;
    expect(await caller.json('PATCH', path, { maxCallsPerSecond: 0.5, enabled: false })).toMatchObject({
      name: 'carrier',
      callerIds: ['+911140000001'],
      maxCallsPerSecond: 0.5,
      enabled: false,
    });
    expect(await caller.json('GET', path)).toMatchObject({ id: made.id, enabled: false });
    const second = await add(caller, { name: 'second' });
    const page = await caller.json('GET', '/trunks?limit=1');
    expect(page.items).toMatchObject([{ id: made.id }]);
    expect((await caller.json('GET', `/trunks?cursor=${page.nextCursor}`)).items).toMatchObject([
      { id: second.id },
    ]);
    expect((await caller.call('DELETE', path)).status).toBe(204);
    expect((await caller.call('GET', path)).status).toBe(404);
    const audited =
      await sql`select action from audit_log where account_id = ${caller.accountId} order by id`;
    expect(audited.map((row) => row.action)).toEqual([
      'trunk.create',
      'trunk.change',
      'trunk.create',
      'trunk.remove',
    ]);
  });

  it('have names and endpoints of their own, which are free again once removed', async () => {
    const [one, other] = [await api.caller(), await api.caller()];
    const first = await add(one);
    expect(await add(one)).toMatchObject({ status: 409, code: 'NAME_TAKEN', errors: [{ field: 'name' }] });
    expect(await add(other, { endpoint: first.endpoint })).toMatchObject({
      status: 409,
      code: 'ENDPOINT_TAKEN',
      errors: [{ field: 'endpoint' }],
    });
    const second = await add(one, { name: 'second' });
    const rename = await one.json('PATCH', `/trunks/${second.id}`, { name: 'carrier' });
    expect(rename).toMatchObject({ code: 'NAME_TAKEN' });
    const operations = await api.operations(one.accountId);
    const move = await operations.json('PATCH', `/trunks/${second.id}`, { endpoint: first.endpoint });
    expect(move).toMatchObject({ code: 'ENDPOINT_TAKEN' });
    await one.call('DELETE', `/trunks/${first.id}`);
    expect(await add(other, { endpoint: first.endpoint })).toMatchObject({ name: 'carrier' });
  });

  it.each([
    [{ codecs: ['opus'] }, 'codecs.0', 'must be one of ulaw, alaw, g722, gsm'],
    [{ callerIds: ['+9111', 'reception'] }, 'callerIds.1', /must be a number/],
    [{ maxConcurrentCalls: 0 }, 'maxConcurrentCalls', />=1/],
    [{ maxConcurrentCalls: 10_001 }, 'maxConcurrentCalls', /<=10000/],
    [{ maxCallsPerSecond: -1 }, 'maxCallsPerSecond', />=0.01/],
    [{ endpoint: 'carrier;rm' }, 'endpoint', /as the telephone server names/],
    [{ name: '' }, 'name', /1 to 64/],
    [{ channels: 30 }, 'channels', 'is not a known field'],
  ])('refuse %j, and name the field', async (over, field, message) => {
    const caller = await api.caller();
    const refused = await add(caller, over);
    expect(refused).toMatchObject({ status: 422, code: 'INVALID_INPUT', errors: [{ field }] });
    expect(refused.errors[0].message).toMatch(message);
    expect((await caller.json('GET', '/trunks')).items).toEqual([]);
  });

  it('leave by endpoints that operations assign, and the account changes all the rest', async () => {
    const [owner, other] = [await api.caller(), await api.caller()];
    const refused = { status: 403, code: 'OPERATIONS_ONLY', errors: [{ field: 'endpoint' }] };
    const { id, endpoint } = await add(owner);
    const try_ = (caller: Caller, over: Record<string, unknown>) =>
      caller.json('POST', '/trunks', least({ name: 'mine', ...over }));
    // The same answer for an endpoint of another account, the platform's own, and one that nobody has.
    for (const wanted of [endpoint, 'trunk', 'nobody-has-it'])
      expect(await try_(other, { endpoint: wanted })).toMatchObject(refused);
    expect((await other.json('GET', '/trunks')).items).toEqual([]);
    const path = `/trunks/${id}`;
    expect(await owner.json('PATCH', path, { endpoint: 'trunk' })).toMatchObject(refused);
    expect(await owner.json('PATCH', path, { endpoint, name: 'renamed', priority: 3 })).toMatchObject({
      endpoint,
      name: 'renamed',
      priority: 3,
    });
    // Assigned once, it is the account's to remove and to add again.
    expect((await owner.call('DELETE', path)).status).toBe(204);
    expect(await try_(other, { endpoint })).toMatchObject(refused);
    const again = await try_(owner, { endpoint });
    expect(again).toMatchObject({ endpoint, name: 'mine' });
    // Until operations give it to another, or take it away.
    await owner.call('DELETE', `/trunks/${again.id}`);
    const given = await add(other, { endpoint });
    expect(await try_(owner, { endpoint })).toMatchObject(refused);
    const operations = await api.operations(other.accountId);
    expect((await operations.call('DELETE', `/trunks/${given.id}`)).status).toBe(204);
    for (const caller of [owner, other]) expect(await try_(caller, { endpoint })).toMatchObject(refused);
  });

  it('are nobody else’s, and take scopes of their own', async () => {
    const [owner, stranger] = [await api.caller(), await api.caller()];
    const { id } = await add(owner);
    for (const method of ['GET', 'DELETE'])
      expect((await stranger.call(method, `/trunks/${id}`)).status).toBe(404);
    expect((await stranger.call('PATCH', `/trunks/${id}`, { json: { enabled: false } })).status).toBe(404);
    const reader = await api.callerWith(owner.accountId, ['trunks:read']);
    expect((await reader.call('GET', `/trunks/${id}`)).status).toBe(200);
    expect((await reader.call('DELETE', `/trunks/${id}`)).status).toBe(403);
    expect(await owner.json('PATCH', `/trunks/${id}`, {})).toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('stay while calls are in progress by them, and the only one while requests have not ended', async () => {
    const caller = await api.caller();
    const { id } = await add(caller);
    await callBy(caller, id);
    const busy = await caller.json('DELETE', `/trunks/${id}`);
    expect(busy).toMatchObject({ status: 409, code: 'TRUNK_IN_USE' });
    expect(busy.detail).toContain('1 calls are in progress');
    await sql`delete from open_attempts where account_id = ${caller.accountId}`;
    const flowId = await api.flow(caller.accountId);
    await insertRequest(api.db, { accountId: caller.accountId, flowId, policy: testPolicy() });
    const only = await caller.json('DELETE', `/trunks/${id}`);
    expect(only).toMatchObject({ code: 'TRUNK_IN_USE' });
    expect(only.detail).toContain('the only trunk');
    await add(caller, { name: 'other' });
    expect((await caller.call('DELETE', `/trunks/${id}`)).status).toBe(204);
  });

  it('are at most fifty an account', async () => {
    const caller = await api.caller();
    await sql`
      insert into trunks (account_id, name, endpoint, max_concurrent_calls, max_calls_per_second, caller_ids, codecs, enabled, priority)
      select ${caller.accountId}, 't' || n, 'many-' || n, 1, 1, '{}', '{alaw}', true, 1 from generate_series(1, 50) n`;
    expect(await add(caller)).toMatchObject({ status: 409, code: 'TOO_MANY_TRUNKS' });
  });
});

describe('the health of lines', () => {
  const lines = (states: Record<number, LineState>) =>
    createLines({
      state: (line) => states[line?.trunkId ?? 0] ?? { up: true },
      stateChanged: () => new Promise(() => {}),
    });
  const log = pino({ level: 'silent' });
  const WHY = 'asterisk-1 at 10.0.0.1 has not answered since 09:00';

  it('is what each worker sees: why, since when, and what the account is doing by them', async () => {
    const caller = await api.caller();
    const { id } = await add(caller);
    await callBy(caller, id);
    await callBy(caller, null);
    const of = (worker: string, states: Record<number, LineState>) => ({
      db: api.db,
      lines: lines(states),
      log,
      worker,
    });
    await writeTrunkHealth(of('one:1', { [id]: { up: false, why: WHY } }));
    expect(await caller.json('GET', `/trunks/${id}`)).toMatchObject({
      state: 'DOWN',
      callsInProgress: 1,
      callsPerSecondNow: 0.2,
      workers: [{ worker: 'one:1', up: false, why: WHY }],
    });
    await writeTrunkHealth(of('two:2', {}));
    expect(await caller.json('GET', `/trunks/${id}`)).toMatchObject({ state: 'PARTLY_UP' });
    const metrics = await (await api.app.request('/metrics')).text();
    for (const state of ['up', 'down']) {
      expect(metrics).toContain(
        `clarion_trunk_workers{account="${caller.accountId}",trunk="carrier",state="${state}"} 1`,
      );
    }
    const before = await caller.json('GET', '/trunks/default');
    expect(before).toMatchObject({ state: 'UP', callsInProgress: 1 });
    await writeTrunkHealth(of('one:1', {}));
    const after = await caller.json('GET', `/trunks/${id}`);
    expect(after).toMatchObject({ state: 'UP', workers: [{ why: '' }, { why: '' }] });
    // A sign of life leaves alone since when a line is up.
    const since = after.workers[0].since;
    await writeTrunkHealth(of('one:1', {}));
    const again = await caller.json('GET', `/trunks/${id}`);
    expect(again.workers[0].since).toBe(since);
    await sql`update trunk_health set seen_at = now() - interval '31 seconds'`;
    expect(await caller.json('GET', `/trunks/${id}`)).toMatchObject({ state: 'UNSEEN', workers: [] });
  });

  it('is written at once when a line changes, and taken back by a worker that stops', async () => {
    const caller = await api.caller();
    const { id } = await add(caller);
    let state: LineState = { up: true };
    let tell = (): void => {};
    const watched = createLines({
      state: () => state,
      stateChanged: () => new Promise((resolve) => (tell = resolve)),
    });
    const stop = startTrunkHealth({ db: api.db, lines: watched, log, worker: 'three:3' });
    const until = async (expected: string): Promise<void> => {
      while ((await caller.json('GET', `/trunks/${id}`)).state !== expected) await new Promise(setImmediate);
    };
    await until('UP');
    state = { up: false, why: WHY };
    tell();
    await until('DOWN');
    await stop();
    await until('UNSEEN');
  });
});

describe('a request whose calls wait for a line', () => {
  it('says so, why and since when, while it is in process', async () => {
    const caller = await api.caller();
    const flowId = await api.flow(caller.accountId);
    const id = await insertRequest(api.db, { accountId: caller.accountId, flowId, policy: testPolicy() });
    const since = '2026-01-31T09:00:00.000Z';
    await sql`
      update requests set status = 'IN_PROCESS', line_away_since = ${since}, line_away_why = 'no answer' where id = ${id}`;
    expect((await caller.json('GET', `/requests/${id}`)).waitingFor).toEqual({
      reason: 'TRUNK_UNAVAILABLE',
      detail: 'no answer',
      since,
    });
    await sql`update requests set status = 'PAUSED' where id = ${id}`;
    expect((await caller.json('GET', `/requests/${id}`)).waitingFor).toBeNull();
  });
});
