/** What is guaranteed about splits: nobody in two arms, all arms or none, and differences that are said with care. */
// Before any schema is made: it gives them what the API's routes describe them by.
import '@hono/zod-openapi';
import { describe, expect, it } from 'vitest';
import { createIngestList } from '../../activities/ingest-list.ts';
import { findRegistered } from '../../db/queries/register.ts';
import { armOf } from '../../domain/split.ts';
import { createLogger } from '../../log.ts';
import { localRegister } from '../../providers/register/local-table.ts';
import { StorageMissing } from '../../providers/storage/storage.ts';
import { type Caller, definition, formWith, type Reply, testApi } from './support.ts';

const api = await testApi();
const { db } = api;
const ingest = createIngestList({
  db,
  storage: api.deps.storage,
  register: localRegister((question) => findRegistered(db, question)),
  log: createLogger('test', 'silent'),
});

const numberOf = (n: number): string => `+9198765${String(n).padStart(5, '0')}`;
const SURVEY = definition({
  widgets: {
    begin: { type: 'start', next: 'ask' },
    ask: {
      type: 'menu',
      speech: [{ text: 'Press a key' }],
      variable: 'answer',
      branches: { '1': 'bye', '2': 'bye' },
      noInput: 'bye',
    },
    bye: { type: 'hang-up' },
  },
});

async function ready() {
  const caller = await api.caller();
  const [a, b] = [
    await api.flow(caller.accountId, { name: 'a', definition: SURVEY }),
    await api.flow(caller.accountId, { name: 'b', definition: SURVEY }),
  ];
  const split = (json: Record<string, unknown>) =>
    caller.json('POST', '/splits', { arms: [{ flowName: 'a' }, { flowName: 'b' }], ...json });
  return { caller, split, flows: [a, b] };
}

async function numbersOf(caller: Caller, requestId: number): Promise<(string | null)[]> {
  const rows = await db.sql<{ number: string | null }[]>`
    select number from records where request_id = ${requestId} and account_id = ${caller.accountId} order by row`;
  return rows.map(({ number }) => number);
}

const records = (count: number) => Array.from({ length: count }, (_, n) => ({ number: numberOf(n) }));
const requestCount = async (caller: Caller) => (await caller.json('GET', '/requests')).items.length;

