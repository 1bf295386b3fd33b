import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { findDialledDid } from '../../db/queries/dids.ts';
import { reserveInbound } from '../../db/queries/inbound.ts';
import { type Reply, testApi } from './support.ts';

const api = await testApi();
const { db } = api;

/** Numbers of one file must differ: they are unique on the platform. */
let last = 1000;
const freshNumber = (): string => `+91226900${String(++last)}`;

async function ready(account: Parameters<typeof api.caller>[1] = {}) {
  const caller = await api.caller(['*'], account);
  const flowId = await api.flow(caller.accountId, { name: 'reception', type: 'inbound' });
  return { caller, flowId };
}

describe('numbers of ours', () => {
  it('are added, listed page by page, changed and given up, and each change is in the audit log', async () => {
    const { caller, flowId } = await ready();
    const [one, two] = [freshNumber(), freshNumber()];
    const made = await caller.json('POST', '/dids', {
      number: one.replace('+91', '0'),
      flowName: 'reception',
    });
    expect(made).toMatchObject({ number: one, flowId, flowName: 'reception', enabled: true });
    await caller.json('POST', '/dids', { number: two, flowId, enabled: false });
    const page = await caller.json('GET', '/dids?limit=1');
    expect(page.items).toMatchObject([{ number: one }]);
    const next = await caller.json('GET', `/dids?limit=1&cursor=${page.nextCursor}`);
    expect(next).toMatchObject({ items: [{ number: two, enabled: false }], nextCursor: null });
    const found = await caller.json('GET', `/dids?number=${encodeURIComponent(two)}`);
    expect(found.items.map((item: Reply) => item.number)).toEqual([two]);
    const other = await api.flow(caller.accountId, { name: 'night', type: 'inbound' });
    expect(await caller.json('PATCH', `/dids/${made.id}`, { flowName: 'night' })).toMatchObject({
      flowId: other,
      enabled: true,
    });
    expect(await caller.json('PATCH', `/dids/${made.id}`, { enabled: false })).toMatchObject({
      flowId: other,
      enabled: false,
    });
    expect((await caller.call('DELETE', `/dids/${made.id}`)).status).toBe(204);
    expect((await caller.call('DELETE', `/dids/${made.id}`)).status).toBe(404);
    expect(await caller.json('GET', `/dids/${made.id}`)).toMatchObject({ code: 'NOT_FOUND' });
    const log = await db.sql`select action, subject from audit_log where account_id = ${caller.accountId}
      and action like 'did.%' order by id`;
    expect(log.map(({ action }) => action)).toEqual([
      'did.add',
      'did.add',
      'did.change',
      'did.change',
      'did.remove',
    ]);
    expect(log[0]?.subject).toBe(`did/${made.id}`);
  });

  it('are refused with the field and the reason', async () => {
    const { caller, flowId } = await ready();
    await api.flow(caller.accountId, { name: 'campaign' });
    await api.flow(caller.accountId, { name: 'draft', type: 'inbound', published: false });
    await api.flow(caller.accountId, { name: 'secret', type: 'inbound', transactional: true });
    const number = freshNumber();
    const add = (body: object) => caller.json('POST', '/dids', { number, ...body });
    const refused = async (body: object, code: string, field: string) =>
      expect(await add(body)).toMatchObject({ code, errors: [{ field }] });
    await refused({ number: '12', flowId }, 'INVALID_NUMBER', 'number');
    await refused({ flowName: 'nobody' }, 'UNKNOWN_FLOW', 'flowName');
    await refused({ flowId: 999_999 }, 'UNKNOWN_FLOW', 'flowId');
    await refused({}, 'INVALID_INPUT', 'flowId');
    await refused({ flowName: 'campaign' }, 'FLOW_NOT_RUNNABLE', 'flowName');
    await refused({ flowName: 'draft' }, 'FLOW_NOT_RUNNABLE', 'flowName');
    await refused({ flowName: 'secret' }, 'FLOW_NOT_RUNNABLE', 'flowName');
    await refused({ flowId, colour: 'red' }, 'INVALID_INPUT', 'colour');
    const { id } = await add({ flowId });
    await refused({ flowId }, 'NUMBER_TAKEN', 'number');
    expect(await caller.json('PATCH', `/dids/${id}`, {})).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await caller.json('PATCH', `/dids/${id}`, { flowName: 'campaign' })).toMatchObject({
      code: 'FLOW_NOT_RUNNABLE',
    });
    expect(await caller.json('PATCH', `/dids/${id}`, { number, enabled: true })).toMatchObject({
      errors: [{ field: 'number' }],
    });
  });

  it('belong to one account: another cannot add, see, change or remove them', async () => {
    const { caller, flowId } = await ready();
    const number = freshNumber();
    const { id } = await caller.json('POST', '/dids', { number, flowId });
    const stranger = await ready();
    const add = await stranger.caller.json('POST', '/dids', { number, flowId: stranger.flowId });
    expect(add).toMatchObject({ status: 409, code: 'NUMBER_TAKEN' });
    expect((await stranger.caller.json('GET', '/dids')).items).toEqual([]);
    for (const [method, body] of [
      ['GET', undefined],
      ['PATCH', { enabled: false }],
      ['DELETE', undefined],
    ] as const) {
      expect((await stranger.caller.call(method, `/dids/${id}`, { json: body })).status).toBe(404);
    }
    // A flow of somebody else's answers nobody's number.
    expect(await stranger.caller.json('POST', '/dids', { number: freshNumber(), flowId })).toMatchObject({
      code: 'UNKNOWN_FLOW',
    });
  });

  it('are at most a thousand an account, and take a scope of their own', async () => {
    const { caller, flowId } = await ready();
    await db.sql`insert into dids (account_id, number, flow_id)
      select ${caller.accountId}, '+9180' || to_char(n, 'FM00000000'), ${flowId} from generate_series(1, 1000) n`;
    const body = { number: freshNumber(), flowId };
    expect(await caller.json('POST', '/dids', body)).toMatchObject({ status: 409, code: 'TOO_MANY_DIDS' });
    const reader = await api.callerWith(caller.accountId, ['dids:read']);
    expect((await reader.json('GET', '/dids')).items).toHaveLength(50);
    expect(await reader.json('POST', '/dids', body)).toMatchObject({ code: 'MISSING_SCOPE' });
  });

  it('added twice with one idempotency key are one', async () => {
    const { caller, flowId } = await ready();
    const body = { number: freshNumber(), flowId };
    const headers = { 'Idempotency-Key': randomUUID() };
    const first = await caller.json('POST', '/dids', body, headers);
    expect(await caller.json('POST', '/dids', body, headers)).toEqual(first);
    expect(first.id).toBeGreaterThan(0);
  });
});

