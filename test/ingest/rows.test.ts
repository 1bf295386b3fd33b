/** Rows: each result, the forms a list may come in, and counts that always add up. */
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { importRegister } from '../../activities/import-register.ts';
import { addToBlacklist } from '../../db/queries/blacklist.ts';
import { testAccount, testDatabase } from '../support/database.ts';
import { listRequests, type RequestOptions } from './request.ts';
import { zipOf } from './zip.ts';

const db = await testDatabase();
const lists = listRequests(db);
const EVERY = readFileSync(new URL('../data/lists/every-result.csv', import.meta.url), 'utf8');
const VARIABLES = [
  { name: 'name', required: true },
  { name: 'amount', required: false },
];
const RESULTS = [
  'ACCEPTED',
  'MALFORMED_ROW',
  'MISSING_NUMBER',
  'INVALID_NUMBER',
  'DUPLICATE',
  'BLACKLISTED',
  'DO_NOT_CALL',
  'MISSING_VARIABLE',
  'ACCEPTED',
  'MALFORMED_ROW',
];

let accountId = 0;
beforeAll(async () => {
  accountId = await testAccount(db);
  await addToBlacklist(db, {
    accountId,
    kind: 'phones',
    entries: [{ value: '+919876543212' }, { value: '+919876543215', expiresAt: new Date(Date.now() - 1000) }],
  });
  const content = Readable.from([Buffer.from('number\n9876543213\n+919876543299\n')]);
  await importRegister(db, { accountId, fileName: 'dnd.csv', country: 'IN', content });
});
const read = (options: RequestOptions) => lists.read({ accountId, variables: VARIABLES, ...options });
const resultsOf = (rows: { result: string }[]): string[] => rows.map((row) => row.result);

describe('each row is answered for', () => {
  test('a list with every fault gives every result, each with its reason', async () => {
    const { rows, result, requestId } = await read({ content: EVERY });
    expect(resultsOf(rows)).toEqual(RESULTS);
    expect(rows.map((row) => row.detail)).toEqual([
      null,
      'the row has 2 cells where the header has 3',
      'the number is empty',
      'not a valid number, read as one of IN',
      'the same number as row 1',
      'the number is on the blacklist',
      'the number is on the do-not-call register',
      'name',
      null,
      'text follows a closing quote (line 12)',
    ]);
    expect(rows[0]).toMatchObject({
      row: 1,
      given: '9876543210',
      number: '+919876543210',
      region: 'IN',
      variables: { name: 'Asha', amount: '100' },
    });
    expect(rows[8]?.variables).toEqual({ name: 'Line\nBreak', amount: '6' });
    expect(result).toEqual({ rejected: null, loaded: 10, added: 2 });
    expect(await lists.requestOf(requestId)).toMatchObject({ status: 'RECEIVED', loaded: 10, added: 2 });
    expect(await lists.tallies(requestId)).toMatchObject({ ACCEPTED: 2, MALFORMED_ROW: 2, DUPLICATE: 1 });
  });

  test('rows that come after the end time are TOO_LATE, and only those that had no other fault', async () => {
    const { rows } = await read({ content: EVERY, endAt: new Date(Date.now() - 60_000) });
    expect(resultsOf(rows)).toEqual(RESULTS.map((result) => (result === 'ACCEPTED' ? 'TOO_LATE' : result)));
  });

  test.each([
    ['transactional', { transactional: true }],
    ['not promotional', { promotional: false }],
  ])(
    'a flow that is %s is not scrubbed against the register, but against the blacklist',
    async (_what, options) => {
      const { rows } = await read({ content: EVERY, ...options });
      expect(resultsOf(rows)).toEqual(
        RESULTS.map((result) => (result === 'DO_NOT_CALL' ? 'ACCEPTED' : result)),
      );
    },
  );

  test('a whitelisted number is never DO_NOT_CALL once it is verified, and is still blacklisted', async () => {
    const own = await testAccount(db);
    const content = 'number\n9876543213\n9876543212\n9876543214\n';
    const register = () => Readable.from([Buffer.from('9876543213\n9876543212\n9876543214\n')]);
    await importRegister(db, { accountId: own, fileName: 'dnd.csv', country: 'IN', content: register() });
    await addToBlacklist(db, { accountId: own, kind: 'phones', entries: [{ value: '+919876543212' }] });
    await db.sql`insert into whitelist_phones (account_id, number, verified_at)
                 values (${own}, '+919876543213', now()), (${own}, '+919876543212', now()),
                        (${own}, '+919876543214', null)`;
    const { rows } = await lists.read({ accountId: own, content });
    expect(resultsOf(rows)).toEqual(['ACCEPTED', 'BLACKLISTED', 'DO_NOT_CALL']);
  });

  test("the platform's register applies to every account, another account's does not", async () => {
    const [mine, theirs] = [await testAccount(db), await testAccount(db)];
    const file = (text: string) => Readable.from([Buffer.from(text)]);
    await importRegister(db, { accountId: 0, fileName: 'a', country: 'IN', content: file('9812345670\n') });
    await importRegister(db, {
      accountId: theirs,
      fileName: 'b',
      country: 'IN',
      content: file('9812345671\n'),
    });
    const { rows } = await lists.read({ accountId: mine, content: 'phone\n9812345670\n9812345671\n' });
    expect(resultsOf(rows)).toEqual(['DO_NOT_CALL', 'ACCEPTED']);
  });

  test('a repeat of a row that was turned away for its number is DUPLICATE', async () => {
    const { rows } = await read({
      content: 'mobile,name\n9876543212,A\n09876543212,B\n9876543213,C\n+919876543213,D\n',
    });
    expect(resultsOf(rows)).toEqual(['BLACKLISTED', 'DUPLICATE', 'DO_NOT_CALL', 'DUPLICATE']);
  });

  test('a row with a zero character is MALFORMED_ROW', async () => {
    const { rows } = await read({
      content: Buffer.from(`\ufeffmobile,name\n9876543210,A\u0000\n`, 'utf16le'),
    });
    expect(resultsOf(rows)).toEqual(['MALFORMED_ROW']);
  });
});

