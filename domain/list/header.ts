/** What the first line of a list says: its separator, which column holds the number, which feed variables. */
import { withoutGuard } from '../csv-cell.ts';
import { parsePhone } from '../phone.ts';
import { LIST_LIMITS } from './limits.ts';
import { ListRejected } from './rejection.ts';

export type Separator = ',' | ';' | '\t';
const SEPARATORS: readonly Separator[] = [',', ';', '\t'];

/** Headers of the phone column, after case, spaces, `_` and `-` are taken away (the public interface). */
const PHONE_HEADERS = new Set([
  'number',
  'phone',
  'phonenumber',
  'mobile',
  'mobilenumber',
  'msisdn',
  'contact',
  'contactnumber',
]);

/**
 * Columns that `rejected.csv` adds to the list's own. In a file that is sent again they say nothing about the
 * person, so they feed no variable; and where one of them is, the file's formulas stand behind apostrophes.
 */
export const REJECTED_COLUMNS = ['clarion_row', 'clarion_reason', 'clarion_detail'] as const;

/** The column of the person's own zone, after the same. It feeds a variable as well, so that a row sent again keeps it. */
const ZONE_HEADER = 'timezone';

const plainHeader = (header: string): string => header.toLowerCase().replace(/[\s_-]+/g, '');

const ADDED_HEADERS: ReadonlySet<string> = new Set(REJECTED_COLUMNS.map(plainHeader));
const isAdded = (header: string): boolean => ADDED_HEADERS.has(plainHeader(header));

