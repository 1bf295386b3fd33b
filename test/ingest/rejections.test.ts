/** Files that are turned away whole: each reason, its sentence, and that nothing of the file is kept. */
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { readCsv } from '../../activities/ingest/read-csv.ts';
import { LIST_LIMITS } from '../../domain/list/limits.ts';
import { RecordSplitter } from '../../domain/list/records.ts';
import { ListRejected } from '../../domain/list/rejection.ts';
import { testDatabase } from '../support/database.ts';
import { listRequests, type RequestOptions } from './request.ts';
import { markedEncrypted, renamed, withUnpackedSize, zipOf } from './zip.ts';

const db = await testDatabase();
const lists = listRequests(db);
const file = (name: string): Buffer => readFileSync(new URL(`../data/lists/${name}`, import.meta.url));
const LIST = 'mobile,name\n9876543210,Asha\n9876543211,Ravi\n';
const rowsOf = (count: number): string =>
  Array.from({ length: count }, (_, i) => `${7_000_000_000 + i},Somebody\n`).join('');

async function rejected(options: RequestOptions) {
  const { result, requestId, rows } = await lists.read(options);
  expect(rows).toEqual([]);
  expect(await lists.tallies(requestId)).toEqual({});
  const request = await lists.requestOf(requestId);
  expect(request).toMatchObject({ status: 'REJECTED', rejection: result.rejected, loaded: 0, added: 0 });
  const events = await db.sql`select type from request_events where request_id = ${requestId}`;
  expect(events.map((event) => event.type)).toEqual(['REJECTED']);
  return { rejection: result.rejected, detail: request.rejectionDetail ?? '' };
}

describe('a file that is no list', () => {
  test.each([
    ['workbook.xlsx', 'NOT_CSV', /Excel/],
    ['report.pdf', 'NOT_CSV', /PDF/],
    ['page.csv', 'NOT_CSV', /web page/],
    ['noise.csv', 'NOT_CSV', /binary/],
    ['unclosed-quote.csv', 'NOT_CSV', /quote that opens on line 2 is never closed/],
    ['no-phone-column.csv', 'NO_PHONE_COLUMN', /"name", "amount", "city"/],
    ['empty.csv', 'EMPTY_FILE', /empty/],
    ['blank-lines.csv', 'EMPTY_FILE', /empty/],
    ['header-only.csv', 'EMPTY_FILE', /no rows/],
    ['latin-1.csv', 'BAD_ENCODING', /line 3 .*byte 42 /],
  ])('%s is turned away as %s', async (name, rejection, sentence) => {
    const { rejection: found, detail } = await rejected({ content: file(name) });
    expect(found).toBe(rejection);
    expect(detail).toMatch(sentence);
  });

  test.each([
    ['prose', 'Call list 9811000010 Pune\n', 'NO_PHONE_COLUMN', /\(a number\)/],
    ['JSON', '[{"number":"9811000010"}]', 'NOT_CSV', /JSON/],
    ['JSON over lines', '[\n  {"number": "9811000010"}\n]\n', 'NOT_CSV', /JSON/],
  ])(
    '%s with a number in it is turned away, and nobody is called',
    async (_what, content, rejection, why) => {
      const found = await rejected({ content });
      expect(found.rejection).toBe(rejection);
      expect(found.detail).toMatch(why);
    },
  );

  test('a phone column that the request names must be there', async () => {
    const { rejection, detail } = await rejected({ content: LIST, phoneColumn: 'whatsapp' });
    expect(rejection).toBe('NO_PHONE_COLUMN');
    expect(detail).toContain('"whatsapp"');
  });

  test('a header of which a cell is a number does not put the number in the message', async () => {
    const { detail } = await rejected({ content: 'Asha,9876543210\nRavi,9876543211\n' });
    expect(detail).not.toContain('9876543210');
  });

  test('UTF-16 that breaks off in a character is BAD_ENCODING', async () => {
    const broken = Buffer.concat([
      Buffer.from(`\ufeff${LIST}`, 'utf16le'),
      Buffer.from([0x3d, 0xd8, 0x41, 0x00]),
    ]);
    expect((await rejected({ content: broken })).rejection).toBe('BAD_ENCODING');
  });

  test('UTF-8 that breaks off in a character is BAD_ENCODING', async () => {
    const broken = Buffer.concat([Buffer.from(LIST), Buffer.from([0xe0, 0xa4])]);
    expect((await rejected({ content: broken })).rejection).toBe('BAD_ENCODING');
  });
});

describe('a file that is too large', () => {
  test('over 10 MB is FILE_TOO_LARGE, and the rows that were read go away', async () => {
    const content = `mobile,name\n${rowsOf(600_000)}`;
    expect((await rejected({ content })).rejection).toBe('FILE_TOO_LARGE');
  });

  test('a zip over 25 MB is ZIP_TOO_LARGE', async () => {
    const content = Readable.from(
      (function* () {
        for (let i = 0; i < 27; i += 1) yield Buffer.alloc(1_048_576, i);
      })(),
    );
    expect((await rejected({ content, format: 'zip' })).rejection).toBe('ZIP_TOO_LARGE');
  });

  test('a zip of more than 100 MB unpacked is ZIP_TOO_LARGE before anything is unpacked', async () => {
    const content = withUnpackedSize(
      await zipOf({ 'a.csv': rowsOf(100_000) }),
      LIST_LIMITS.unpackedBytes + 1,
    );
    expect((await rejected({ content, format: 'zip' })).rejection).toMatch(/^ZIP_(TOO_LARGE|UNSAFE)$/);
  });
});

