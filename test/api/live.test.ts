import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createLiveRequests } from '../../api/live-requests.ts';
import { MOST_STREAMS } from '../../api/live-stream.ts';
import { readEventStream } from '../../client/event-stream.ts';
import { type Caller, type Reply, testApi } from './support.ts';

const api = await testApi();

async function ready(calls = 2) {
  const caller = await api.caller();
  await api.flow(caller.accountId, { name: 'survey' });
  const ids: number[] = [];
  for (let n = 0; n < calls; n += 1) {
    const made = await caller.json('POST', '/calls', { flowName: 'survey', number: `+91987654321${n}` });
    ids.push(made.requestId);
  }
  return { caller, ids };
}

/** Opens a stream and reads it until `enough`, or its end. */
async function open(caller: Caller, path = '/requests/events') {
  const response = await caller.call('GET', path);
  if (!response.body) throw new Error('no stream');
  const events = readEventStream(response.body);
  return {
    response,
    async until(event: string): Promise<Reply[]> {
      const seen: Reply[] = [];
      for (;;) {
        const next = await events.next();
        if (next.done) return [...seen, { event: 'broke off' }];
        seen.push({ event: next.value.event, ...JSON.parse(next.value.data) });
        if (next.value.event === event) return seen;
      }
    },
    close: () => events.return(),
  };
}

describe('the stream of an account’s requests', () => {
  it('begins with how each stands, then tells what changed, what is new and what ended, and nothing else', async () => {
    const { caller, ids } = await ready();
    const stream = await open(caller);
    expect(stream.response.headers.get('content-type')).toBe('text/event-stream');
    expect(stream.response.headers.get('x-accel-buffering')).toBe('no');
    expect(stream.response.headers.get('cache-control')).toContain('no-transform');
    const snapshot = await stream.until('ready');
    expect(snapshot.slice(0, -1).map((one) => one.id)).toEqual([...ids].reverse());
    expect(snapshot.at(-1)).toEqual({ event: 'ready', requests: 2 });
    await caller.json('POST', `/requests/${ids[0]}/pause`);
    expect(await stream.until('request')).toMatchObject([{ id: ids[0], status: 'PAUSED' }]);
    const made = await caller.json('POST', '/calls', { flowName: 'survey', number: '+919876543299' });
    expect(await stream.until('request')).toMatchObject([{ id: made.requestId, status: 'RECEIVED' }]);
    await api.db.sql`update requests set status = 'CANCELLED', ended_at = now() where id = ${ids[0] ?? 0}`;
    expect(await stream.until('request')).toMatchObject([{ id: ids[0], status: 'CANCELLED' }]);
    await api.db.sql`
      insert into request_tallies (request_id, kind, value, shard, account_id, count)
      values (${ids[1] ?? 0}, 'outcome', 'BUSY', 3, ${caller.accountId}, 1)`;
    expect(await stream.until('request')).toMatchObject([
      { id: ids[1], completed: 1, outcomes: { BUSY: 1 } },
    ]);
    await stream.close();
  });

  it('is of one account: another sees none of it', async () => {
    const { caller } = await ready(1);
    const other = await open(await api.caller());
    expect(await other.until('ready')).toEqual([{ event: 'ready', requests: 0 }]);
    await caller.json('POST', '/calls', { flowName: 'survey', number: '+919876543299' });
    const mine = await open(caller);
    expect(await mine.until('ready')).toHaveLength(3);
    await Promise.all([other.close(), mine.close()]);
  });

  it('ends when the key is revoked', { timeout: 30_000 }, async () => {
    const { caller } = await ready(1);
    const key = await caller.json('POST', '/api-keys', { name: 'screen', scopes: ['requests:read'] });
    const stream = await open({
      ...caller,
      call: async (method, path) =>
        api.app.request(`/api/v1${path}`, { method, headers: { Authorization: `Bearer ${key.key}` } }),
    });
    await stream.until('ready');
    await caller.call('DELETE', `/api-keys/${key.id}`);
    expect(await stream.until('never')).toEqual([
      { event: 'closed', code: 'UNAUTHENTICATED' },
      { event: 'broke off' },
    ]);
  });

  it('takes so many readers of an account and no more, and gives a place back when one leaves', async () => {
    const { caller } = await ready(1);
    const streams = await Promise.all(Array.from({ length: MOST_STREAMS }, () => open(caller)));
    const refused = await caller.call('GET', '/requests/events');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('10');
    expect(await refused.json()).toMatchObject({ code: 'TOO_MANY_STREAMS' });
    const other = await open(await api.caller());
    await Promise.all([other, streams[0]].map((one) => one?.response.body?.cancel()));
    for (let tries = 0; ; tries += 1) {
      const again = await caller.call('GET', '/requests/events');
      await again.body?.cancel();
      if (again.status === 200) break;
      expect(tries).toBeLessThan(100);
      await sleep(50);
    }
    await Promise.all(streams.slice(1).map((one) => one.response.body?.cancel()));
  });

  it('needs the scope', async () => {
    const { caller } = await ready(1);
    const reader = await api.callerWith(caller.accountId, ['reports:read']);
    expect((await reader.call('GET', '/requests/events')).status).toBe(403);
  });
});

describe('watching in one process', () => {
  it('asks the database for all readers of an account at once, and nothing when nobody reads', async () => {
    const { caller } = await ready();
    let asked = 0;
    const counting = new Proxy(api.db.sql, {
      apply(target, self, args) {
        // Fragments of queries are calls as well: these are counted by what begins a look.
        if (String(args[0]).includes('unnest')) asked += 1;
        return Reflect.apply(target, self, args);
      },
    });
    const live = createLiveRequests({ ...api.db, sql: counting }, api.deps.log);
    const watchers = Array.from({ length: 100 }, () => live.watch(caller.accountId));
    await Promise.all(watchers.map((one) => one.changed()));
    expect(watchers.map((one) => one.take().requests.length)).toEqual(watchers.map(() => 2));
    expect(asked).toBe(1);
    expect(live.looking).toBe(1);
    for (const one of watchers) one.close();
    expect(live.looking).toBe(0);
    await sleep(1_200);
    expect(asked).toBe(1);
  });
});
