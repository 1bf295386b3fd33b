/** From cells to rows of `records`: what each row brings, what is decided about it, and how it is written. */
import { type Area, areaOf } from '../../db/area-zones.ts';
import { type IngestKey, type LateOf, type ResultCounts, recordLine } from '../../db/queries/ingest.ts';
import type { Listed } from '../../db/queries/suppression.ts';
import { withoutGuard } from '../../domain/csv-cell.ts';
import { zoneProblem } from '../../domain/hours/place.ts';
import { freeName, type ListShape } from '../../domain/list/header.ts';
import { LIST_LIMITS } from '../../domain/list/limits.ts';
import type { PhoneNumber } from '../../domain/phone.ts';
import { isBlocked, type RegisterEntry } from '../../domain/register.ts';
import {
  decideRow,
  hasZeroCharacter,
  type RowDecision,
  type RowRules,
  readNumber,
  type SeenNumbers,
} from '../../domain/row.ts';
import type { TrialRows } from '../../domain/trial.ts';
import type { Person } from '../../domain/window.ts';
import type { ListRow } from './read-csv.ts';

/** A row that still has to be looked up. */
export interface ReadRow {
  row: number;
  malformed: string | null;
  given: string;
  number: PhoneNumber | undefined;
  repeats: number;
  /** IANA zone, as the row says. */
  timeZone: string | null;
  variables: string;
  missingVariable: string | undefined;
}

/** Columns of one file, prepared once for all its rows. */
export class RowReader {
  readonly #shape: ListShape;
  readonly #rules: RowRules;
  /** `"name":`, by column. */
  readonly #prefixes: (string | null)[];
  readonly #required: { name: string; index: number }[];

  constructor(shape: ListShape, rules: RowRules) {
    this.#shape = shape;
    this.#rules = rules;
    this.#prefixes = shape.variables.map((name) => (name === null ? null : `${JSON.stringify(name)}:`));
    this.#required = rules.required.map((name) => ({ name, index: shape.variables.indexOf(name) }));
  }

  /** @param row its number in the request, from 1 */
  read(found: ListRow, row: number, seen: SeenNumbers): ReadRow {
    const written = Array.isArray(found) ? found : found.cells;
    const cells = this.#shape.guarded ? written.map(withoutGuard) : written;
    const problem = Array.isArray(found) ? this.#problem(cells) : found.problem;
    const timeZone = this.#zoneOf(cells);
    if (problem !== null) return this.#malformedRow(row, cells, problem);
    const given = cells[this.#shape.phoneIndex] ?? '';
    const number = readNumber(given, this.#rules);
    const repeats = number === undefined ? 0 : seen.meet(number.e164, row);
    const missing = this.#required.find(({ index }) => (cells[index] ?? '').trim() === '');
    return {
      row,
      malformed: null,
      given,
      number,
      repeats,
      timeZone,
      variables: this.#variables(cells),
      missingVariable: missing?.name,
    };
  }

  #zoneOf(cells: readonly string[]): string | null {
    const { zone } = this.#shape;
    const cell = zone === null ? '' : (cells[zone.index] ?? '').trim();
    return cell === '' ? null : cell;
  }

  #problem(cells: readonly string[]): string | null {
    const { columns } = this.#shape;
    let count = cells.length;
    while (count > columns && cells[count - 1]?.trim() === '') count -= 1;
    if (count !== columns) return `the row has ${count} cells where the header has ${columns}`;
    for (const cell of cells) {
      if (cell.length > LIST_LIMITS.cellLength)
        return `a cell is longer than ${LIST_LIMITS.cellLength} characters`;
      if (hasZeroCharacter(cell)) return 'a cell holds a zero character';
    }
    const zone = this.#zoneOf(cells);
    return zone === null ? null : zoneProblem(this.#shape.zone?.header ?? '', zone);
  }

  /** Blank cells bring nothing, so that a variable's default may stand in. */
  #variables(cells: readonly string[]): string {
    let json = '';
    for (let index = 0; index < this.#prefixes.length; index += 1) {
      const prefix = this.#prefixes[index];
      const cell = cells[index];
      if (prefix === null || prefix === undefined || cell === undefined || cell.trim() === '') continue;
      json += `${json === '' ? '' : ','}${prefix}${JSON.stringify(cell)}`;
    }
    return `{${json}}`;
  }

