/** What is guaranteed about open requests: every lead is answered for once, whoever adds them and whenever. */
import { describe, expect, it } from 'vitest';
import { LIST_LIMITS } from '../../domain/list/limits.ts';
import { type Reply, testApi } from './support.ts';

const api = await testApi();
const { db } = api;
const numberOf = (n: number): string => `+9198765${String(n).padStart(5, '0')}`;

async function ready(over: Record<string, unknown> = {}) {
  const caller = await api.caller();
  await api.flow(caller.accountId, { name: 'survey' });
  const made = await caller.json('POST', '/requests', {
    ...{ flowName: 'survey', open: true },
    ...over,
  });
  const { id } = made.requests[0];
  const add = (numbers: string[], headers?: Record<string, string>) =>
    caller.json(
      'POST',
      `/requests/${id}/records`,
      { records: numbers.map((number) => ({ number })) },
      headers,
    );
  const post = (word: string) => caller.json('POST', `/requests/${id}/${word}`);
  const get = () => caller.json('GET', `/requests/${id}`);
  return { caller, id, add, post, get };
}

/** Rows, counters and tallies say the same. */
async function expectBalanced(id: number): Promise<void> {
  const [books] = await db.sql`
    select r.loaded, r.added, count(c.*)::int as rows, count(c.*) filter (where c.result = 'ACCEPTED')::int as accepted,
           count(distinct c.row)::int as numbers, coalesce(max(c.row), 0) as last,
           (select sum(count)::int from request_tallies where request_id = r.id and kind = 'result') as tallied
    from requests r left join records c on c.request_id = r.id where r.id = ${id} group by r.id`;
  const { loaded, added } = books ?? {};
  expect(books).toEqual({
    loaded,
    added,
    rows: loaded,
    accepted: added,
    numbers: loaded,
    last: loaded,
    tallied: loaded,
  });
}

describe('adding', () => {
  it('by many at once takes each person once, and answers each adder for its own rows', async () => {
    const { id, add, get } = await ready();
    const replies: Reply[] = await Promise.all(
      Array.from({ length: 12 }, (_, adder) => add([numberOf(adder % 4), numberOf(100 + adder), 'abc'])),
    );
    for (const [adder, reply] of replies.entries()) {
      expect(reply.records.map((one: Reply) => one.number)).toEqual([
        numberOf(adder % 4),
        numberOf(100 + adder),
        null,
      ]);
      expect(reply.records[2]).toMatchObject({ result: 'INVALID_NUMBER' });
    }
    const results = replies.map((reply) => reply.records[0].result);
    expect(results.filter((result) => result === 'ACCEPTED')).toHaveLength(4);
    expect(results.filter((result) => result === 'DUPLICATE')).toHaveLength(8);
    expect(await get()).toMatchObject({ loaded: 36, added: 16 });
    await expectBalanced(id);
  });

  it('a repeat is told which row it repeats, over all additions', async () => {
    const { add } = await ready();
    await add([numberOf(1)]);
    await add([numberOf(2)]);
    expect(await add([numberOf(1)])).toMatchObject({
      loaded: 1,
      added: 0,
      rejected: { DUPLICATE: 1 },
      records: [{ row: 3, result: 'DUPLICATE', detail: 'the same number as row 1' }],
    });
  });

  it('under one key is done once, whatever broke in between', async () => {
    const { id, add, get } = await ready();
    const key = { 'Idempotency-Key': 'lead-1' };
    const first = await add([numberOf(1)], key);
    expect(await add([numberOf(1)], key)).toEqual(first);
    expect(await add([numberOf(2)], key)).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    expect(await get()).toMatchObject({ loaded: 1, added: 1 });
    await expectBalanced(id);
  });

  it('tells the workflow with the rows, or not at all', async () => {
    const { id, add } = await ready();
    await db.sql`delete from outbox where request_id = ${id}`;
    await add([numberOf(1)]);
    expect((await db.sql`select kind from outbox where request_id = ${id}`).map((row) => row.kind)).toEqual([
      'changed',
    ]);
    await add(['']);
    await expectBalanced(id);
  });

  it('to a paused request is taken, and waits', async () => {
    const { add, post, get } = await ready();
    await post('pause');
    expect(await add([numberOf(1)])).toMatchObject({ added: 1 });
    expect(await get()).toMatchObject({ status: 'PAUSED', added: 1, open: true });
  });

  it('to one that is cancelling, ended or past its end time is refused or too late', async () => {
    const past = await ready();
    await db.sql`update requests set end_at = now() - interval '1 minute' where id = ${past.id}`;
    expect(await past.add([numberOf(1)])).toMatchObject({ added: 0, rejected: { TOO_LATE: 1 } });
    await db.sql`update requests set status = 'EXPIRED', ended_at = now() where id = ${past.id}`;
    expect(await past.add([numberOf(2)])).toMatchObject({ status: 409, code: 'REQUEST_ENDED' });
    const cancelled = await ready();
    await cancelled.post('cancel');
    expect(await cancelled.add([numberOf(1)])).toMatchObject({ status: 409, code: 'REQUEST_CANCELLING' });
  });

  it('has a limit, and says how many more there may be', async () => {
    const { id, add } = await ready();
    await db.sql`update requests set loaded = ${LIST_LIMITS.rows - 1} where id = ${id}`;
    expect(await add([numberOf(1), numberOf(2)])).toMatchObject({
      status: 409,
      code: 'REQUEST_FULL',
      detail: expect.stringContaining('1 more'),
    });
  });

  it('of nobody is refused', async () => {
    const { add } = await ready();
    expect(await add([])).toMatchObject({ code: 'INVALID_INPUT', errors: [{ field: 'records' }] });
  });
});

describe('closing while people are added', () => {
  it('takes whoever came before it whole, and nobody after it', async () => {
    const { id, add, post, get } = await ready();
    const adding = Array.from({ length: 10 }, (_, adder) => add([numberOf(adder), numberOf(50 + adder)]));
    const [replies, closed] = await Promise.all([Promise.all(adding), post('close')]);
    expect(closed).toMatchObject({ open: false });
    const taken = replies.filter((reply) => reply.loaded !== undefined);
    for (const reply of replies.filter((one) => one.loaded === undefined)) {
      expect(reply).toMatchObject({ status: 409, code: 'REQUEST_NOT_OPEN' });
    }
    expect(await get()).toMatchObject({ loaded: taken.length * 2, added: taken.length * 2, open: false });
    await expectBalanced(id);
    expect(await add([numberOf(99)])).toMatchObject({ code: 'REQUEST_NOT_OPEN' });
  });
});
