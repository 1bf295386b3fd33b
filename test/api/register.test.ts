/** The do-not-call register over HTTP: loads at once and in the background, updates, bad input, and what it says of a number. */
import { describe, expect, it } from 'vitest';
import { runQueuedImport } from '../../activities/import-register.ts';
import { getRegisterVersion } from '../../db/queries/register-versions.ts';
import { type Caller, testApi } from './support.ts';

const api = await testApi();

const load = async (caller: Caller, content: string, fields: Record<string, string> = {}, key?: string) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new File([content], 'dnd.csv'));
  const headers: Record<string, string> = key === undefined ? {} : { 'Idempotency-Key': key };
  const response = await caller.call('POST', '/register/imports', { form, headers });
  return { status: response.status, body: JSON.parse(await response.text()) };
};

/** More than is loaded at once: four megabytes of numbers. */
const large = (): string => {
  const rows = Array.from({ length: 360_000 }, (_, index) => 9_800_000_000 + index);
  return `number\n${rows.join('\n')}\n`;
};
const work = (now = new Date()) =>
  runQueuedImport({ db: api.db, storage: api.deps.storage, log: api.deps.log, now: () => now });

const check = (caller: Caller, number: string, more = '') =>
  caller.json('GET', `/register/check?number=${encodeURIComponent(number)}${more}`);

describe('a small file', () => {
  it('is loaded before the reply, which names the rows that were not taken', async () => {
    const caller = await api.caller();
    const { status, body } = await load(caller, 'number,category\n9876543210,0\n12,0\n9876543211,8\n');
    expect(status).toBe(201);
    expect(body).toMatchObject({
      status: 'DONE',
      current: true,
      mode: 'FULL',
      numbers: 2,
      rejected: 1,
      unclear: 1,
    });
    expect(body.faults.map(({ row }: { row: number }) => row)).toEqual([2, 3]);
    expect(await caller.json('GET', `/register/imports/${body.versionId}`)).toEqual(body);
    const other = await api.caller();
    expect(await other.json('GET', `/register/imports/${body.versionId}`)).toMatchObject({ status: 404 });
  });

  it('updates and removes, and replaces without being asked to do otherwise', async () => {
    const caller = await api.caller();
    await load(caller, '9876543210\n9876543211\n');
    const added = await load(caller, '9876543212\n', { mode: 'update' });
    expect(added.body).toMatchObject({ added: 1, removed: 0, total: 3 });
    const removed = await load(caller, '9876543210\n', { mode: 'update', operation: 'remove' });
    expect(removed.body).toMatchObject({ added: 0, removed: 1, total: 2 });
    const replaced = await load(caller, '9876543210\n');
    expect(replaced.body).toMatchObject({ total: 1 });
    expect((await check(caller, '9876543212')).registered).toBe(false);
  });

  it.each([
    [{ mode: 'sometimes' }, 'mode'],
    [{ operation: 'toggle' }, 'operation'],
    [{ operation: 'remove' }, 'operation'],
    [{ country: 'XX' }, 'country'],
    [{ allowShrink: 'maybe' }, 'allowShrink'],
    [{ colour: 'red' }, 'colour'],
  ])('with %j is refused by the field', async (fields, field) => {
    const caller = await api.caller();
    const { status, body } = await load(caller, '9876543210\n', fields as Record<string, string>);
    expect([status, body.code, body.errors[0].field]).toEqual([422, 'INVALID_INPUT', field]);
    expect((await caller.json('GET', '/register/imports')).items).toEqual([]);
  });
});

