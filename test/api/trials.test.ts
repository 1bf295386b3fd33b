/** What is guaranteed about transactional flows that may not run yet: they call whitelisted numbers, and nobody else. */
// Before any schema is made: it gives them what the API's routes describe them by.
import '@hono/zod-openapi';
import { describe, expect, it } from 'vitest';
import { createIngestList } from '../../activities/ingest-list.ts';
import { createFrozen } from '../../db/queries/frozen.ts';
import { findRegistered } from '../../db/queries/register.ts';
import { reserveCalls } from '../../db/queries/reserve-calls.ts';
import { reserveStep } from '../../db/queries/reserve-step.ts';
import { createLogger } from '../../log.ts';
import { localRegister } from '../../providers/register/local-table.ts';
import { type Caller, formWith, type Reply, testApi } from './support.ts';

const api = await testApi();
const { db } = api;
const ingest = createIngestList({
  db,
  storage: api.deps.storage,
  register: localRegister((question) => findRegistered(db, question)),
  log: createLogger('test', 'silent'),
});

const [MINE, OTHER] = ['+919876543210', '+919876543299'];

/** An account with a verified number, and a transactional flow that nobody has approved. */
async function ready() {
  const caller = await api.caller();
  const flowId = await api.flow(caller.accountId, { name: 'alerts', transactional: true });
  await db.sql`insert into whitelist_phones (account_id, number, verified_at)
    values (${caller.accountId}, ${MINE}, now()), (${caller.accountId}, ${OTHER}, null)`;
  return { caller, flowId };
}
const requests = async (caller: Caller) => (await caller.json('GET', '/requests')).items;

async function upload(caller: Caller, content: string): Promise<Reply> {
  const form = formWith({ 'a.csv': content }, { flowName: 'alerts' });
  const made = (await (await caller.call('POST', '/requests', { form })).json()) as Reply;
  const { id } = made.requests[0];
  await ingest({ accountId: caller.accountId, requestId: id });
  return caller.json('GET', `/requests/${id}`);
}

describe('a single call', () => {
  it('is made to a whitelisted number, and refused to any other', async () => {
    const { caller } = await ready();
    const call = (number: string) => caller.json('POST', '/calls', { flowName: 'alerts', number });
    expect(await call(OTHER)).toMatchObject({
      status: 422,
      code: 'FLOW_NOT_RUNNABLE',
      errors: [{ field: 'number', message: expect.stringContaining('not a whitelisted number') }],
    });
    expect(await requests(caller)).toEqual([]);
    expect(await call(MINE)).toMatchObject({ status: 'RECEIVED' });
  });
});

describe('records', () => {
  it('are refused together, naming those that are not whitelisted, and taken when all are', async () => {
    const { caller } = await ready();
    const send = (...numbers: string[]) =>
      caller.json('POST', '/requests', {
        flowName: 'alerts',
        records: numbers.map((number) => ({ number })),
      });
    expect(await send(MINE, OTHER, 'abc', '+919876543298')).toMatchObject({
      status: 422,
      code: 'FLOW_NOT_RUNNABLE',
      detail: expect.stringContaining('rows 2, 4 would call others'),
      errors: [{ field: 'records.1' }, { field: 'records.3' }],
    });
    expect(await requests(caller)).toEqual([]);
    // What is turned away anyway calls nobody.
    const { requests: made } = await send(MINE, 'abc', MINE);
    expect(made).toMatchObject([{ loaded: 3, added: 1 }]);
  });

  it('are not added to an open trial unless they are whitelisted', async () => {
    const { caller } = await ready();
    const body = { flowName: 'alerts', open: true, records: [] };
    const { requests: made } = await caller.json('POST', '/requests', body);
    const add = (number: string) =>
      caller.json('POST', `/requests/${made[0].id}/records`, { records: [{ number }] });
    expect(await add(OTHER)).toMatchObject({ status: 422, code: 'FLOW_NOT_RUNNABLE' });
    expect(await caller.json('GET', `/requests/${made[0].id}`)).toMatchObject({ loaded: 0 });
    await add(MINE);
    expect(await caller.json('GET', `/requests/${made[0].id}`)).toMatchObject({ loaded: 1, added: 1 });
  });
});

