import { describe, expect, it } from 'vitest';
import { definition, type Reply, testApi } from './support.ts';

const api = await testApi();

async function ready(over: Record<string, unknown> = {}) {
  const caller = await api.caller();
  await api.flow(caller.accountId, { name: 'survey', definition: definition(over) });
  const send = (json: unknown) => caller.json('POST', '/requests', json);
  const make = async (over: Record<string, unknown> = {}): Promise<number> => {
    const made = await send({ flowName: 'survey', records: [{ number: '+919876543210' }], ...over });
    return made.requests[0].id;
  };
  return { caller, send, make };
}

/** What workers write when a record has ended. */
async function end(requestId: number, row: number, outcome: string): Promise<void> {
  await api.db.sql`
    update records set outcome = ${outcome}, ended_at = now(), attempts = 1
    where request_id = ${requestId} and row = ${row}`;
  await api.db.sql`
    insert into request_tallies (request_id, kind, value, shard, account_id, count)
    select id, 'outcome', ${outcome}, ${row}, account_id, 1 from requests where id = ${requestId}`;
}
async function finish(requestId: number, status = 'COMPLETED'): Promise<void> {
  await api.db.sql`update requests set status = ${status}, ended_at = now() where id = ${requestId}`;
}

describe('POST /requests with records', () => {
  it('decides every record at once, in the order of the closed list', async () => {
    const { caller, send } = await ready({ variables: [{ name: 'name', required: true }] });
    await caller.json('POST', '/blacklist/phones', { numbers: ['9876543213'] });
    const variables = { name: 'Asha' };
    const made = await send({
      flowName: 'survey',
      records: [
        { number: '98765 43210', variables },
        { number: '', variables },
        { number: 'abc', variables },
        { number: '+919876543210', variables },
        { number: '+919876543213', variables },
        { number: '+919876543214' },
      ],
    });
    expect(made.requests).toMatchObject([
      {
        status: 'RECEIVED',
        loaded: 6,
        added: 1,
        completed: 0,
        completionPercent: 0,
        rejected: { MISSING_NUMBER: 1, INVALID_NUMBER: 1, DUPLICATE: 1, BLACKLISTED: 1, MISSING_VARIABLE: 1 },
      },
    ]);
    const { items } = await caller.json('GET', `/requests/${made.requests[0].id}/records`);
    expect(items.map((one: Reply) => [one.row, one.number, one.result])).toEqual([
      [1, '+919876543210', 'ACCEPTED'],
      [2, null, 'MISSING_NUMBER'],
      [3, null, 'INVALID_NUMBER'],
      [4, '+919876543210', 'DUPLICATE'],
      [5, '+919876543213', 'BLACKLISTED'],
      [6, '+919876543214', 'MISSING_VARIABLE'],
    ]);
  });

  it.each([
    ['no records', { flowName: 'survey', records: [] }, 'records'],
    ['a record without a number', { flowName: 'survey', records: [{}] }, 'records.0.number'],
    ['an unknown field', { flowName: 'survey', records: [{ number: '1' }], colour: 1 }, 'colour'],
    ['both flow id and name', { flowName: 'survey', flowId: 1, records: [{ number: '1' }] }, 'flowId'],
  ])('refuses %s and names the field', async (_, json, field) => {
    const { send } = await ready();
    expect(await send(json)).toMatchObject({ code: 'INVALID_INPUT', errors: [{ field }] });
  });

  it('refuses what is not JSON, not UTF-8, too large or of another type', async () => {
    const { caller } = await ready();
    const status = async (json: string, type = 'application/json') =>
      (await caller.call('POST', '/requests', { json, headers: { 'content-type': type } })).status;
    expect(await status('{')).toBe(400);
    expect(await status('a', 'text/csv')).toBe(415);
    expect(await status(' '.repeat(25 * 1024 * 1024 + 1))).toBe(413);
  });
});