describe('the same list in another form gives the same rows', () => {
  const crlf = EVERY.replaceAll('\n', '\r\n').replace('Line\r\nBreak', 'Line\nBreak');
  const swapped = Buffer.from(EVERY, 'utf16le').swap16();
  const [head = '', ...lines] = EVERY.split('\n');
  const half = (part: string[]): string => `${[head, ...part].join('\n')}\n`;
  test.each<[string, () => Promise<RequestOptions> | RequestOptions]>([
    ['UTF-8 with a mark', () => ({ content: `\ufeff${EVERY}` })],
    ['UTF-16 LE with a mark', () => ({ content: Buffer.from(`\ufeff${EVERY}`, 'utf16le') })],
    ['UTF-16 LE without', () => ({ content: Buffer.from(EVERY, 'utf16le') })],
    ['UTF-16 BE with a mark', () => ({ content: Buffer.from(`\ufeff${EVERY}`, 'utf16le').swap16() })],
    ['UTF-16 BE without', () => ({ content: swapped })],
    ['semicolons', () => ({ content: EVERY.replaceAll(',', ';') })],
    ['tabs', () => ({ content: EVERY.replaceAll(',', '\t') })],
    ['sep= in front', () => ({ content: `sep=;\r\n${EVERY.replaceAll(',', ';')}` })],
    ['CRLF', () => ({ content: crlf })],
    ['CR', () => ({ content: crlf.replaceAll('\r\n', '\r') })],
    ['blank lines', () => ({ content: crlf.replaceAll('\r\n', '\r\n\r\n').replace(/^/, '\r\n  \r\n') })],
    ['no line end at the end', () => ({ content: EVERY.trimEnd() })],
    [
      'empty cells to the right',
      () => ({ content: EVERY.replace('amount\n', 'amount,,\n').replace('Asha,100\n', 'Asha,100,,\n') }),
    ],
    [
      'another phone column',
      () => ({ content: EVERY.replace('Mobile Number', 'WhatsApp No'), phoneColumn: 'whatsapp_no' }),
    ],
    ['a zip', async () => ({ content: await zipOf({ 'list.csv': EVERY }), format: 'zip' as const })],
    [
      'a zip of two, with clutter and an empty one',
      async () => ({
        content: await zipOf({
          'lists/': '',
          'lists/1.csv': half(lines.slice(0, 4)),
          'lists/2.CSV': half(lines.slice(4)).trimEnd(),
          'lists/3.csv': '',
          '__MACOSX/lists/._1.csv': 'x',
          '.DS_Store': 'x',
        }),
        format: 'zip' as const,
      }),
    ],
  ])('%s', async (_form, make) => {
    const plain = await read({ content: EVERY });
    const other = await read(await make());
    const essence = (rows: typeof plain.rows) =>
      rows.map(({ detail, given, ...row }) => ({
        ...row,
        // What is shown of a broken record has the separators it came with; its line is the file's.
        given: row.result === 'MALFORMED_ROW' ? '' : given,
        detail: detail?.replace(/ \(line \d+\)/, '') ?? null,
      }));
    expect(essence(other.rows)).toEqual(essence(plain.rows));
    expect(other.result).toEqual(plain.result);
  });
});