describe('a large file', () => {
  it('waits for a worker, shows how far it is, and leaves the version before in force until then', async () => {
    const caller = await api.caller();
    await load(caller, '9876543210\n');
    const sent = await load(caller, large(), {}, 'once');
    expect([sent.status, sent.body.status, sent.body.current]).toEqual([202, 'QUEUED', false]);
    const again = await load(caller, large(), {}, 'once');
    expect(again.body.versionId).toBe(sent.body.versionId);
    expect((await check(caller, '9876543210')).registered).toBe(true);
    // What comes after it is loaded after it, however small.
    const update = await load(caller, '9876543219\n', { mode: 'update' });
    expect(update.status).toBe(202);
    expect(await work()).toBe(true);
    expect(await caller.json('GET', `/register/imports/${sent.body.versionId}`)).toMatchObject({
      status: 'DONE',
      current: true,
      numbers: 360_000,
      bytesRead: sent.body.bytes,
    });
    expect(await work()).toBe(true);
    expect(await work()).toBe(false);
    expect(await caller.json('GET', `/register/imports/${update.body.versionId}`)).toMatchObject({
      status: 'DONE',
      total: 360_001,
    });
    expect((await check(caller, '9876543210')).registered).toBe(false);
    expect((await check(caller, '9800000777')).registered).toBe(true);
  });

  it('that cannot be read says why, and changes nothing', async () => {
    const caller = await api.caller();
    const before = await load(caller, '9876543210\n');
    const sent = await load(caller, `${large()}"9811111111\n`);
    expect(await work()).toBe(true);
    const failed = await caller.json('GET', `/register/imports/${sent.body.versionId}`);
    expect(failed).toMatchObject({
      status: 'FAILED',
      current: false,
      error: expect.stringContaining('quote'),
    });
    expect((await check(caller, '9876543210')).version).toBe(`account ${before.body.versionId}`);
    expect((await check(caller, '9800000777')).registered).toBe(false);
  });

  it('whose worker died is begun again once it has given no sign of life, and the dead one can do nothing more', async () => {
    const caller = await api.caller();
    const sent = await load(caller, large());
    const key = { accountId: caller.accountId, versionId: sent.body.versionId as number };
    // As a process leaves it that was killed while it loaded.
    await api.db
      .sql`update register_versions set status = 'LOADING', tries = 1, claimed_at = now() where id = ${key.versionId}`;
    expect(await work()).toBe(false);
    expect(await work(new Date(Date.now() + 60_000))).toBe(true);
    expect(await getRegisterVersion(api.db, key)).toMatchObject({ status: 'DONE', tries: 2, current: true });
    expect(await work()).toBe(false);
  });
});

describe('a number', () => {
  it('is told what the register says, and what that means for a flow now', async () => {
    const caller = await api.caller();
    const now = new Date();
    const day = ((now.getUTCDay() + 3) % 7) + 1;
    const rows = `9876543211,"1 3",09:30,18:00,${day}\n9876543212,0,,,\n9876543213,2,,,\n`;
    await load(caller, `number,category,preferredFrom,preferredTo,preferredDays\n${rows}`);
    expect(await check(caller, '09876543210')).toMatchObject({
      number: '+919876543210',
      registered: false,
      provider: 'local',
      promotional: 'ALLOWED',
      entries: [],
    });
    const partly = await check(caller, '9876543211', '&category=HEALTH');
    expect(partly).toMatchObject({
      registered: true,
      promotional: 'LATER',
      entries: [
        {
          blocked: ['FINANCE', 'EDUCATION'],
          preferredFrom: '09:30',
          preferredTo: '18:00',
          preferredDays: [day],
        },
      ],
    });
    expect(new Date(partly.notBefore).getTime()).toBeGreaterThan(now.getTime());
    expect((await check(caller, '9876543211', '&category=FINANCE')).promotional).toBe('BLOCKED');
    expect((await check(caller, '9876543211')).promotional).toBe('BLOCKED');
    expect((await check(caller, '9876543212', '&category=HEALTH')).promotional).toBe('BLOCKED');
    expect((await check(caller, '9876543213', '&category=HEALTH')).promotional).toBe('ALLOWED');
    await api.db.sql`insert into whitelist_phones (account_id, number, verified_at)
                     values (${caller.accountId}, '+919876543212', now())`;
    expect(await check(caller, '9876543212')).toMatchObject({ whitelisted: true, promotional: 'ALLOWED' });
  });

  it('that is none, or a category that is none, is refused', async () => {
    const caller = await api.caller();
    expect(await check(caller, '12')).toMatchObject({ status: 422, errors: [{ field: 'number' }] });
    expect(await check(caller, '9876543210', '&category=GOLD')).toMatchObject({ status: 422 });
    expect(await caller.json('GET', '/register/check')).toMatchObject({ status: 422 });
  });
});