describe('GET /requests', () => {
  it('filters, and pages through all without a repeat', async () => {
    const { caller, make } = await ready();
    const ids = [];
    for (let n = 0; n < 5; n += 1) ids.push(await make());
    await finish(ids[2] ?? 0);
    const list = async (query: string) => caller.json('GET', `/requests?${query}`);
    const first = await list('limit=2');
    const second = await list(`limit=2&cursor=${first.nextCursor}`);
    const third = await list(`limit=2&cursor=${second.nextCursor}`);
    expect([first, second, third].flatMap((page) => page.items.map((one: Reply) => one.id))).toEqual(
      [...ids].reverse(),
    );
    expect(third.nextCursor).toBeNull();
    expect((await list('status=COMPLETED')).items.map((one: Reply) => one.id)).toEqual([ids[2]]);
    expect((await list(`id=${ids[1]}`)).items).toHaveLength(1);
    expect((await list('flowName=survey&flowType=outbound')).items).toHaveLength(5);
    expect((await list('flowName=other')).items).toEqual([]);
    expect((await list('from=2999-01-01T00:00:00Z')).items).toEqual([]);
    expect((await list('to=2999-01-01T00:00:00Z')).items).toHaveLength(5);
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=many', 'limit'],
    ['cursor=x', 'cursor'],
    ['status=DONE', 'status'],
    ['from=today', 'from'],
    ['colour=red', 'colour'],
  ])('refuses ?%s and names it', async (query, field) => {
    const { caller } = await ready();
    const reply = await caller.json('GET', `/requests?${query}`);
    expect(reply).toMatchObject({ status: 422, code: 'INVALID_INPUT', errors: [{ field }] });
  });

  it('says 100 percent only of a whole', async () => {
    const { caller, make } = await ready();
    const id = await make({ records: [1, 2, 3].map((n) => ({ number: `+9198765432${n}0` })) });
    const percent = async () => (await caller.json('GET', `/requests/${id}`)).completionPercent;
    await end(id, 1, 'ANSWERED');
    await end(id, 2, 'BUSY');
    expect(await percent()).toBe(66.66);
    await end(id, 3, 'ANSWERED');
    expect(await percent()).toBe(100);
    expect(await caller.json('GET', `/requests/${id}`)).toMatchObject({
      completed: 3,
      outcomes: { ANSWERED: 2, BUSY: 1 },
    });
  });
});

describe('steering', () => {
  it('pauses, resumes and cancels, with an event, an outbox row and an audit entry each', async () => {
    const { caller, make } = await ready();
    const id = await make();
    const post = (word: string) => caller.json('POST', `/requests/${id}/${word}`);
    expect(await post('resume')).toMatchObject({ status: 409, code: 'REQUEST_NOT_PAUSED' });
    expect(await post('pause')).toMatchObject({ status: 'PAUSED', pausedAt: expect.any(String) });
    expect(await post('pause')).toMatchObject({ status: 409, code: 'REQUEST_ALREADY_PAUSED' });
    expect(await post('resume')).toMatchObject({ status: 'SCHEDULED', pausedAt: null });
    await api.db.sql`update requests set started_at = now() where id = ${id}`;
    await post('pause');
    expect(await post('resume')).toMatchObject({ status: 'IN_PROCESS' });
    expect(await post('cancel')).toMatchObject({
      status: 'IN_PROCESS',
      cancelRequestedAt: expect.any(String),
    });
    expect(await post('pause')).toMatchObject({ code: 'REQUEST_CANCELLING' });
    expect(await post('cancel')).toMatchObject({ status: 'IN_PROCESS' });
    await finish(id, 'CANCELLED');
    for (const word of ['pause', 'resume', 'cancel']) {
      expect(await post(word)).toMatchObject({ status: 409, code: 'REQUEST_ENDED' });
    }
    const events = await api.db.sql`select type from request_events where request_id = ${id} order by id`;
    expect(events.map((event) => event.type)).toEqual([
      ...['CREATED', 'PAUSED', 'RESUMED', 'PAUSED', 'RESUMED', 'CANCEL_REQUESTED'],
    ]);
    const told = await api.db.sql`select kind from outbox where request_id = ${id} order by id`;
    expect(told.map((row) => row.kind)).toEqual(['start', ...Array(5).fill('changed')]);
    const audit = await api.db
      .sql`select action, actor from audit_log where subject = ${`request/${id}`} order by id`;
    expect(audit.map((row) => row.action)).toEqual(
      ['create', 'pause', 'resume', 'pause', 'resume', 'cancel'].map((word) => `request.${word}`),
    );
    expect(audit[0]?.actor).toMatch(/^key:\d+$/);
  });

  it('changes end time and policy as a new version that keeps the rest', async () => {
    const { caller, make } = await ready();
    const id = await make();
    const retries = { BUSY: { times: 2, intervalMs: 5_000 } };
    const changed = await caller.json('PATCH', `/requests/${id}`, {
      endAt: '2999-01-01T00:00',
      retries,
      concurrency: 7,
    });
    expect(changed).toMatchObject({
      endAt: '2998-12-31T18:30:00.000Z',
      policyVersion: 2,
      policy: { concurrency: 7, retries: { ...retries, NO_ANSWER: { times: 0 } }, timeZone: 'Asia/Kolkata' },
    });
    expect(await caller.json('PATCH', `/requests/${id}`, { endAt: null })).toMatchObject({
      endAt: null,
      policyVersion: 3,
    });
    const refused = async (json: unknown) =>
      (await caller.json('PATCH', `/requests/${id}`, json)).errors?.[0].field;
    expect(await refused({ endAt: '2020-01-01T00:00:00Z' })).toBe('endAt');
    expect(await refused({ concurrency: 0 })).toBe('concurrency');
    expect(await refused({ callingHours: { from: '20:00', to: '08:00' } })).toBe('callingHours.to');
    expect(await refused({ timeZone: 'UTC' })).toBe('timeZone');
    expect(await refused({})).toBe('body');
  });
});