describe('a split of records', () => {
  it('puts everybody into one arm, by number and salt, also who stands in the list twice or otherwise written', async () => {
    const { caller, split, flows } = await ready();
    const twice = [...records(300), ...records(40).map(({ number }) => ({ number: `0${number.slice(3)}` }))];
    const made = await split({ name: 'Greeting', salt: 's', records: twice });
    expect(made).toMatchObject({
      name: 'Greeting',
      salt: 's',
      arms: [{ name: 'A', weight: 1 }, { name: 'B' }],
    });
    const [first, second] = made.arms.map((arm: Reply) => arm.request);
    expect([first.flowId, second.flowId]).toEqual(flows);
    expect(first.loaded + second.loaded).toBe(340);
    expect(first.added + second.added).toBe(300);
    expect((first.rejected.DUPLICATE ?? 0) + (second.rejected.DUPLICATE ?? 0)).toBe(40);
    for (const [arm, request] of [first, second].entries()) {
      expect(request.split).toEqual({ id: made.id, arm });
      for (const number of await numbersOf(caller, request.id)) {
        expect(armOf(number ?? undefined, { salt: 's', weights: [1, 1] })).toBe(arm);
      }
    }
    expect(first.added).toBeGreaterThan(100);
    expect(second.added).toBeGreaterThan(100);
  });

  it('keeps people in their arm in another list with the same arms, and sorts them anew under another salt', async () => {
    const { caller, split } = await ready();
    const one = await split({ records: records(100) });
    const other = await split({ records: [...records(100)].reverse() });
    const anew = await split({ records: records(100), salt: 'another' });
    const sets = await Promise.all(
      [one, other, anew].map(async (made) => (await numbersOf(caller, made.arms[0].request.id)).sort()),
    );
    expect(sets[1]).toEqual(sets[0]);
    expect(sets[2]).not.toEqual(sets[0]);
  });

  it('answers for rows without a number once, and follows the weights', async () => {
    const { split } = await ready();
    const made = await split({
      arms: [
        { flowName: 'a', weight: 1, name: 'new' },
        { flowName: 'b', weight: 9, name: 'old' },
      ],
      records: [...records(500), { number: 'abc' }, { number: '' }],
    });
    const [few, many] = made.arms.map((arm: Reply) => arm.request);
    expect(few.rejected).toEqual({ INVALID_NUMBER: 1, MISSING_NUMBER: 1 });
    expect(many.rejected).toEqual({});
    expect(few.added + many.added).toBe(500);
    expect(few.added).toBeLessThan(100);
  });

  it('is made once under one key', async () => {
    const { caller } = await ready();
    const json = { arms: [{ flowName: 'a' }, { flowName: 'b' }], records: records(4) };
    const once = () => caller.json('POST', '/splits', json, { 'Idempotency-Key': 'split' });
    expect(await once()).toEqual(await once());
    expect(await requestCount(caller)).toBe(2);
  });

  it.each([
    ['one arm', { arms: [{ flowName: 'a' }] }, 'arms'],
    ['six arms', { arms: Array(6).fill({ flowName: 'a' }) }, 'arms'],
    ['an arm without a flow', { arms: [{ flowName: 'a' }, {}] }, 'arms.1.flowId'],
    ['a flow that is not there', { arms: [{ flowName: 'a' }, { flowName: 'x' }] }, 'arms.1.flowName'],
    ['no weight', { arms: [{ flowName: 'a', weight: 0 }, { flowName: 'b' }] }, 'arms.0.weight'],
    [
      'a name twice',
      {
        arms: [
          { flowName: 'a', name: 'x' },
          { flowName: 'b', name: 'x' },
        ],
      },
      'arms.1.name',
    ],
    ['nobody', { records: [] }, 'records'],
    ['an open split', { open: true }, 'open'],
  ])('refuses %s, names the field and makes nothing', async (_, json, field) => {
    const { caller, split } = await ready();
    const reply = await split({ records: records(3), ...json });
    expect(reply.status).toBe(422);
    expect(reply.errors?.[0].field).toBe(field);
    expect(await requestCount(caller)).toBe(0);
    expect((await caller.json('GET', '/splits')).items).toEqual([]);
  });

  it('makes no arm when one of the flows may not run', async () => {
    const { caller, split } = await ready();
    await api.flow(caller.accountId, { name: 'draft', published: false });
    await api.flow(caller.accountId, { name: 'alerts', transactional: true });
    await db.sql`insert into whitelist_phones (account_id, number, verified_at)
      values (${caller.accountId}, ${numberOf(1)}, now())`;
    for (const flowName of ['draft', 'alerts']) {
      expect(await split({ arms: [{ flowName: 'a' }, { flowName }], records: records(3) })).toMatchObject({
        code: 'FLOW_NOT_RUNNABLE',
        errors: [{ field: 'arms.1' }],
      });
    }
    expect(await requestCount(caller)).toBe(0);
  });
});

