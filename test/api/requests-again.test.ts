/** What is guaranteed about running a request again: only the failures, the same people, and never twice by one click. */
import { describe, expect, it } from 'vitest';
import { definition, type Reply, testApi } from './support.ts';

const api = await testApi();
const { db } = api;

const numberOf = (n: number): string => `+9198765432${String(n).padStart(2, '0')}`;

async function ready(over: Record<string, unknown> = {}) {
  const caller = await api.caller();
  await api.flow(caller.accountId, { name: 'survey', definition: definition(over) });
  const make = async (records: unknown[], more: Record<string, unknown> = {}): Promise<number> => {
    const made = await caller.json('POST', '/requests', { flowName: 'survey', records, ...more });
    return made.requests[0].id;
  };
  const post = (path: string, json: unknown = {}, headers?: Record<string, string>) =>
    caller.json('POST', path, json, headers);
  return { caller, make, post };
}

/** A request that has ended, its people with these outcomes in their order. */
async function ended(
  make: (records: unknown[]) => Promise<number>,
  outcomes: string[],
  status = 'COMPLETED',
): Promise<number> {
  const id = await make(outcomes.map((_, n) => ({ number: numberOf(n), variables: { name: `N${n}` } })));
  for (const [n, outcome] of outcomes.entries()) {
    await db.sql`update records set outcome = ${outcome}, ended_at = now(), attempts = 1
      where request_id = ${id} and row = ${n + 1}`;
    await db.sql`insert into request_tallies (request_id, kind, value, shard, account_id, count)
      select id, 'outcome', ${outcome}, ${n}, account_id, 1 from requests where id = ${id}`;
  }
  await db.sql`update requests set status = ${status}, ended_at = now() where id = ${id}`;
  return id;
}

const people = async (caller: { json(method: string, path: string): Promise<Reply> }, id: number) =>
  (await caller.json('GET', `/requests/${id}/records`)).items.map((one: Reply) => [one.number, one.result]);