/** A line that is a number and nothing else. The library would find one in prose, too. */
const NUMBER_ALONE = /^[+\d\s()./-]+$/;
/** `[{"`, or a bracket alone on its line: so JSON begins when it is spread over lines. */
const JSON_START = /^[[{]\s*($|["[{])/;
const IN_BRACKETS = /^[[{].*[\]}]$/s;

/** Excel's own line, `sep=;`, which some programs put before the header. */
const SEPARATOR_LINE = /^sep=(.)\r?\n?$/i;

/** @returns the separator a first line names for the rest of the file, if that is what the line is for */
export function namedSeparator(line: string): Separator | undefined {
  const named = SEPARATOR_LINE.exec(line)?.[1];
  return SEPARATORS.find((separator) => separator === named);
}

/**
 * The separator of a list, from its first record. The one that makes a phone column wins; otherwise the one
 * that is there most often.
 * @param record the header, or the first row of a list that has none
 */
export function sniffSeparator(record: string, phoneColumn: string | null): Separator {
  let best: Separator = ',';
  let most = 0;
  for (const separator of SEPARATORS) {
    const cells = roughCells(record, separator);
    if (cells.length > 1 && cells.some((cell) => isPhoneHeader(cell, phoneColumn))) return separator;
    if (cells.length - 1 > most) {
      most = cells.length - 1;
      best = separator;
    }
  }
  return best;
}

/** Cells without regard for doubled quotes: enough to recognise a header by. */
function roughCells(record: string, separator: Separator): string[] {
  const cells: string[] = [];
  let from = 0;
  let quoted = false;
  for (let at = 0; at <= record.length; at += 1) {
    if (record[at] === '"') quoted = !quoted;
    if (at === record.length || (record[at] === separator && !quoted)) {
      cells.push(record.slice(from, at).replaceAll('"', '').trim());
      from = at + 1;
    }
  }
  return cells;
}

const isPhoneHeader = (cell: string, phoneColumn: string | null): boolean =>
  phoneColumn === null
    ? PHONE_HEADERS.has(plainHeader(cell))
    : plainHeader(cell) === plainHeader(phoneColumn);

/** How a request wants its list read. */
export interface Reading {
  /** The phone column's header, where the request names one. */
  phoneColumn: string | null;
  /** Region whose numbers come without a country code; also decides whether a lone first line is a number. */
  country: string;
  /** The flow's variables, in its spelling. */
  declared: readonly string[];
}

export interface ListShape {
  /** How many cells a row has. */
  columns: number;
  phoneIndex: number;
  /** The phone column as the file calls it; `number` where there is no header. */
  phoneHeader: string;
  /** The column that names the person's IANA zone, and its header; null where there is none. */
  zone: { index: number; header: string } | null;
  /** Name of the variable each column feeds, by index; null: none. */
  variables: (string | null)[];
  /** The first record is itself a row. */
  headless: boolean;
  /** The file is a `rejected.csv` sent again: its cells may have the apostrophe of `csvCell`. */
  guarded: boolean;
}

/**
 * The variable a header names. A name may hold letters, digits, `_` and `-` (`domain/template.ts`): other
 * characters become `_`, a run of spaces one of them. Undefined when nothing legal is left, as with a header
 * in another script.
 */
export function variableName(header: string): string | undefined {
  const name = header
    .trim()
    .replace(/\s+/g, '_')
    .replace(/[^A-Za-z0-9_-]/g, '_')
    .slice(0, 64)
    .replace(/^-+|-+$/g, '');
  return /[A-Za-z0-9]/.test(name) && name !== '__proto__' ? name : undefined;
}

/**
 * Variables by column. A flow's own spelling wins (`First Name` fills its `first_name`); a column without a
 * usable header is `column_<n>`, and a name that is taken gets `_2`, `_3` so that no cell hides another.
 */
function nameColumns(
  headers: readonly string[],
  phoneIndex: number,
  declared: readonly string[],
): (string | null)[] {
  const spelling = new Map(declared.map((name) => [plainHeader(name), name]));
  const taken = new Set<string>();
  return headers.map((header, index) => {
    if (index === phoneIndex || isAdded(header)) return null;
    const exact = declared.find((name) => name === header.trim());
    const name = exact ?? spelling.get(plainHeader(header)) ?? variableName(header) ?? `column_${index + 1}`;
    const free = freeName(name, taken);
    taken.add(free);
    return free;
  });
}

/** @returns the name, with `_2`, `_3` where it is taken */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let n = 2; taken.has(free); n += 1) free = `${name.slice(0, 60)}_${n}`;
  return free;
}

/**
 * @param first cells of the file's first record
 * @throws ListRejected NO_PHONE_COLUMN, naming the columns there are; NOT_CSV for too many columns and for JSON
 */
export function readShape(first: readonly string[], reading: Reading): ListShape {
  const { phoneColumn, country } = reading;
  const guarded = first.some(isAdded);
  const cells = guarded ? first.map(withoutGuard) : [...first];
  // Spreadsheets save empty columns to the right of the last one.
  while (cells.length > 1 && cells.at(-1)?.trim() === '') cells.pop();
  if (cells.length - cells.filter(isAdded).length > LIST_LIMITS.columns) {
    throw new ListRejected('NOT_CSV', `the list has more than ${LIST_LIMITS.columns} columns`);
  }
  if (cells.length === 1 && isNumberAlone(cells[0] ?? '', country)) {
    const only = { columns: 1, phoneIndex: 0, phoneHeader: 'number', zone: null, variables: [null] };
    return { ...only, headless: true, guarded };
  }
  const found = cells.flatMap((cell, index) => (isPhoneHeader(cell.trim(), phoneColumn) ? [index] : []));
  const phoneIndex = found[0];
  if (phoneIndex === undefined) throw noPhoneColumn(cells, phoneColumn);
  return {
    columns: cells.length,
    phoneIndex,
    phoneHeader: (cells[phoneIndex] ?? '').trim(),
    zone: zoneColumn(cells, phoneIndex),
    variables: nameColumns(cells, phoneIndex, reading.declared),
    headless: false,
    guarded,
  };
}

/** The first of them, where a list has several. */
function zoneColumn(cells: readonly string[], phoneIndex: number): ListShape['zone'] {
  const index = cells.findIndex((cell, at) => at !== phoneIndex && plainHeader(cell.trim()) === ZONE_HEADER);
  return index === -1 ? null : { index, header: (cells[index] ?? '').trim() };
}

/** NFKC turns full-width digits and signs, as East Asian keyboards type them, into plain ones. */
const isNumberAlone = (cell: string, country: string): boolean =>
  NUMBER_ALONE.test(cell.normalize('NFKC')) && parsePhone(cell, country) !== undefined;

/** A cell in a message: shortened. One that holds digits may be somebody's number, and is not repeated. */
export const shownCell = (cell: string): string =>
  /\p{Nd}{5}/u.test(cell) ? '(a number)' : `"${cell.trim().slice(0, 40)}"`;

function noPhoneColumn(cells: readonly string[], phoneColumn: string | null): ListRejected {
  const line = cells.join(',').trim();
  if (JSON_START.test(line) || IN_BRACKETS.test(line)) {
    return new ListRejected('NOT_CSV', 'the file is not csv: it looks like JSON; save the list as csv');
  }
  const shown = cells.slice(0, 20).map(shownCell);
  const seen = `the first line has ${shown.join(', ')}${cells.length > 20 ? ', ...' : ''}`;
  if (phoneColumn !== null) {
    return new ListRejected('NO_PHONE_COLUMN', `no column is called "${phoneColumn}": ${seen}`);
  }
  const wanted = 'number, phone, phone number, mobile, mobile number, msisdn, contact or contact number';
  return new ListRejected('NO_PHONE_COLUMN', `no column is called ${wanted}: ${seen}`);
}