describe('open requests', () => {
  it('take records until they are closed', async () => {
    const { caller, make } = await ready();
    const id = await make({ open: true, records: [] });
    const add = (numbers: string[]) =>
      caller.json('POST', `/requests/${id}/records`, { records: numbers.map((number) => ({ number })) });
    expect(await add(['+919876543210', '+919876543210'])).toMatchObject({
      loaded: 2,
      added: 1,
      rejected: { DUPLICATE: 1 },
      records: [
        { row: 1, result: 'ACCEPTED' },
        { row: 2, result: 'DUPLICATE' },
      ],
    });
    expect(await add(['+919876543210', '+919876543211'])).toMatchObject({ added: 1 });
    expect(await caller.json('GET', `/requests/${id}`)).toMatchObject({ loaded: 4, added: 2, open: true });
    expect(await caller.json('POST', `/requests/${id}/close`)).toMatchObject({ open: false });
    expect(await caller.json('POST', `/requests/${id}/close`)).toMatchObject({ open: false });
    expect(await add(['+919876543212'])).toMatchObject({ status: 409, code: 'REQUEST_NOT_OPEN' });
  });

  it('are the only ones that take more', async () => {
    const { caller, make } = await ready();
    const id = await make();
    const records = [{ number: '+919876543211' }];
    expect(await caller.json('POST', `/requests/${id}/records`, { records })).toMatchObject({
      code: 'REQUEST_NOT_OPEN',
    });
    expect(await caller.json('POST', `/requests/${id}/close`)).toMatchObject({ code: 'REQUEST_NOT_OPEN' });
  });
});

describe('retry-failures', () => {
  it('makes a request of the unreached with their variables, and of nobody who was or may have been reached', async () => {
    const { caller, make } = await ready();
    const outcomes = ['ANSWERED', 'BUSY', 'NO_ANSWER', 'UNKNOWN', 'FAILED'];
    const id = await make({
      records: [...outcomes.keys()].map((n) => ({
        number: `+91987654321${n}`,
        variables: { name: `N${n}` },
      })),
    });
    for (const [index, outcome] of outcomes.entries()) await end(id, index + 1, outcome);
    const retry = () => caller.json('POST', `/requests/${id}/retry-failures`);
    expect(await retry()).toMatchObject({ status: 409, code: 'REQUEST_NOT_ENDED' });
    await finish(id);
    const { requests } = await retry();
    expect(requests).toMatchObject([{ source: 'retry', loaded: 3, added: 3, status: 'RECEIVED' }]);
    const { items } = await caller.json('GET', `/requests/${requests[0].id}/records`);
    expect(items.map((one: Reply) => [one.number, one.variables.name])).toEqual([
      ['+919876543211', 'N1'],
      ['+919876543212', 'N2'],
      ['+919876543214', 'N4'],
    ]);
  });

  it('refuses when nobody is left to retry, and makes nothing', async () => {
    const { caller, make } = await ready();
    const id = await make();
    await end(id, 1, 'ANSWERED');
    await finish(id);
    expect(await caller.json('POST', `/requests/${id}/retry-failures`)).toMatchObject({
      code: 'NOTHING_TO_RETRY',
    });
    expect((await caller.json('GET', '/requests')).items).toHaveLength(1);
  });
});

