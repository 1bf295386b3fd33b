/** What is guaranteed about test calls: verified numbers alone, drafts too, at any hour, and counted nowhere. */
// Before any schema is made: it gives them what the API's routes describe them by.
import '@hono/zod-openapi';
import { DateTime } from 'luxon';
import { expect, it } from 'vitest';
import { createFrozen } from '../../db/queries/frozen.ts';
import { reserveCalls } from '../../db/queries/reserve-calls.ts';
import { definition, testApi } from './support.ts';

const api = await testApi();
const { db } = api;
const [MINE, UNPROVED, STRANGER] = ['+919876543210', '+919876543299', '+919876543233'];

async function ready(over: Parameters<typeof api.flow>[1] = {}) {
  const caller = await api.caller();
  const flowId = await api.flow(caller.accountId, { name: 'offer', ...over });
  await db.sql`insert into whitelist_phones (account_id, number, verified_at)
    values (${caller.accountId}, ${MINE}, now()), (${caller.accountId}, ${UNPROVED}, null)`;
  const test = (json: Record<string, unknown> = {}) =>
    caller.json('POST', `/flows/${flowId}/test-call`, { number: MINE, ...json });
  return { caller, flowId, test };
}

/** Two hours of the day that are not now, by the account's clock. */
function closedNow() {
  const hour = (DateTime.now().setZone('Asia/Kolkata').hour + 12) % 24;
  const time = (value: number): string => `${String(value).padStart(2, '0')}:00`;
  return { from: time(Math.min(hour, 22)), to: time(Math.min(hour, 22) + 2) };
}

const reserve = (accountId: number, flowId: number, requestId: number) =>
  reserveCalls(db, createFrozen(db), {
    accountId,
    flowId,
    provider: 'simulated',
    items: [{ requestId, row: 1, attemptNo: 1 }],
    lineState: () => ({ up: true }),
    now: () => new Date(),
  });

it('is made at once outside the hours of flow and law, to a number on the register, and says so', async () => {
  const settings = { callingHours: [closedNow()], concurrency: 7, ringTimeoutMs: 12_000 };
  const { caller, flowId, test } = await ready({ definition: definition({ settings }) });
  const reply = await test({ variables: { name: 'Asha' } });
  expect(reply).toMatchObject({ requestId: expect.any(Number), flowVersion: 1 });
  expect(reply.notices).toEqual([
    expect.stringContaining('outside the hours'),
    expect.stringContaining('register was not asked'),
  ]);
  expect(await caller.json('GET', `/requests/${reply.requestId}`)).toMatchObject({
    source: 'test',
    added: 1,
    policy: { test: true, promotional: false, callingHours: null, concurrency: 7, ringTimeoutMs: 12_000 },
  });
  expect(await reserve(caller.accountId, flowId, reply.requestId)).toMatchObject([{ kind: 'RESERVED' }]);
});

it('runs the draft as it is now, which no later change, nor another trial of it, can alter', async () => {
  const { caller, flowId, test } = await ready({ published: false });
  const first = await test({ version: 'draft' });
  expect(first.flowVersion).toBe(-1);
  expect((await test({ version: 'draft' })).flowVersion).toBe(-1);
  await caller.json('PUT', `/flows/${flowId}`, { definition: definition({ language: 'en-GB' }) });
  // Without a published version the draft is what there is.
  expect((await test()).flowVersion).toBe(-2);
  const [kept] = await db.sql`select definition->>'language' as language from flow_versions
    where flow_id = ${flowId} and version = -1`;
  expect(kept?.language).not.toBe('en-GB');
  // Trials are no versions: the first one published is number 1, and the list has it alone.
  expect(await caller.json('POST', `/flows/${flowId}/publish`)).toMatchObject({ version: 1 });
  const { items } = await caller.json('GET', `/flows/${flowId}/versions`);
  expect(items.map((one: { version: number }) => one.version)).toEqual([1]);
  expect((await test()).flowVersion).toBe(1);
});

it('is a call like any other to whoever follows it, marked as a test in reports', async () => {
  const { caller, flowId, test } = await ready();
  const { requestId, uuid } = await test();
  expect(await caller.json('GET', `/calls/${uuid}`)).toMatchObject({ state: 'SCHEDULED', test: true });
  await reserve(caller.accountId, flowId, requestId);
  const { items } = await caller.json('GET', `/reports/attempts?requestId=${requestId}`);
  expect(items).toMatchObject([{ uuid, test: true }]);
  const other = await caller.json('POST', '/calls', { flowName: 'offer', number: MINE });
  expect(await caller.json('GET', `/calls/${other.uuid}`)).toMatchObject({ test: false });
});

it('is made by a transactional flow that may not run yet', async () => {
  const { test } = await ready({ transactional: true });
  expect(await test()).toMatchObject({ flowVersion: 1, notices: [] });
});

it('is not made to anybody but a verified number, nor to one that is blacklisted, and makes nothing', async () => {
  const { caller, test } = await ready();
  for (const number of [UNPROVED, STRANGER]) {
    expect(await test({ number })).toMatchObject({
      status: 422,
      code: 'NOT_WHITELISTED',
      errors: [{ field: 'number', message: expect.stringContaining('verified numbers') }],
    });
  }
  expect(await test({ number: 'abc' })).toMatchObject({ code: 'INVALID_NUMBER' });
  await caller.json('POST', '/blacklist/phones', { numbers: [MINE] });
  expect(await test()).toMatchObject({ code: 'BLACKLISTED', errors: [{ field: 'number' }] });
  expect((await caller.json('GET', '/requests')).items).toEqual([]);
});

it('to a number that leaves the whitelist before its turn is not made', async () => {
  const { caller, flowId, test } = await ready();
  const { requestId } = await test();
  await db.sql`delete from whitelist_phones where account_id = ${caller.accountId}`;
  expect(await reserve(caller.accountId, flowId, requestId)).toEqual([
    { kind: 'BLOCKED', rule: 'NOT_WHITELISTED' },
  ]);
});

it('is refused for a draft with faults, a version that is not there, a missing variable and a flow that calls nobody', async () => {
  const bad = await ready({
    definition: definition({ start: 'nowhere' }),
    published: false,
  });
  expect(await bad.test()).toMatchObject({ code: 'FLOW_HAS_PROBLEMS', errors: [expect.anything()] });
  const good = await ready({ definition: definition({ variables: [{ name: 'name', required: true }] }) });
  expect(await good.test({ version: 7 })).toMatchObject({ code: 'FLOW_NOT_PUBLISHED' });
  expect(await good.test()).toMatchObject({ code: 'MISSING_VARIABLE', errors: [{ field: 'variables' }] });
  expect(await good.test({ variables: { name: 'Asha' } })).toMatchObject({ flowVersion: 1 });
  const inbound = await ready({ type: 'inbound' });
  expect(await inbound.test()).toMatchObject({ code: 'FLOW_NOT_RUNNABLE' });
  expect(await good.test({ version: 0 })).toMatchObject({
    code: 'INVALID_INPUT',
    errors: [{ field: 'version' }],
  });
});

it('is not called again or cloned as if it had been a campaign', async () => {
  const { caller, test } = await ready();
  const { requestId } = await test();
  await db.sql`update requests set status = 'COMPLETED', ended_at = now() where id = ${requestId}`;
  for (const word of ['retry-failures', 'clone']) {
    expect(await caller.json('POST', `/requests/${requestId}/${word}`, {})).toMatchObject({
      code: 'IS_A_TEST',
    });
  }
});