describe('a file', () => {
  it('is rejected whole when anybody in it is not whitelisted, and read when all are', async () => {
    const { caller } = await ready();
    expect(await upload(caller, `number\n${MINE}\n${OTHER}\n`)).toMatchObject({
      status: 'REJECTED',
      loaded: 0,
      rejection: { code: 'FLOW_NOT_RUNNABLE', detail: expect.stringContaining('row 2 would call others') },
    });
    const many = Array.from({ length: 50 }, (_, row) => `+9198765430${String(row).padStart(2, '0')}`);
    const { rejection } = await upload(caller, `number\n${many.join('\n')}\n`);
    expect(rejection.detail).toContain('rows 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 40 more');
    expect(await upload(caller, `number\n${MINE}\nabc\n`)).toMatchObject({
      loaded: 2,
      added: 1,
      rejection: null,
    });
  });

  it('of an account without a whitelisted number is rejected before it is read, as ever', async () => {
    const { caller } = await ready();
    await db.sql`delete from whitelist_phones where account_id = ${caller.accountId} and number = ${MINE}`;
    const form = formWith({ 'a.csv': `number\n${MINE}\n` }, { flowName: 'alerts' });
    const made = (await (await caller.call('POST', '/requests', { form })).json()) as Reply;
    expect(made.requests).toMatchObject([{ status: 'REJECTED', rejection: { code: 'FLOW_NOT_RUNNABLE' } }]);
  });
});

it('a number that leaves the whitelist before its turn is not called', async () => {
  const { caller, flowId } = await ready();
  const { accountId } = caller;
  const { requestId } = await caller.json('POST', '/calls', { flowName: 'alerts', number: MINE });
  await db.sql`update requests set started_at = now(), status = 'IN_PROCESS' where id = ${requestId}`;
  await db.sql`delete from whitelist_phones where account_id = ${accountId}`;
  const reserve = async () =>
    reserveCalls(db, createFrozen(db), {
      accountId,
      flowId,
      provider: 'simulated',
      items: [{ requestId, row: 1, attemptNo: 1 }],
      lineState: () => ({ up: true }),
      now: () => new Date(),
    });
  expect(await reserve()).toEqual([{ kind: 'BLOCKED', rule: 'NOT_WHITELISTED' }]);
  const [attempt] = await db.sql`select outcome, cause from attempts where request_id = ${requestId}`;
  expect(attempt).toEqual({ outcome: 'BLOCKED', cause: 'NOT_WHITELISTED' });
});

it('what a trial does from inside its call goes to whitelisted numbers alone, too', async () => {
  const { caller, flowId } = await ready();
  const { accountId } = caller;
  const { requestId, uuid } = await caller.json('POST', '/calls', { flowName: 'alerts', number: MINE });
  const now = () => new Date();
  await reserveCalls(db, createFrozen(db), {
    accountId,
    flowId,
    provider: 'simulated',
    items: [{ requestId, row: 1, attemptNo: 1 }],
    lineState: () => ({ up: true }),
    now,
  });
  const message = {
    accountId,
    callAttemptId: uuid,
    medium: 'sms' as const,
    sender: undefined,
    provider: 's',
    now,
  };
  expect(await reserveStep(db, { ...message, step: 1, address: OTHER })).toMatchObject({ kind: 'BLOCKED' });
  expect(await reserveStep(db, { ...message, step: 2, address: MINE })).toMatchObject({ kind: 'RESERVED' });
});

it('an approved flow of an account with a contract calls everybody', async () => {
  const { caller, flowId } = await ready();
  await db.sql`update accounts set transactional_contract = true where id = ${caller.accountId}`;
  const operations = await api.operations(caller.accountId);
  await operations.call('POST', `/flows/${flowId}/approve`, { json: { version: 1 } });
  expect(await caller.json('POST', '/calls', { flowName: 'alerts', number: OTHER })).toMatchObject({
    status: 'RECEIVED',
  });
});