describe('retry-failures', () => {
  it('takes the outcomes named, and those alone', async () => {
    const { caller, make, post } = await ready();
    const id = await ended(make, ['ANSWERED', 'BUSY', 'NO_ANSWER', 'FAILED', 'BUSY']);
    const reply = await post(`/requests/${id}/retry-failures`, { outcomes: ['BUSY'] });
    expect(reply).toMatchObject({
      requests: [{ source: 'retry', fromRequestId: id, loaded: 2, added: 2 }],
      taken: { BUSY: 2 },
      unknownLeftOut: 0,
    });
    expect(await people(caller, reply.requests[0].id)).toEqual([
      [numberOf(1), 'ACCEPTED'],
      [numberOf(4), 'ACCEPTED'],
    ]);
  });

  it('leaves those alone who may have been reached, says how many, and takes them when asked to', async () => {
    const { caller, make, post } = await ready();
    const id = await ended(make, ['BUSY', 'UNKNOWN', 'UNKNOWN']);
    expect(await caller.json('GET', `/requests/${id}/retry-failures`)).toEqual({
      failures: { BUSY: 1 },
      unknown: 2,
      retries: [],
    });
    expect(await post(`/requests/${id}/retry-failures`)).toMatchObject({
      taken: { BUSY: 1 },
      unknownLeftOut: 2,
    });
    const alone = await ended(make, ['ANSWERED', 'UNKNOWN']);
    expect(await post(`/requests/${alone}/retry-failures`)).toMatchObject({
      code: 'NOTHING_TO_RETRY',
      detail: expect.stringContaining('1 ended as UNKNOWN'),
    });
    const reply = await post(`/requests/${alone}/retry-failures`, { includeUnknown: true });
    expect(reply).toMatchObject({ taken: { UNKNOWN: 1 }, unknownLeftOut: 0 });
  });

  it('also under a policy that tries unknown attempts again', async () => {
    const { make, post } = await ready({ settings: { onUnknown: 'RETRY' } });
    const id = await ended(make, ['BUSY', 'UNKNOWN']);
    expect(await post(`/requests/${id}/retry-failures`)).toMatchObject({
      taken: { BUSY: 1 },
      unknownLeftOut: 1,
    });
  });

  it('calls nobody twice when two people click at once, or one clicks again', async () => {
    const { caller, make, post } = await ready();
    const id = await ended(make, ['BUSY', 'NO_ANSWER']);
    const replies = await Promise.all(
      Array.from({ length: 6 }, () => post(`/requests/${id}/retry-failures`)),
    );
    const made = replies.filter((reply) => reply.requests);
    expect(made).toHaveLength(1);
    const retryId = made[0].requests[0].id;
    for (const reply of replies.filter((one) => !one.requests)) {
      expect(reply).toMatchObject({
        status: 409,
        code: 'ALREADY_RETRIED',
        detail: expect.stringContaining(`Request ${retryId} calls these people again already`),
        errors: [{ field: 'BUSY' }, { field: 'NO_ANSWER' }],
      });
    }
    expect((await caller.json('GET', '/requests')).items).toHaveLength(2);
    expect(await post(`/requests/${id}/retry-failures`, { again: true })).toMatchObject({
      taken: { BUSY: 1, NO_ANSWER: 1 },
    });
  });

  it('answers the first reply again under the same key', async () => {
    const { caller, make, post } = await ready();
    const id = await ended(make, ['BUSY']);
    const click = () => post(`/requests/${id}/retry-failures`, {}, { 'Idempotency-Key': 'click' });
    expect(await click()).toEqual(await click());
    expect((await caller.json('GET', '/requests')).items).toHaveLength(2);
  });

  it('of some outcomes leaves the others for another retry, and says which they are', async () => {
    const { make, post } = await ready();
    const id = await ended(make, ['BUSY', 'NO_ANSWER']);
    await post(`/requests/${id}/retry-failures`, { outcomes: ['BUSY'] });
    expect(await post(`/requests/${id}/retry-failures`)).toMatchObject({
      code: 'ALREADY_RETRIED',
      detail: expect.stringContaining('Not called again yet: NO_ANSWER'),
      errors: [{ field: 'BUSY' }],
    });
    expect(await post(`/requests/${id}/retry-failures`, { outcomes: ['NO_ANSWER'] })).toMatchObject({
      taken: { NO_ANSWER: 1 },
    });
  });

  it('is known from both sides', async () => {
    const { caller, make, post } = await ready();
    const id = await ended(make, ['BUSY']);
    const { requests } = await post(`/requests/${id}/retry-failures`);
    expect(await caller.json('GET', `/requests/${requests[0].id}`)).toMatchObject({ fromRequestId: id });
    const derived = [{ requestId: requests[0].id, source: 'retry', outcomes: ['BUSY'] }];
    expect(await caller.json('GET', `/requests/${id}`)).toMatchObject({ fromRequestId: null, derived });
    expect(await caller.json('GET', `/requests/${id}/retry-failures`)).toMatchObject({
      retries: [{ requestId: requests[0].id, outcomes: ['BUSY'] }],
    });
  });

  it('checks everybody against the lists as they are now', async () => {
    const { caller, make, post } = await ready();
    const id = await ended(make, ['BUSY', 'BUSY', 'BUSY']);
    await caller.json('POST', '/blacklist/phones', { numbers: [numberOf(0)] });
    const reply = await post(`/requests/${id}/retry-failures`);
    expect(reply.requests).toMatchObject([{ loaded: 3, added: 2, rejected: { BLACKLISTED: 1 } }]);
  });

  it.each([
    ['an outcome that reached somebody', { outcomes: ['ANSWERED'] }, 'outcomes.0'],
    ['UNKNOWN among the outcomes', { outcomes: ['UNKNOWN'] }, 'outcomes.0'],
    ['no outcome', { outcomes: [] }, 'outcomes'],
    ['an unknown field', { unknown: true }, 'unknown'],
  ])('refuses %s and names the field', async (_, json, field) => {
    const { make, post } = await ready();
    const id = await ended(make, ['BUSY']);
    expect(await post(`/requests/${id}/retry-failures`, json)).toMatchObject({
      code: 'INVALID_INPUT',
      errors: [{ field }],
    });
  });

  it('refuses a request that runs, one where nobody failed, and outcomes nobody ended with', async () => {
    const { make, post } = await ready();
    const running = await make([{ number: numberOf(1) }]);
    expect(await post(`/requests/${running}/retry-failures`)).toMatchObject({ code: 'REQUEST_NOT_ENDED' });
    const id = await ended(make, ['ANSWERED', 'BUSY']);
    expect(await post(`/requests/${id}/retry-failures`, { outcomes: ['FAILED'] })).toMatchObject({
      code: 'NOTHING_TO_RETRY',
      detail: 'No record of the request ended as FAILED.',
    });
  });
});

