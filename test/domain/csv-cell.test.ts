/** What is guaranteed about cells of a CSV that people open in spreadsheets. */

import fc from 'fast-check';
import { parseString } from 'fast-csv';
import { expect, test } from 'vitest';
import { csvCell, csvLine, withoutGuard } from '../../domain/csv-cell.ts';

test.each([
  ['=1+1', "'=1+1"],
  ['+cmd|x', "'+cmd|x"],
  ['-2+3', "'-2+3"],
  ['@SUM(1)', "'@SUM(1)"],
  ['\tx', "'\tx"],
  ["'=1", "''=1"],
  ["'tis", "'tis"],
  ['+919811000010', '+919811000010'],
  ['-1.5', '-1.5'],
  ['a "b", c', '"a ""b"", c"'],
  [null, ''],
  [new Date(0), '1970-01-01T00:00:00.000Z'],
])('%j is written as %j', (value, expected) => {
  expect(csvCell(value)).toBe(expected);
});

const cellText = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom(' ', 'a'), maxLength: 2 }),
  fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', '1', 'a'), maxLength: 6 }),
);

test('a reader gets back what was written, but for the apostrophe of a formula, and never a formula', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(cellText, { minLength: 2, maxLength: 6 }), async (cells) => {
      const read = await new Promise<string[][]>((resolve, reject) => {
        const rows: string[][] = [];
        parseString<string[], string[]>(csvLine(cells), { headers: false })
          .on('data', (row) => rows.push(row))
          .on('error', reject)
          .on('end', () => resolve(rows));
      });
      expect(read).toHaveLength(1);
      for (const [at, cell] of (read[0] ?? []).entries()) {
        expect(cell === cells[at] || cell === `'${cells[at]}`).toBe(true);
        expect(withoutGuard(cell)).toBe(cells[at]);
        expect(/^[=@\t\r]/.test(cell)).toBe(false);
      }
    }),
    { numRuns: 200 },
  );
});