describe('headers', () => {
  test.each([
    'number',
    'Phone',
    'PHONE_NUMBER',
    'phone-number',
    'mobile',
    ' Mobile Number ',
    'MSISDN',
    'contact',
    'Contact_Number',
  ])('%j is a phone column', async (header) => {
    const { result } = await read({ content: `name,${header}\nAsha,9876543210\n` });
    expect(result).toEqual({ rejected: null, loaded: 1, added: 1 });
  });

  test('a file of one column whose first line is a number has no header', async () => {
    const content = readFileSync(new URL('../data/lists/numbers-only.csv', import.meta.url));
    const { rows } = await lists.read({ accountId, content });
    expect(resultsOf(rows)).toEqual(['ACCEPTED', 'ACCEPTED', 'INVALID_NUMBER', 'DUPLICATE']);
  });

  test("columns fill variables in the flow's spelling, others under a legal name, none hides another", async () => {
    const variables = [{ name: 'first_name', required: true }];
    const content = 'mobile,First Name,Due date!,Due date?,,नाम\n9876543210,Asha,1 May,2 May,x,आशा\n';
    const { rows } = await read({ content, variables });
    expect(rows[0]?.variables).toEqual({
      first_name: 'Asha',
      Due_date_: '1 May',
      Due_date__2: '2 May',
      column_5: 'x',
      column_6: 'आशा',
    });
    expect(rows).toHaveLength(1);
  });
});

test('loaded = added + rejected, every row is kept in its place, and the first of a number stands', async () => {
  const cell = fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 9_800_000_000, max: 9_800_000_040 }).map(String) },
    fc.constantFrom('', '12345', 'abc', '+91 98000 00001', '09800000002', '9876543212', '9876543213'),
  );
  const name = fc.constantFrom(
    'Asha',
    'Zoë',
    '',
    '"Li, Wei"',
    '"O""Neil"',
    '"a\nb"',
    '"x"y',
    'રવિ',
    'back\\slash\\N',
  );
  const row = fc.tuple(cell, name, fc.constantFrom('', ',', ',1', ',,', ',1,2')).map((parts) => {
    const [number, called, rest] = parts;
    return `${number},${called}${rest}`;
  });
  const list = fc.array(row, { minLength: 1, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(list, fc.constantFrom('\n', '\r\n'), async (given, end) => {
      const content = `mobile,name,amount${end}${given.join(end)}${end}`;
      const { rows, result, requestId } = await read({ content });
      const tallies = await lists.tallies(requestId);
      const rejected = Object.entries(tallies).reduce(
        (sum, [kind, n]) => sum + (kind === 'ACCEPTED' ? 0 : n),
        0,
      );
      expect(result.loaded).toBe(given.length);
      expect(result.loaded).toBe(result.added + rejected);
      expect(rows.map((one) => one.row)).toEqual(given.map((_, index) => index + 1));
      expect(rows.filter((one) => one.result === 'ACCEPTED')).toHaveLength(result.added);
      const met = new Set<string>();
      for (const one of rows) {
        if (one.number === null) continue;
        expect(one.result === 'DUPLICATE').toBe(met.has(one.number));
        met.add(one.number);
      }
    }),
    { numRuns: 40 },
  );
});