describe('clone', () => {
  it('takes every row anew, with the policy as it stands, and is known from both sides', async () => {
    const { caller, make, post } = await ready();
    const id = await make(
      [
        { number: numberOf(1), variables: { name: 'Asha' } },
        { number: 'abc' },
        { number: numberOf(1) },
        { number: numberOf(2) },
      ],
      { statusEmails: ['holder@example.com'] },
    );
    await caller.json('PATCH', `/requests/${id}`, { concurrency: 3 });
    await caller.json('POST', '/blacklist/phones', { numbers: [numberOf(2)] });
    const reply = await post(`/requests/${id}/clone`);
    const copy = reply.requests[0].id;
    expect(reply).toMatchObject({
      requests: [
        {
          ...{ source: 'clone', fromRequestId: id, status: 'RECEIVED', loaded: 4, added: 1 },
          rejected: { INVALID_NUMBER: 1, DUPLICATE: 1, BLACKLISTED: 1 },
        },
      ],
      malformedLeftOut: 0,
    });
    expect(await caller.json('GET', `/requests/${copy}`)).toMatchObject({
      statusEmails: ['holder@example.com'],
      policy: { concurrency: 3 },
      policyVersion: 1,
    });
    const { items } = await caller.json('GET', `/requests/${copy}/records`);
    expect(items[0]).toMatchObject({ number: numberOf(1), variables: { name: 'Asha' }, result: 'ACCEPTED' });
    expect(await caller.json('GET', `/requests/${id}`)).toMatchObject({
      derived: [{ requestId: copy, source: 'clone', outcomes: null }],
    });
  });

  it('takes another flow with its own policy, times, and parts of the policy that are given', async () => {
    const { caller, make, post } = await ready();
    await api.flow(caller.accountId, {
      name: 'other',
      definition: definition({ settings: { concurrency: 9, ringTimeoutMs: 20_000 } }),
    });
    const id = await make([{ number: numberOf(1) }]);
    const { requests } = await post(`/requests/${id}/clone`, {
      flowName: 'other',
      startAt: '2999-01-01T09:00',
      policy: { retries: { BUSY: { times: 2, intervalMs: 1_000 } }, callsPerSecond: 5 },
      spreadOver: { hours: 2 },
    });
    expect(await caller.json('GET', `/requests/${requests[0].id}`)).toMatchObject({
      flowName: 'other',
      startAt: '2999-01-01T03:30:00.000Z',
      policy: {
        ...{ concurrency: 9, ringTimeoutMs: 20_000, callsPerSecond: 5, spreadOver: { hours: 2 } },
        retries: { BUSY: { times: 2 } },
      },
    });
  });

  it('takes rows with some results, or accepted ones that ended so', async () => {
    const { caller, make, post } = await ready();
    const id = await ended(make, ['ANSWERED', 'BUSY', 'ANSWERED']);
    const answered = await post(`/requests/${id}/clone`, { only: { outcomes: ['ANSWERED'] } });
    expect(await people(caller, answered.requests[0].id)).toEqual([
      [numberOf(0), 'ACCEPTED'],
      [numberOf(2), 'ACCEPTED'],
    ]);
    const mixed = await make([{ number: numberOf(1) }, { number: 'abc' }]);
    const rejected = await post(`/requests/${mixed}/clone`, { only: { results: ['INVALID_NUMBER'] } });
    expect(rejected.requests).toMatchObject([{ loaded: 1, added: 0 }]);
  });

  it('may be made while the request runs, but not of outcomes that are not final', async () => {
    const { make, post } = await ready();
    const id = await make([{ number: numberOf(1) }]);
    expect((await post(`/requests/${id}/clone`)).requests).toHaveLength(1);
    expect(await post(`/requests/${id}/clone`, { only: { outcomes: ['BUSY'] } })).toMatchObject({
      code: 'REQUEST_NOT_ENDED',
    });
    await db.sql`update requests set ingested_at = null where id = ${id}`;
    expect(await post(`/requests/${id}/clone`)).toMatchObject({ code: 'LIST_NOT_READ' });
  });

  it('refuses what it cannot do, and makes nothing', async () => {
    const { caller, make, post } = await ready();
    const id = await ended(make, ['BUSY']);
    expect(await post(`/requests/${id}/clone`, { only: { outcomes: ['FAILED'] } })).toMatchObject({
      code: 'NOTHING_TO_CLONE',
    });
    const field = async (json: unknown) => (await post(`/requests/${id}/clone`, json)).errors?.[0].field;
    expect(await field({ only: { results: ['MALFORMED_ROW'] } })).toBe('only.results.0');
    expect(await field({ only: { results: ['DUPLICATE'], outcomes: ['BUSY'] } })).toBe('only.outcomes');
    expect(await field({ flowName: 'none' })).toBe('flowName');
    expect(await field({ policy: { colour: 1 } })).toBe('policy.colour');
    expect(await field({ policy: { concurrency: 0 } })).toBe('policy.concurrency');
    expect(await field({ endAt: '2020-01-01T00:00:00Z' })).toBe('endAt');
    expect(await field({ open: true, spreadOver: { hours: 1 } })).toBe('spreadOver');
    expect((await caller.json('GET', '/requests')).items).toHaveLength(1);
  });

  it('leaves rows out that could not be read the first time, and says how many', async () => {
    const { make, post } = await ready();
    const id = await make([{ number: numberOf(1) }, { number: numberOf(2) }]);
    await db.sql`update records set result = 'MALFORMED_ROW' where request_id = ${id} and row = 2`;
    expect(await post(`/requests/${id}/clone`)).toMatchObject({
      requests: [{ loaded: 1 }],
      malformedLeftOut: 1,
    });
  });
});
