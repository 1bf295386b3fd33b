/** What is guaranteed about the blacklist by the API: one entry or a million, numbers and addresses alike. */
import { describe, expect, it } from 'vitest';
import { type Caller, type Reply, testApi } from './support.ts';

const api = await testApi();
const FUTURE = '2999-01-01T00:00:00.000Z';

async function load(
  caller: Caller,
  path: string,
  content: string | Uint8Array<ArrayBuffer>,
  fields = {},
  headers = {},
) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, String(value));
  form.append('file', new File([content], 'list.csv'));
  const reply = await caller.call('POST', `${path}/imports`, { form, headers });
  return { status: reply.status, ...((await reply.json()) as Reply) };
}
const listed = async (caller: Caller, path: string, query = '') =>
  (await caller.json('GET', `${path}?limit=500${query}`)).items;

describe('a file', () => {
  it('adds its usable rows, with reason and expiry of their own or of the form, and names the others', async () => {
    const caller = await api.caller();
    const content = [
      'Mobile,Reason,expires_at',
      `9876543210,asked by phone,${FUTURE}`,
      '+14155552671,,',
      'abc,,',
      '9876543211,,2001-01-01T00:00:00Z',
      '9876543212,,tomorrow',
      ',,',
      '9876543213,a,b,c',
      '9876543210,asked again,',
    ].join('\r\n');
    const reply = await load(caller, '/blacklist/phones', content, { reason: 'list of May' });
    expect(reply).toMatchObject({
      status: 201,
      added: 2,
      updated: 0,
      rejected: 5,
      firstRejected: [
        { row: 3, message: 'not a valid number, read as one of IN' },
        { row: 4, message: 'expiresAt must be in the future' },
        { row: 5, message: expect.stringContaining('RFC 3339') },
        { row: 6, message: 'the number is empty' },
        { row: 7, message: expect.stringContaining('more cells') },
      ],
    });
    expect(await listed(caller, '/blacklist/phones')).toMatchObject([
      { number: '+14155552671', reason: 'list of May', expiresAt: null },
      { number: '+919876543210', reason: 'asked again', expiresAt: null },
    ]);
    const [entry] = await api.db.sql`
      select detail from audit_log where account_id = ${caller.accountId} and action = 'blacklist.import'`;
    expect(entry?.detail).toEqual({ added: 2, updated: 0, rejected: 5 });
  });

  it('of mail addresses is read by its email column', async () => {
    const caller = await api.caller();
    const reply = await load(
      caller,
      '/blacklist/emails',
      'name;E-Mail;reason\nAsha;Asha@Example.com;left\nB;nobody;\n',
      { expiresAt: FUTURE },
    );
    expect(reply).toMatchObject({
      added: 1,
      rejected: 1,
      firstRejected: [{ row: 2, message: 'not a mail address' }],
    });
    expect(await listed(caller, '/blacklist/emails')).toMatchObject([
      { email: 'asha@example.com', reason: 'left', expiresAt: FUTURE },
    ]);
  });

  it('of tens of thousands of rows is loaded in batches, and again without harm', async () => {
    const caller = await api.caller();
    const rows = Array.from({ length: 12_345 }, (_, index) => `98765${String(index).padStart(5, '0')}`);
    const content = rows.join('\n');
    const headers = { 'Idempotency-Key': 'big' };
    const first = await load(caller, '/blacklist/phones', content, {}, headers);
    expect(first).toMatchObject({ added: 12_345, updated: 0, rejected: 0, firstRejected: [] });
    expect(await load(caller, '/blacklist/phones', content, {}, headers)).toEqual(first);
    expect(await load(caller, '/blacklist/phones', content)).toMatchObject({ added: 0, updated: 12_345 });
  });

  it.each([
    ['a workbook', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]), 'zip archive'],
    ['no phone column', 'name,city\nAsha,Pune\n', 'no column is called'],
    ['nothing', '', 'no rows'],
    ['a header alone', 'number\n', 'no rows'],
    ['no usable row', 'number\nabc\ndef\n', 'none of its 2 rows'],
  ])('that is %s is refused whole', async (_, content, message) => {
    const caller = await api.caller();
    expect(await load(caller, '/blacklist/phones', content)).toMatchObject({
      status: 422,
      errors: [{ field: 'file', message: expect.stringContaining(message) }],
    });
    expect(await listed(caller, '/blacklist/phones')).toEqual([]);
  });

  it('with bad fields or none is refused by the field', async () => {
    const caller = await api.caller();
    const bad = (fields: object) => load(caller, '/blacklist/phones', '9876543210\n', fields);
    expect(await bad({ expiresAt: 'soon' })).toMatchObject({ status: 422, errors: [{ field: 'expiresAt' }] });
    expect(await bad({ expiresAt: '2001-01-01T00:00:00Z' })).toMatchObject({
      errors: [{ field: 'expiresAt' }],
    });
    expect(await bad({ reason: 'x'.repeat(501) })).toMatchObject({ errors: [{ field: 'reason' }] });
    expect(await bad({ colour: 'red' })).toMatchObject({ errors: [{ field: 'colour' }] });
    const none = await caller.call('POST', '/blacklist/phones/imports', { form: new FormData() });
    expect(none.status).toBe(422);
    expect(await listed(caller, '/blacklist/phones')).toEqual([]);
  });
});