describe('a dialled number', () => {
  it('is found with and without a plus, and as dialled in the country of its account', async () => {
    const { caller, flowId } = await ready();
    const number = freshNumber();
    await caller.json('POST', '/dids', { number, flowId });
    for (const given of [number, number.slice(1), number.replace('+91', '0'), `00${number.slice(1)}`]) {
      expect([given, (await findDialledDid(db, given))?.number]).toEqual([given, number]);
    }
    expect(await findDialledDid(db, `+${number.replace('+91', '')}`)).toBeUndefined();
  });

  it('is not read as one of a country in which its account is not', async () => {
    const india = await ready();
    const number = freshNumber();
    await india.caller.json('POST', '/dids', { number, flowId: india.flowId });
    const britain = await ready({ defaultCountry: 'GB' });
    await britain.caller.json('POST', '/dids', { number: '+442079460001', flowId: britain.flowId });
    // An Indian number added by the British account: only the whole number means it.
    const abroad = freshNumber();
    await britain.caller.json('POST', '/dids', { number: abroad, flowId: britain.flowId });
    expect((await findDialledDid(db, '02079460001'))?.accountId).toBe(britain.caller.accountId);
    expect(await findDialledDid(db, abroad.replace('+91', '0'))).toBeUndefined();
    expect((await findDialledDid(db, abroad))?.accountId).toBe(britain.caller.accountId);
  });

  it('that could be two numbers of ours is neither; with its plus it is the one', async () => {
    const america = await ready({ defaultCountry: 'US' });
    await america.caller.json('POST', '/dids', { number: '+14582555012', flowId: america.flowId });
    expect((await findDialledDid(db, '4582555012'))?.number).toBe('+14582555012');
    const denmark = await ready({ defaultCountry: 'DK' });
    await denmark.caller.json('POST', '/dids', { number: '+4582555012', flowId: denmark.flowId });
    const made = await denmark.caller.json('GET', '/dids');
    expect(made.items).toMatchObject([{ number: '+4582555012' }]);
    expect(await findDialledDid(db, '4582555012')).toBeUndefined();
    expect((await findDialledDid(db, '+4582555012'))?.accountId).toBe(denmark.caller.accountId);
  });
});

describe('a call to us', () => {
  async function called(caller: string) {
    const { caller: client, flowId } = await ready();
    const number = freshNumber();
    await client.json('POST', '/dids', { number, flowId });
    const did = await findDialledDid(db, number);
    if (!did) throw new Error('no number');
    const call = await reserveInbound(db, {
      did,
      trunk: 'test',
      callId: randomUUID(),
      caller,
      now: new Date(),
    });
    return { client, number, call, flowId };
  }

  it('is in the report, on its own and in the CSV, without a request', async () => {
    const { client, number, call, flowId } = await called('+919812345678');
    const { attemptId, accountId } = call;
    const entry = { at: new Date().toISOString(), widget: 'begin', widgetType: 'start', event: 'ENTERED' };
    await db.sql`insert into journeys (attempt_id, account_id, entries)
      values (${attemptId}, ${accountId}, ${db.sql.json([entry])})`;
    const shown = {
      uuid: attemptId,
      direction: 'in',
      requestId: null,
      row: null,
      policyVersion: null,
      number: '+919812345678',
      sender: number,
      flowId,
      flowType: 'inbound',
      state: 'IN_PROGRESS',
    };
    expect((await client.json('GET', '/reports/attempts?direction=in')).items).toMatchObject([shown]);
    expect((await client.json('GET', '/reports/attempts?direction=out')).items).toEqual([]);
    expect((await client.json('GET', '/reports/attempts?number=09812345678')).items).toHaveLength(1);
    expect(await client.json('GET', `/calls/${attemptId}`)).toMatchObject({
      ...shown,
      attempts: [{ uuid: attemptId, attemptNo: 1, outcome: null }],
      journey: [entry],
    });
    const csv = await (await client.call('GET', '/reports/attempts.csv')).text();
    const [head, line] = csv.trim().split(/\r?\n/);
    const cell = (name: string) => line?.split(',')[head?.split(',').indexOf(name) ?? -1];
    expect([cell('uuid'), cell('requestId'), cell('row'), cell('direction')]).toEqual([
      attemptId,
      '',
      '',
      'in',
    ]);
  });

  it('by a caller who withholds the number shows none', async () => {
    const { client, call } = await called('anonymous');
    expect(await client.json('GET', `/calls/${call.attemptId}`)).toMatchObject({ number: null, email: null });
  });

  it('is nobody else’s to see', async () => {
    const { call } = await called('+919812345678');
    const stranger = await api.caller();
    expect(await stranger.json('GET', `/calls/${call.attemptId}`)).toMatchObject({ code: 'NOT_FOUND' });
  });
});
