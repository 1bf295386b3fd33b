/** Lists before a parser sees them: encodings, separators, headers, and where records begin and end. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CsvCells } from '../../activities/ingest/csv-cells.ts';
import { detectEncoding, firstInvalidUtf8, openBytesUtf8 } from '../../domain/list/encoding.ts';
import { namedSeparator, readShape, sniffSeparator, variableName } from '../../domain/list/header.ts';
import { RecordSplitter } from '../../domain/list/records.ts';

const reading = { phoneColumn: null, country: 'IN', declared: [] };

describe('encoding', () => {
  const text = 'mobile,नाम\n9876543210,आशा\n';
  test.each([
    ['utf-8', 0, Buffer.from(text)],
    ['utf-8', 3, Buffer.from(`\ufeff${text}`)],
    ['utf-16le', 0, Buffer.from(text, 'utf16le')],
    ['utf-16le', 2, Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['utf-16be', 0, Buffer.from(text, 'utf16le').swap16()],
    ['utf-16be', 2, Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ])('%s after %i bytes of mark is recognised', (encoding, skip, bytes) => {
    expect(detectEncoding(bytes)).toEqual({ encoding, skip });
  });

  test('the first byte that is not UTF-8 is found where the platform finds one', () => {
    const strict = new TextDecoder('utf-8', { fatal: true });
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 12 }),
      fc.string({ unit: 'binary', maxLength: 8 }).map((s) => new TextEncoder().encode(s)),
    );
    fc.assert(
      fc.property(bytes, (given) => {
        const at = firstInvalidUtf8(given);
        const decodes = (part: Uint8Array): boolean => {
          try {
            strict.decode(part);
            return true;
          } catch {
            return false;
          }
        };
        expect(at === -1).toBe(decodes(given));
        if (at !== -1) expect(decodes(given.subarray(0, at))).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  test('text cut anywhere goes on with the bytes that were held back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }), fc.nat(), (given, cut) => {
        const bytes = new TextEncoder().encode(given);
        const first = bytes.subarray(0, cut % (bytes.length + 1));
        const whole = first.subarray(0, first.length - openBytesUtf8(first));
        expect(firstInvalidUtf8(whole)).toBe(-1);
        expect(first.length - whole.length).toBeLessThan(4);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('separator', () => {
  test.each([
    ['mobile,name', ','],
    ['mobile;name;a,b,c,d', ';'],
    ['mobile\tname', '\t'],
    ['"mobile";"name, first, last"', ';'],
    ['mobile', ','],
    ['a;b;c', ';'],
  ])('of %j is %j', (record, separator) => {
    expect(sniffSeparator(record, null)).toBe(separator);
  });

  test('may be named by a first line of its own', () => {
    expect(namedSeparator('sep=;')).toBe(';');
    expect(namedSeparator('sep=|')).toBeUndefined();
    expect(namedSeparator('mobile,name')).toBeUndefined();
  });
});

describe('header', () => {
  test('the phone column may stand anywhere; the first of several counts, the others are variables', () => {
    expect(readShape(['name', 'phone', 'mobile'], reading)).toEqual({
      columns: 3,
      phoneIndex: 1,
      phoneHeader: 'phone',
      zone: null,
      variables: ['name', null, 'mobile'],
      headless: false,
      guarded: false,
    });
  });

  test.each([
    ['First Name', 'First_Name'],
    ['  amount ', 'amount'],
    ['due-date', 'due-date'],
    ['-due-', 'due'],
    ['balance (₹)', 'balance____'],
    ['नाम', undefined],
    ['__proto__', undefined],
  ])('%j names the variable %j', (header, name) => {
    expect(variableName(header)).toBe(name);
  });

  test('the columns that rejected.csv adds feed nothing and count for nothing', () => {
    const own = Array.from({ length: 199 }, (_, i) => `c${i}`);
    const shape = readShape(['mobile', ...own, 'Clarion_Row', 'clarion_reason', 'clarion_detail'], reading);
    expect(shape).toMatchObject({ columns: 203, guarded: true, variables: [null, ...own, null, null, null] });
  });

  test.each(['9811000010', '+91 (98110) 000-10', '098110.00010', '９８１１００００１０', '＋919811000010'])(
    'a lone %j is a number, so the file has no header',
    (line) => {
      expect(readShape([line], reading).headless).toBe(true);
    },
  );

  test.each([
    ['Call list 9811000010 Pune', 'NO_PHONE_COLUMN'],
    ['tel:9811000010', 'NO_PHONE_COLUMN'],
    ['9811000010 Asha', 'NO_PHONE_COLUMN'],
    ['[{"number":"9811000010"}]', 'NOT_CSV'],
    [' {"number":"9811000010"} ', 'NOT_CSV'],
    ['[9811000010]', 'NOT_CSV'],
    ['[', 'NOT_CSV'],
    ['{"people": [', 'NOT_CSV'],
  ])('a lone %j is no number: %s', (line, rejection) => {
    expect(() => readShape([line], reading)).toThrow(expect.objectContaining({ rejection }));
  });

  test('too many columns are refused', () => {
    expect(() =>
      readShape(
        Array.from({ length: 201 }, (_, i) => `c${i}`),
        reading,
      ),
    ).toThrow('more than 200');
  });
});

describe('records', () => {
  /** Cells of records, quoted where they must be or when asked to. */
  const cell = fc.tuple(
    fc.string({
      unit: fc.constantFrom('a', '"', ',', ';', '\t', '\n', '\r', ' ', 'é', '\u00a0'),
      maxLength: 6,
    }),
    fc.boolean(),
  );
  const written = ([text, quoted]: [string, boolean]): string =>
    quoted || /[",;\t\n\r]/.test(text) || text.trim() !== text ? `"${text.replaceAll('"', '""')}"` : text;

  test('cut anywhere, records of any cells come out as they went in', async () => {
    const records = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        records,
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.array(fc.nat(60), { maxLength: 4 }),
        async (given, separator, end, cuts) => {
          const kept = given.map((cells) =>
            cells.length === 1 && cells[0]?.[0] === '' ? [['x', false] as [string, boolean]] : cells,
          );
          const text = kept.map((cells) => cells.map(written).join(separator) + end).join('');
          const splitter = new RecordSplitter(separator);
          const parser = new CsvCells(separator);
          const found: string[][] = [];
          let at = 0;
          for (const cut of [...cuts, text.length]) {
            const portion = splitter.push(text.slice(at, at + cut));
            at += cut;
            expect(portion.broken).toEqual([]);
            found.push(...(await parser.read(portion.text, portion.records)));
          }
          const last = splitter.finish();
          found.push(...(await parser.read(last.text, last.records)));
          parser.close();
          expect(found).toEqual(kept.map((cells) => cells.map(([value]) => value)));
        },
      ),
      { numRuns: 400 },
    );
  });

  test('whatever the text, the parser finds the records that the splitter counted', async () => {
    const text = fc.string({
      unit: fc.constantFrom('a', '"', '"', ',', ',', '\n', '\r', ' ', '\t', '\u00a0', '\ufeff', '\u2028'),
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(text, fc.constantFrom(',', '\t'), async (given, separator) => {
        const splitter = new RecordSplitter(separator);
        const parser = new CsvCells(separator);
        const pushed = splitter.push(given);
        await parser.read(pushed.text, pushed.records);
        try {
          const last = splitter.finish();
          await parser.read(last.text, last.records);
        } catch (error) {
          expect(String(error)).toContain('never closed');
        }
        parser.close();
      }),
      { numRuns: 3000 },
    );
  });

  test('a record with loose quotes costs itself alone, and its line is named', () => {
    const splitter = new RecordSplitter(',');
    const text = 'a,b\n\n"1\n2",x\n"3"4,y\n5,z\n';
    expect(splitter.push(text)).toEqual({
      text: 'a,b\n"1\n2",x\n5,z\n',
      records: 3,
      broken: [{ after: 2, cells: ['"3"4', 'y'], problem: 'text follows a closing quote (line 5)' }],
    });
  });
});