describe('the list', () => {
  it('is filtered by beginning, reason and expiry, and shortened by many or by what has expired', async () => {
    const caller = await api.caller();
    const post = (json: unknown, path = '/blacklist/phones') => caller.json('POST', path, json);
    await post({ numbers: ['9876543210', '9876543211'], reason: 'Complaint' });
    await post({ number: '+14155552671' });
    await api.db.sql`update blacklist_phones set expires_at = now() - interval '1 day'
      where account_id = ${caller.accountId} and number = '+919876543211'`;
    const numbers = async (query: string) =>
      (await listed(caller, '/blacklist/phones', query)).map((one: Reply) => one.number);
    expect(await numbers('&number=%2B9198')).toEqual(['+919876543210', '+919876543211']);
    expect(await numbers('&number=+9198&reason=complaint&expired=false')).toEqual(['+919876543210']);
    expect(await numbers('&expired=true')).toEqual(['+919876543211']);
    const page = await caller.json('GET', '/blacklist/phones?limit=1&number=91');
    expect(page.items).toMatchObject([{ number: '+919876543210' }]);
    const next = await caller.json('GET', `/blacklist/phones?limit=1&number=91&cursor=${page.nextCursor}`);
    expect(next).toMatchObject({ items: [{ number: '+919876543211' }], nextCursor: null });
    expect(await caller.json('GET', '/blacklist/phones?number=abc')).toMatchObject({ status: 422 });
    expect(await caller.json('GET', '/blacklist/phones?expired=perhaps')).toMatchObject({ status: 422 });
    const remove = (json: unknown) => post(json, '/blacklist/phones/removals');
    expect(await remove({ numbers: ['9876543210', 'abc'] })).toMatchObject({
      status: 422,
      errors: [{ field: 'numbers.1' }],
    });
    expect(await remove({})).toMatchObject({ status: 422, errors: [{ field: 'numbers' }] });
    expect(await remove({ expired: true, numbers: ['9876543210'] })).toMatchObject({ status: 422 });
    expect(await remove({ expired: true })).toEqual({ removed: 1 });
    expect(await remove({ numbers: ['9876543210', '9876543299'] })).toEqual({ removed: 1 });
    expect(await numbers('')).toEqual(['+14155552671']);
  });

  it('of mail addresses does the same', async () => {
    const caller = await api.caller();
    await caller.json('POST', '/blacklist/emails', { emails: ['A@Example.com', 'b@example.com'] });
    const found = await caller.json('GET', '/blacklist/emails?email=A@');
    expect(found.items).toMatchObject([{ email: 'a@example.com' }]);
    expect(await caller.json('POST', '/blacklist/emails/removals', { emails: ['B@example.com'] })).toEqual({
      removed: 1,
    });
    expect(await caller.json('POST', '/blacklist/emails/removals', { emails: ['nobody'] })).toMatchObject({
      status: 422,
    });
  });
});
