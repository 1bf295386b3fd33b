import { describe, expect, it } from 'vitest';
import { inTransaction } from '../../db/client.ts';
import { purgeReplies, takeIdempotencyKey } from '../../db/queries/idempotency.ts';
import { formWith, testApi } from './support.ts';

const api = await testApi();

async function ready() {
  const caller = await api.caller();
  await api.flow(caller.accountId, { name: 'survey' });
  const count = async () => (await caller.json('GET', '/requests')).items.length;
  const send = (key: string, number = '+919876543210') =>
    caller.call('POST', '/requests', {
      json: { flowName: 'survey', records: [{ number, variables: { name: 'Asha' } }] },
      headers: { 'Idempotency-Key': key },
    });
  return { caller, count, send };
}

describe('Idempotency-Key', () => {
  it('answers the first reply again to the same key and body, and says so', async () => {
    const { count, send } = await ready();
    const [first, again] = [await send('one'), await send('one')];
    expect([first.status, again.status]).toEqual([202, 202]);
    expect(first.headers.get('Idempotency-Replayed')).toBeNull();
    expect(again.headers.get('Idempotency-Replayed')).toBe('true');
    expect(await again.text()).toBe(await first.text());
    expect(await count()).toBe(1);
  });

  it('refuses another body, and another path, under a used key', async () => {
    const { caller, count, send } = await ready();
    await send('one');
    const other = await send('one', '+919876543211');
    expect(other.status).toBe(422);
    expect(await other.json()).toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
      errors: [{ field: 'Idempotency-Key' }],
    });
    const path = await caller.call('POST', '/api-keys', {
      json: { name: 'x' },
      headers: { 'Idempotency-Key': 'one' },
    });
    expect(path.status).toBe(422);
    expect(await count()).toBe(1);
  });

  it('is per account', async () => {
    const [one, two] = [await ready(), await ready()];
    await one.send('same');
    const response = await two.send('same');
    expect(response.status).toBe(202);
    expect(response.headers.get('Idempotency-Replayed')).toBeNull();
  });

  it('does the work once however many ask at the same moment', async () => {
    const { count, send } = await ready();
    const responses = await Promise.all(Array.from({ length: 12 }, () => send('at-once')));
    const statuses = responses.map((response) => response.status);
    expect(statuses).toContain(202);
    for (const response of responses) {
      if (response.status === 202) continue;
      expect(response.status).toBe(409);
      expect(response.headers.get('Retry-After')).toBe('1');
      expect(await response.json()).toMatchObject({ code: 'IDEMPOTENCY_IN_PROGRESS' });
    }
    expect(await count()).toBe(1);
    expect((await send('at-once')).headers.get('Idempotency-Replayed')).toBe('true');
  });

  it('says that the first is still being answered, and neither repeats nor blocks when that one dies', async () => {
    const { caller, count, send } = await ready();
    const died = inTransaction(api.db, async (tx) => {
      await takeIdempotencyKey(tx, { accountId: caller.accountId, key: 'dying' });
      expect((await send('dying')).status).toBe(409);
      throw new Error('killed');
    });
    await expect(died).rejects.toThrow('killed');
    const response = await send('dying');
    expect(response.status).toBe(202);
    expect(response.headers.get('Idempotency-Replayed')).toBeNull();
    expect(await count()).toBe(1);
  });

  it('keeps neither the reply nor its effects when the commit itself fails', async () => {
    const { count, send } = await ready();
    await api.db.sql.unsafe(`
      create function refuse() returns trigger language plpgsql as $$ begin raise 'power cut'; end $$;
      create constraint trigger refuse after insert on requests
        deferrable initially deferred for each row execute function refuse();`);
    expect((await send('cut')).status).toBe(500);
    await api.db.sql.unsafe('drop trigger refuse on requests; drop function refuse');
    expect(await count()).toBe(0);
    const again = await send('cut');
    expect(again.status).toBe(202);
    expect(again.headers.get('Idempotency-Replayed')).toBeNull();
    expect(await count()).toBe(1);
  });

  it('leaves a key free whose call was refused', async () => {
    const { count, send } = await ready();
    await api.db.sql`update flows set name = 'other'`;
    expect((await send('mended')).status).toBe(422);
    await api.db.sql`update flows set name = 'survey'`;
    expect((await send('mended')).status).toBe(202);
    expect(await count()).toBe(1);
  });

  it('forgets after 24 hours', async () => {
    const { count, send } = await ready();
    await send('old');
    await api.db.sql`update idempotency_keys set created_at = now() - interval '24 hours 1 second'`;
    const again = await send('old', '+919876543299');
    expect(again.status).toBe(202);
    expect(await count()).toBe(2);
    await api.db.sql`update idempotency_keys set created_at = now() - interval '25 hours'`;
    await purgeReplies(api.db);
    expect(await api.db.sql`select 1 from idempotency_keys`).toHaveLength(0);
  });

  it('compares uploads by their fields and the content of their files', async () => {
    const { caller, count } = await ready();
    const upload = (content: string, fileName = 'a.csv', fields: Record<string, string> = {}) =>
      caller.call('POST', '/requests', {
        form: formWith({ [fileName]: content }, { flowName: 'survey', ...fields }),
        headers: { 'Idempotency-Key': 'upload' },
      });
    const first = await upload('number\n1\n');
    // A form has another boundary each time, so the bodies differ and what they say does not.
    const again = await upload('number\n1\n');
    expect(again.headers.get('Idempotency-Replayed')).toBe('true');
    expect(await again.text()).toBe(await first.text());
    expect((await upload('number\n2\n')).status).toBe(422);
    expect((await upload('number\n1\n', 'b.csv')).status).toBe(422);
    expect((await upload('number\n1\n', 'a.csv', { open: 'true' })).status).toBe(422);
    expect(await count()).toBe(1);
  });

  it('shows a made key once only', async () => {
    const { caller } = await ready();
    const make = async () => {
      const response = await caller.call('POST', '/api-keys', {
        json: { name: 'crm', scopes: ['requests:read'] },
        headers: { 'Idempotency-Key': 'make' },
      });
      return JSON.parse(await response.text());
    };
    const [first, again] = [await make(), await make()];
    expect(first.key).toMatch(/^ck_[0-9A-Za-z]{40}$/);
    expect(again).toEqual({ ...first, key: null });
    const kept = await api.db.sql`select body from idempotency_keys`;
    expect(JSON.stringify(kept)).not.toContain(first.key);
  });

  it.each(['', ' ', 'x'.repeat(256), 'tab\there'])('refuses the key %j', async (key) => {
    const { send } = await ready();
    expect(await (await send(key)).json()).toMatchObject({
      code: 'INVALID_INPUT',
      errors: [{ field: 'Idempotency-Key' }],
    });
  });
});
