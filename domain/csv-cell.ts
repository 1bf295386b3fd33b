/**
 * One cell of a CSV file that people will open in a spreadsheet. Lists come from outside, so a cell may hold
 * `=HYPERLINK(...)` and the like, which a spreadsheet would run on the reader's machine.
 */

/**
 * What spreadsheets take for the beginning of a formula (OWASP, "CSV Injection"). Apostrophes before it count:
 * a text that came as `'=x` gets one more, so that taking one away always gives back what was there.
 */
const FORMULA_START = /^'*[=+\-@\t\r]/;
const GUARDED = /^'(?='*[=+\-@\t\r])/;
/** What RFC 4180 asks for, and blanks at either end, which readers take away from a cell without quotes. */
const MUST_BE_QUOTED = /[",\r\n]|^\s|\s$/;
/** A plain number or an E.164 number begins with a sign too, and runs nothing. */
const PLAIN_NUMBER = /^[+-]?\d+(\.\d+)?$/;

/**
 * @param value what the cell shall show; nothing for null and undefined, RFC 3339 for a Date
 * @returns the cell as it stands in the file: formulas get an apostrophe in front, which spreadsheets do not
 *   show and do not run; quoted where RFC 4180 asks for it
 */
export function csvCell(value: string | number | boolean | Date | null | undefined): string {
  if (value === null || value === undefined) return '';
  const text = value instanceof Date ? value.toISOString() : String(value);
  const safe = FORMULA_START.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text;
  return MUST_BE_QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** @returns the text a cell was written from by `csvCell`: without the apostrophe in front of a formula */
export const withoutGuard = (cell: string): string => cell.replace(GUARDED, '');

/** One record with its line end. CRLF, as RFC 4180 has it. */
export function csvLine(cells: readonly Parameters<typeof csvCell>[0][]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}