describe('records and downloads', () => {
  it('filters records by result, outcome and number, and pages by row', async () => {
    const { caller, make } = await ready();
    const id = await make({ records: ['+919876543210', 'x', '+919876543211'].map((number) => ({ number })) });
    await end(id, 3, 'BUSY');
    const rows = async (query: string) =>
      (await caller.json('GET', `/requests/${id}/records?${query}`)).items.map((one: Reply) => one.row);
    expect(await rows('result=INVALID_NUMBER')).toEqual([2]);
    expect(await rows('outcome=BUSY')).toEqual([3]);
    expect(await rows('number=98765%2043210')).toEqual([1]);
    const page = await caller.json('GET', `/requests/${id}/records?limit=2`);
    expect(await rows(`limit=2&cursor=${page.nextCursor}`)).toEqual([3]);
  });

  it('gives all rows, and the rejected ones with reasons, as CSV in which no formula runs', async () => {
    const { caller, make } = await ready();
    const id = await make({
      records: [
        { number: '+919876543210', variables: { name: '=SUM(A1)' } },
        { number: '+919876543210', variables: { name: 'O"Neil, Zoë', city: '-5' } },
      ],
    });
    const download = async (name: string) => {
      const response = await caller.call('GET', `/requests/${id}/${name}.csv`);
      expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
      return (await response.text()).split('\r\n');
    };
    expect(await download('rejected')).toEqual([
      'number,city,name,clarion_row,clarion_reason,clarion_detail',
      '+919876543210,-5,"O""Neil, Zoë",2,DUPLICATE,the same number as row 1',
      '',
    ]);
    const [header, first] = await download('records');
    expect(header).toBe('row,number,given,result,detail,outcome,attempts,uuid,endedAt,city,name');
    expect(first).toBe("1,+919876543210,+919876543210,ACCEPTED,,,0,,,,'=SUM(A1)");
  });

  it('gives every row of a list longer than a page of the download', async () => {
    const { caller, make } = await ready();
    const id = await make({
      records: Array.from({ length: 4_001 }, (_, n) => ({ number: `+9198765${String(n).padStart(5, '0')}` })),
    });
    const lines = (await (await caller.call('GET', `/requests/${id}/records.csv`)).text())
      .trim()
      .split('\r\n');
    expect(lines.slice(1).map((line) => Number(line.split(',')[0]))).toEqual(
      Array.from({ length: 4_001 }, (_, n) => n + 1),
    );
  });
});

describe('events', () => {
  it('replays what happened after Last-Event-ID, gives the last snapshot and ends with the request', async () => {
    const { caller, make } = await ready();
    const id = await make();
    await caller.json('POST', `/requests/${id}/pause`);
    const watch = async (after?: string) => {
      const response = await caller.call('GET', `/requests/${id}/events`, {
        headers: after === undefined ? {} : { 'Last-Event-ID': after },
      });
      expect(response.headers.get('content-type')).toBe('text/event-stream');
      const blocks = (await response.text()).trim().split('\n\n');
      return blocks.map((block) =>
        Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s))),
      );
    };
    const watching = watch();
    await end(id, 1, 'ANSWERED');
    await api.db.sql.begin(async (sql) => {
      await sql`update requests set status = 'COMPLETED', ended_at = now() where id = ${id}`;
      await sql`insert into request_events (account_id, request_id, type) values (${caller.accountId}, ${id}, 'COMPLETED')`;
    });
    const seen = await watching;
    const named = seen.filter((one) => one.id !== undefined);
    expect(named.map((one) => one.event)).toEqual(['CREATED', 'PAUSED', 'COMPLETED']);
    expect(seen.slice(-2).map((one) => one.event)).toEqual(['progress', 'end']);
    expect(JSON.parse(seen.at(-2)?.data ?? '')).toMatchObject({ status: 'COMPLETED', completed: 1 });
    const after = await watch(named[1]?.id);
    expect(after.map((one) => one.event)).toEqual(['COMPLETED', 'progress', 'end']);
    const bad = await caller.json('GET', `/requests/${id}/events`, undefined, { 'Last-Event-ID': 'x' });
    expect(bad).toMatchObject({ code: 'INVALID_INPUT', errors: [{ field: 'Last-Event-ID' }] });
  });
});