  /** Keeps what the row brought, so that it can be mended: each cell under its column, the rest by position. */
  #malformedRow(row: number, cells: readonly string[], malformed: string): ReadRow {
    const { columns, phoneIndex, variables } = this.#shape;
    const kept = joinBeyond(
      cells.map((cell) => cell.replaceAll('\u0000', '')),
      Math.max(LIST_LIMITS.columns, columns),
    );
    const named = this.#variables(kept);
    const taken = new Set(variables.filter((name) => name !== null));
    const surplus: string[] = [];
    for (let index = columns; index < kept.length; index += 1) {
      const cell = kept[index] ?? '';
      if (cell.trim() === '') continue;
      const name = freeName(`column_${index + 1}`, taken);
      taken.add(name);
      surplus.push(`${JSON.stringify(name)}:${JSON.stringify(cell)}`);
    }
    const members = [named.slice(1, -1), ...surplus].filter((member) => member !== '');
    return {
      row,
      malformed,
      given: kept[phoneIndex] ?? '',
      number: undefined,
      repeats: 0,
      timeZone: null,
      variables: `{${members.join(',')}}`,
      missingVariable: undefined,
    };
  }
}

/** A row of a thousand cells must not give its list a thousand columns: the last cell allowed holds the rest. */
function joinBeyond(cells: string[], most: number): string[] {
  return cells.length <= most ? cells : [...cells.slice(0, most - 1), cells.slice(most - 1).join(',')];
}

/** Who of a batch is suppressed. */
export interface Suppression extends Listed {
  /** What the register says of those who are on it. */
  entries: ReadonlyMap<string, RegisterEntry[]>;
}

export interface JudgedRow extends RowDecision {
  person: Person;
  area: Area | null;
  whitelisted: boolean;
}

/** What becomes of a row, with what is known of where its person is. @param lateOf says who is too late */
export function judgeRow(row: ReadRow, suppression: Suppression, rules: RowRules, lateOf: LateOf): JudgedRow {
  const e164 = row.number?.e164 ?? null;
  const region = row.number?.region ?? null;
  const area = e164 === null ? null : areaOf(e164, region);
  const { timeZone } = row;
  const person = { region, timeZone, areaZones: area?.zones, areaCertain: area?.certain };
  const facts = {
    malformed: row.malformed,
    given: row.given,
    number: row.number,
    repeats: row.repeats,
    blacklisted: e164 !== null && suppression.blacklisted.has(e164),
    onRegister: e164 !== null && isBlocked(suppression.entries.get(e164) ?? [], rules.category),
    whitelisted: e164 !== null && suppression.whitelisted.has(e164),
    missingVariable: row.missingVariable,
    late: e164 === null ? null : lateOf(person),
  };
  return { ...decideRow(facts, rules), person, area, whitelisted: facts.whitelisted };
}

/** COPY text of a batch. @param counts rows by result, added to; `trial` meets the rows, too; `lateOf` says who is too late */
export function writeRows(
  key: IngestKey,
  rows: readonly ReadRow[],
  suppression: Suppression,
  rules: RowRules,
  counts: ResultCounts,
  trial: TrialRows,
  lateOf: LateOf,
): string {
  let lines = '';
  for (const row of rows) {
    const { result, detail, area, whitelisted } = judgeRow(row, suppression, rules, lateOf);
    counts[result] = (counts[result] ?? 0) + 1;
    trial.meet(row.row, result, whitelisted);
    const { given, timeZone, variables } = row;
    lines += recordLine(key, {
      row: row.row,
      result,
      given,
      number: row.number?.e164 ?? null,
      region: row.number?.region ?? null,
      timeZone,
      area,
      variables,
      detail,
    });
  }
  return lines;
}
