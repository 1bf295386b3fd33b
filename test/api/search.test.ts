import { beforeAll, describe, expect, it } from 'vitest';
import { attemptId } from '../../domain/attempt-id.ts';
import { type Caller, type Reply, testApi } from './support.ts';

const api = await testApi();
const NUMBER = '+919876543210';

let caller: Caller;
let flowId: number;
let requestId: number;
let uuid: string;

beforeAll(async () => {
  caller = await api.caller();
  flowId = await api.flow(caller.accountId, { name: 'Spring survey 100%' });
  const made = await caller.json('POST', '/calls', { flowId, number: NUMBER });
  requestId = made.requestId;
  uuid = made.uuid;
  await api.db.sql`update requests set file_name = 'Müller_customers.csv' where id = ${requestId}`;
  await attempt({ row: 1, attemptNo: 1, address: NUMBER, medium: 'voice', outcome: 'BUSY' });
  await attempt({ row: 2, attemptNo: 1, address: 'asha@example.com', medium: 'email', outcome: 'DELIVERED' });
});

async function attempt(over: {
  row: number;
  attemptNo: number;
  address: string;
  medium: string;
  outcome: string;
}): Promise<void> {
  await api.db.sql`
    insert into attempts (id, account_id, request_id, row, attempt_no, medium, flow_id, flow_version, policy_version,
                          address, provider, settled_at, outcome)
    values (${attemptId({ requestId, step: 0, row: over.row, attemptNo: over.attemptNo })}, ${caller.accountId}, ${requestId},
            ${over.row}, ${over.attemptNo}, ${over.medium}::medium, ${flowId}, 1, 1, ${over.address}, 'simulated', now(),
            ${over.outcome}::outcome)`;
}

const found = async (q: string, by = caller): Promise<Reply[]> => {
  const reply = await by.json('GET', `/search?q=${encodeURIComponent(q)}`);
  return reply.groups.flatMap((group: Reply) => group.items);
};
const types = (items: Reply[]): string[] => items.map((one) => one.type);

describe('the search box', () => {
  it.each([NUMBER, '98765 43210', '09876543210', '+91 (98765) 43210', '919876543210'])(
    'finds a person, and the lists the person is on, by the number written as %s',
    async (q) => {
      const items = await found(q);
      expect(items).toMatchObject([
        { type: 'person', title: NUMBER, detail: 'last voice: busy', number: NUMBER },
        { type: 'request', requestId },
      ]);
    },
  );

  it('finds a call by its UUID in any case, begun or not, and nothing else by it', async () => {
    expect(await found(uuid.toUpperCase())).toMatchObject([{ type: 'call', uuid, requestId, flowId }]);
    const waiting = await caller.json('POST', '/calls', { flowId, number: '+919876543299' });
    expect(await found(waiting.uuid)).toMatchObject([
      { type: 'call', uuid: waiting.uuid, requestId: waiting.requestId, at: null },
    ]);
    const second = attemptId({ requestId: waiting.requestId, row: 1, attemptNo: 2, step: 0 });
    expect(await found(second)).toEqual([]);
  });

  it.each(['müller', 'CUSTOMERS.csv', 'r_c'])('finds a request by part of its file’s name: %s', async (q) => {
    expect(await found(q)).toMatchObject([{ type: 'request', requestId }]);
  });

  it('reads signs of patterns as themselves', async () => {
    expect(types(await found('100%'))).toEqual(['request', 'request', 'flow']);
    expect(await found('%')).toHaveLength(3);
    expect(await found('r-c')).toEqual([]);
    expect(await found('10_%')).toEqual([]);
  });

  it('finds requests and flows by id, and persons by mail address', async () => {
    expect((await found(`#${requestId}`)).map((one) => one.requestId)).toContain(requestId);
    expect((await found(String(flowId))).map((one) => one.flowId)).toContain(flowId);
    expect(await found('Asha@Example.com')).toMatchObject([
      { type: 'person', email: 'asha@example.com', detail: 'last email: delivered' },
    ]);
  });

  it('says that a number is blacklisted though nobody ever called it', async () => {
    await caller.json('POST', '/blacklist/phones', { number: '+919876500001' });
    expect(await found('9876500001')).toMatchObject([
      { type: 'person', detail: 'never contacted, blacklisted', at: null },
    ]);
  });

  it('shows of each kind what the key may read, and nothing of another account', async () => {
    const other = await api.caller();
    for (const q of [NUMBER, uuid, 'survey', String(requestId), String(flowId), 'asha@example.com']) {
      expect(await found(q, other)).toEqual([]);
    }
    const only = async (scope: string, q: string) =>
      types(await found(q, await api.callerWith(caller.accountId, [scope])));
    expect(await only('requests:read', NUMBER)).toEqual(['request']);
    expect(await only('reports:read', NUMBER)).toEqual(['person']);
    expect(await only('flows:read', NUMBER)).toEqual([]);
    expect(await only('flows:read', 'survey')).toEqual(['flow']);
    expect(await only('requests:read', uuid)).toEqual([]);
    expect(await only('lists:read', 'survey')).toEqual([]);
  });

  it('answers at most twenty, the kinds in one order', async () => {
    for (let n = 0; n < 12; n += 1) {
      const id = await api.flow(caller.accountId, { name: `many-${n}`, published: n !== 0 });
      if (n !== 0) await caller.json('POST', '/calls', { flowId: id, number: '+919876543288' });
    }
    const { groups } = await caller.json('GET', '/search?q=many-');
    expect(groups.map((group: Reply) => [group.type, group.items.length])).toEqual([
      ['request', 8],
      ['flow', 8],
    ]);
    expect(groups[0].items[0].title).toMatch(/^Request \d+/);
  });

  it.each([
    ['', 'q'],
    ['q=', 'q'],
    ['q=%20', 'q'],
    [`q=${'x'.repeat(201)}`, 'q'],
    ['q=a&colour=red', 'colour'],
  ])('refuses ?%s', async (query, field) => {
    expect(await caller.json('GET', `/search?${query}`)).toMatchObject({ status: 422, errors: [{ field }] });
  });
});