describe('a split of a file', () => {
  async function upload(
    caller: Caller,
    content: string,
    fields: Record<string, string> = {},
  ): Promise<Reply> {
    const arms = JSON.stringify([{ flowName: 'a' }, { flowName: 'b', weight: 2 }]);
    const form = formWith({ 'people.csv': content }, { arms, ...fields });
    return (await caller.call('POST', '/splits', { form })).json();
  }
  const idsOf = (made: Reply): number[] => made.arms.map((arm: Reply) => arm.request.id);
  const list = (rows: string[]): string => `number,name\n${rows.join('\n')}\n`;

  it('gives each arm its own rows, answers for every row once, and removes the file when all have read it', async () => {
    const { caller } = await ready();
    const rows = [
      ...records(200).map(({ number }) => `${number},x`),
      `${numberOf(5)},again`,
      'abc,x',
      'a,b,c',
    ];
    const made = await upload(caller, list(rows));
    const ids = idsOf(made);
    const [{ upload_key: key = '' } = {}] =
      await db.sql`select upload_key from requests where id = ${ids[0] ?? 0}`;
    await ingest({ accountId: caller.accountId, requestId: ids[1] ?? 0 });
    await api.deps.storage.read(key).then((stream) => stream.destroy());
    await ingest({ accountId: caller.accountId, requestId: ids[0] ?? 0 });
    await expect(api.deps.storage.read(key)).rejects.toThrow(StorageMissing);
    const requests = await Promise.all(ids.map((id) => caller.json('GET', `/requests/${id}`)));
    const sum = (pick: (request: Reply) => number) => requests.reduce((total, one) => total + pick(one), 0);
    expect(sum((one) => one.loaded)).toBe(rows.length);
    expect(sum((one) => one.added)).toBe(200);
    expect(requests[0].rejected).toMatchObject({ INVALID_NUMBER: 1, MALFORMED_ROW: 1 });
    const all = (await Promise.all(ids.map((id) => numbersOf(caller, id))))
      .flat()
      .filter((one) => one !== null);
    expect(new Set(all).size).toBe(200);
    for (const [arm, id] of ids.entries()) {
      for (const number of await numbersOf(caller, id)) {
        if (number) expect(armOf(number, { salt: made.salt, weights: [1, 2] })).toBe(arm);
      }
      const rowsOf = await db.sql`select row from records where request_id = ${id} order by row`;
      expect(rowsOf.map(({ row }) => row)).toEqual(rowsOf.map((_, index) => index + 1));
    }
  });

  it('read again after a crash is as if it had been read once', async () => {
    const { caller } = await ready();
    const ids = idsOf(await upload(caller, list(records(20).map(({ number }) => `${number},x`))));
    for (const requestId of [...ids, ...ids]) await ingest({ accountId: caller.accountId, requestId });
    const requests = await Promise.all(ids.map((id) => caller.json('GET', `/requests/${id}`)));
    expect(requests.reduce((total, one) => total + one.added, 0)).toBe(20);
  });

  it('that cannot be read is rejected in every arm, for the same reason', async () => {
    const { caller } = await ready();
    const made = await upload(caller, 'name,city\nAsha,Pune\n');
    for (const requestId of idsOf(made)) {
      await ingest({ accountId: caller.accountId, requestId });
      expect(await caller.json('GET', `/requests/${requestId}`)).toMatchObject({
        status: 'REJECTED',
        rejection: { code: 'NO_PHONE_COLUMN' },
      });
    }
    const compared = await caller.json('GET', `/splits/${made.id}`);
    expect(compared.cautions.map((one: Reply) => one.code)).toContain('UNEVEN_END');
  });

  it('may leave an arm without anybody, and is refused without a file or with arms that are no JSON', async () => {
    const { caller } = await ready();
    const ids = idsOf(await upload(caller, list([`${numberOf(1)},x`])));
    for (const requestId of ids) await ingest({ accountId: caller.accountId, requestId });
    const loaded = await Promise.all(
      ids.map(async (id) => (await caller.json('GET', `/requests/${id}`)).loaded),
    );
    expect(loaded.sort()).toEqual([0, 1]);
    expect(await upload(caller, 'number\n1\n', { arms: 'a,b' })).toMatchObject({
      errors: [{ field: 'arms' }],
    });
    const form = formWith({}, { arms: JSON.stringify([{ flowName: 'a' }, { flowName: 'b' }]) });
    expect(await (await caller.call('POST', '/splits', { form })).json()).toMatchObject({
      errors: [{ field: 'files' }],
    });
  });
});

