/** Flows edited by several people at once, found in a list, and what those who edit them are told. */
import { describe, expect, it } from 'vitest';
import { definition, type Reply, testApi } from './support.ts';

const api = await testApi();

describe('a draft that two people edit', () => {
  it('is saved by the first; the second is told, and loses nothing of the first', async () => {
    const caller = await api.caller();
    const path = `/flows/${await api.flow(caller.accountId, { published: false })}`;
    const { revision } = await caller.json('GET', path);
    const mine = { definition: definition({ language: 'hi-IN' }), revision };
    expect(await caller.json('PUT', path, mine)).toMatchObject({ revision: revision + 1 });
    expect(await caller.json('PUT', path, { definition: definition(), revision })).toMatchObject({
      status: 409,
      code: 'FLOW_CHANGED',
      errors: [{ field: 'revision' }],
    });
    expect(await caller.json('GET', path)).toMatchObject({ definition: { language: 'hi-IN' } });
    expect(await caller.json('PUT', path, { name: 'whatever they saw' })).toMatchObject({
      revision: revision + 2,
    });
    expect(await caller.json('PUT', path, { revision })).toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('is published only as it was seen, when the publisher says what they saw', async () => {
    const caller = await api.caller();
    const path = `/flows/${await api.flow(caller.accountId, { published: false })}`;
    const { revision } = await caller.json('GET', path);
    await caller.json('PUT', path, { definition: definition({ language: 'hi-IN' }) });
    expect(await caller.json('POST', `${path}/publish?revision=${revision}`)).toMatchObject({
      status: 409,
      code: 'FLOW_CHANGED',
    });
    expect(await caller.json('POST', `${path}/publish?revision=x`)).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await caller.json('POST', `${path}/publish?revision=${revision + 1}`)).toMatchObject({
      version: 1,
    });
    // Publishing changes no draft.
    expect(await caller.json('GET', path)).toMatchObject({ revision: revision + 1 });
  });
});

describe('the list of flows', () => {
  it('finds by id or by part of a name, the account’s own alone', async () => {
    const caller = await api.caller();
    const stranger = await api.caller();
    const winter = await api.flow(caller.accountId, { name: 'Winter 100% offer' });
    await api.flow(caller.accountId, { name: 'Summer survey' });
    await api.flow(stranger.accountId, { name: 'Winter of another' });
    const found = async (search: string): Promise<string[]> =>
      (await caller.json('GET', `/flows?search=${encodeURIComponent(search)}`)).items.map(
        (one: Reply) => one.name,
      );
    expect(await found('wInTeR')).toEqual(['Winter 100% offer']);
    expect(await found('0%')).toEqual(['Winter 100% offer']);
    expect(await found('m%y')).toEqual([]);
    expect(await found(String(winter))).toEqual(['Winter 100% offer']);
  });
});

describe('versions', () => {
  it('say how many requests go by them that have not ended', async () => {
    const caller = await api.caller();
    const flowId = await api.flow(caller.accountId);
    const json = { flowId, records: [{ number: '+919876500010' }], startAt: '2099-01-01T10:00:00Z' };
    await caller.json('POST', '/requests', json);
    const second = await caller.json('POST', '/requests', json);
    await caller.json('POST', `/flows/${flowId}/publish`);
    const live = async (): Promise<number[]> =>
      (await caller.json('GET', `/flows/${flowId}/versions`)).items.map((one: Reply) => one.liveRequests);
    expect(await live()).toEqual([0, 2]);
    await api.db.sql`update requests set status = 'CANCELLED' where id = ${second.requests[0].id}`;
    expect(await live()).toEqual([0, 1]);
  });
});

describe('what a flow may refer to', () => {
  it('is told by name, without the values', async () => {
    const caller = await api.caller();
    await api.db.sql`
      update accounts set values = ${api.db.sql.json({ token: 's3cret', brand: 'Acme' })}
      where id = ${caller.accountId}`;
    const reply = await caller.call('GET', '/flow-context');
    const text = await reply.text();
    expect(JSON.parse(text)).toEqual({
      userKeys: ['brand', 'token'],
      promptNames: [],
      plainHttpWebhooks: false,
    });
    expect(text).not.toContain('s3cret');
  });
});