describe('a zip that could do harm', () => {
  test.each([
    [
      'leads out of its folder',
      async () => renamed(await zipOf({ 'xx/evil.csv': LIST }), 'xx/evil', '../evil'),
    ],
    [
      'leads out with a backslash',
      async () => renamed(await zipOf({ 'xx/evil.csv': LIST }), 'xx/evil', '..\\evil'),
    ],
    ['names an absolute path', async () => renamed(await zipOf({ 'xtmp/a.csv': LIST }), 'xtmp', '/tmp')],
    ['names a drive', async () => renamed(await zipOf({ 'xx/evil.csv': LIST }), 'xx/evil', 'C:/evil')],
    ['is a link', async () => zipOf({ 'a.csv': '/etc/passwd' }, 0o120777)],
    ['is encrypted', async () => markedEncrypted(await zipOf({ 'a.csv': LIST }))],
    ['is a zip itself', async () => zipOf({ 'a.csv': LIST, 'inner.zip': await zipOf({ 'b.csv': LIST }) })],
    ['is a bomb', async () => zipOf({ 'a.csv': `mobile\n${'9876543210\n'.repeat(3_000_000)}` })],
    ['lies about its size', async () => withUnpackedSize(await zipOf({ 'a.csv': LIST }), 10)],
    [
      'is one of too many',
      async () => zipOf(Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`${i}.csv`, LIST]))),
    ],
  ])('with an entry that %s is ZIP_UNSAFE', async (_what, make) => {
    expect((await rejected({ content: await make(), format: 'zip' })).rejection).toBe('ZIP_UNSAFE');
  });

  test.each([
    ['nothing at all', {}, 'EMPTY_FILE'],
    ['folders alone', { 'a/': '' }, 'EMPTY_FILE'],
    ['an empty csv', { 'a.csv': '' }, 'EMPTY_FILE'],
    ['no csv', { 'logo.png': 'PNG' }, 'NOT_CSV'],
    ['a workbook beside the csv', { 'a.csv': LIST, 'b.xlsx': 'PK' }, 'NOT_CSV'],
    ['a csv that is binary', { 'a.csv': file('noise.csv') }, 'NOT_CSV'],
    ['a csv without a phone column', { 'a.csv': LIST, 'b.csv': 'name,city\nA,B\n' }, 'NO_PHONE_COLUMN'],
  ])('with %s is turned away', async (_what, files, rejection) => {
    expect(
      (await rejected({ content: await zipOf(files as Record<string, string>), format: 'zip' })).rejection,
    ).toBe(rejection);
  });

  test('a csv that was sent as a zip is NOT_CSV', async () => {
    expect((await rejected({ content: LIST, format: 'zip' })).rejection).toBe('NOT_CSV');
  });
});

describe('memory stays bounded', () => {
  const reading = { phoneColumn: null, country: 'IN', declared: [] };
  const PIECE = 65_536;

  /** How many bytes were taken of an endless-looking source before the reader gave up. */
  async function taken(pieces: () => Iterable<Buffer>): Promise<{ bytes: number; error: unknown }> {
    let bytes = 0;
    async function* source(): AsyncGenerator<Buffer> {
      for (const piece of pieces()) {
        bytes += piece.length;
        yield piece;
      }
    }
    const limits = { bytes: 2 ** 40, tooLarge: () => new ListRejected('FILE_TOO_LARGE', 'too large') };
    try {
      for await (const batch of readCsv(source(), reading, limits)) if (batch.rows.length < 0) break;
    } catch (error) {
      return { bytes, error };
    }
    return { bytes, error: undefined };
  }

  const endless = (first: string, filling: string) =>
    function* (): Generator<Buffer> {
      yield Buffer.from(first);
      for (let sent = 0; sent < 200 * 1_048_576; sent += PIECE) yield Buffer.alloc(PIECE, filling);
    };

  test.each([
    ['a line of 200 MB', 'mobile,name\n9876543210,', 'x'],
    ['a first line of 200 MB', '', 'x'],
    ['a quote that never closes', 'mobile,name\n9876543210,"', 'Asha\n'],
    ['a quote that never closes in the header', 'mobile,"na', 'me\n'],
    ['200 MB of spaces', 'mobile,name\n', ' '],
    ['200 MB of quotes', 'mobile,name\n9876543210,"', '"'],
  ])('%s is NOT_CSV after less than a megabyte', async (_what, first, filling) => {
    const { bytes, error } = await taken(endless(first, filling));
    expect(error).toMatchObject({ rejection: 'NOT_CSV' });
    expect(bytes).toBeLessThan(1_048_576);
  });

  test('the splitter holds back no more than one record', () => {
    const splitter = new RecordSplitter(',');
    const record = `9876543210,"${'x'.repeat(LIST_LIMITS.recordLength - 20)}`;
    expect(splitter.push(record)).toEqual({ text: '', records: 0, broken: [] });
    expect(() => splitter.push('x'.repeat(100))).toThrow(ListRejected);
  });
});