describe('comparing', () => {
  /** What workers write of a call: its outcome, and the keys that were pressed. */
  async function calls(requestId: number, answered: number, pressed: Record<string, number>): Promise<void> {
    const rows = await db.sql<{ row: number; account_id: number }[]>`
      select row, account_id from records where request_id = ${requestId} and result = 'ACCEPTED' order by row`;
    const keys = Object.entries(pressed).flatMap(([key, count]) => Array<string>(count).fill(key));
    for (const [index, { row, account_id: accountId }] of rows.entries()) {
      const id = `00000000-0000-4000-8000-${String(requestId).padStart(6, '0')}${String(row).padStart(6, '0')}`;
      const outcome = index < answered ? 'ANSWERED' : 'BUSY';
      await db.sql`update records set outcome = ${outcome}, ended_at = now(), last_attempt_id = ${id}
        where request_id = ${requestId} and row = ${row}`;
      const heard = (digits: string) => ({
        at: '',
        widget: 'ask',
        widgetType: 'menu',
        event: 'GATHERED',
        data: { digits },
      });
      const key = keys[index];
      const entries = key === undefined ? [] : [heard('9'), heard(key)];
      await db.sql`insert into journeys (attempt_id, account_id, entries)
        values (${id}, ${accountId}, ${db.sql.json(entries)})`;
    }
    await db.sql`insert into request_tallies (request_id, kind, value, shard, account_id, count)
      select id, 'outcome', v.value, 0, account_id, v.count from requests,
        (values ('ANSWERED', ${answered}::int), ('BUSY', ${rows.length - answered}::int)) as v (value, count)
      where id = ${requestId}`;
    await db.sql`update requests set status = 'COMPLETED', ended_at = now() where id = ${requestId}`;
  }

  it('counts the last key a widget took, of all people of an arm, and says what the difference shows', async () => {
    const { caller, split } = await ready();
    const made = await split({ salt: 'x', records: records(600) });
    const [first, second] = made.arms.map((arm: Reply) => arm.request);
    expect(await caller.json('GET', `/splits/${made.id}`)).toMatchObject({
      final: false,
      cautions: [{ code: 'STILL_RUNNING' }, { code: 'FEW_PEOPLE' }],
      comparisons: [{ verdict: 'TOO_FEW', difference: null }, { verdict: 'TOO_FEW' }],
    });
    const answered = ({ added }: Reply): number => Math.round(added * 0.7);
    await calls(first.id, answered(first), { '1': 40, '2': 30, '5': 7 });
    await calls(second.id, answered(second), { '1': 110, '2': 10 });
    const compared = await caller.json('GET', `/splits/${made.id}?variable=answer&value=1`);
    expect(compared).toMatchObject({
      ...{ final: true, variable: 'answer', value: '1', cautions: [] },
      arms: [
        // Nine and five are on no branch of the menu: nobody's answer.
        { name: 'A', values: { '1': 40, '2': 30 }, converted: { count: 40, of: first.added } },
        { name: 'B', values: { '1': 110, '2': 10 }, answered: { count: answered(second), of: second.added } },
      ],
    });
    const of = (measure: string) => compared.comparisons.find((one: Reply) => one.measure === measure);
    expect(of('converted')).toMatchObject({ arm: 'B', against: 'A', verdict: 'HIGHER' });
    expect(of('converted').difference).toBeCloseTo(110 / second.added - 40 / first.added, 10);
    expect(of('converted').low).toBeGreaterThan(0);
    expect(of('answered')).toMatchObject({ verdict: 'NO_DIFFERENCE_SHOWN' });
    // Any value at all.
    const any = await caller.json('GET', `/splits/${made.id}?variable=answer`);
    expect(any.arms.map((arm: Reply) => arm.converted.count)).toEqual([70, 120]);
    const none = await caller.json('GET', `/splits/${made.id}?variable=colour`);
    expect(none.arms[0]).toMatchObject({ values: {}, converted: { count: 0 } });
  });

  it('is refused with a value of no variable, and of a split that is not there', async () => {
    const { caller, split } = await ready();
    const { id } = await split({ records: records(2) });
    expect(await caller.json('GET', `/splits/${id}?value=1`)).toMatchObject({ errors: [{ field: 'value' }] });
    expect(await caller.json('GET', `/splits/${id + 1000}`)).toMatchObject({ code: 'NOT_FOUND' });
    const other = await api.caller();
    expect(await other.json('GET', `/splits/${id}`)).toMatchObject({ code: 'NOT_FOUND' });
    expect((await other.json('GET', '/splits')).items).toEqual([]);
  });

  it('lists splits, newest first, page by page', async () => {
    const { caller, split } = await ready();
    const ids: number[] = [];
    for (let n = 0; n < 3; n += 1) ids.push((await split({ records: records(2) })).id);
    const page = await caller.json('GET', '/splits?limit=2');
    const rest = await caller.json('GET', `/splits?limit=2&cursor=${page.nextCursor}`);
    expect([...page.items, ...rest.items].map((one: Reply) => one.id)).toEqual(ids.reverse());
  });
});
