/** The cells of a register's file beside the number: what is blocked, when a person may be reached, add or remove. */
import { ALL_PROMOTION, PROMOTION_CATEGORIES, type RegisterEntry } from './register.ts';

/** Columns that say something, by their header; case, spaces, `_` and `-` do not matter. Others are ignored. */
export const REGISTER_COLUMNS = [
  'category',
  'preferredFrom',
  'preferredTo',
  'preferredDays',
  'operation',
] as const;
export type RegisterColumn = (typeof REGISTER_COLUMNS)[number];

export type RegisterOperation = 'ADD' | 'REMOVE';

const SEPARATORS = /[\s,;|/#+]+/;
const TIME = /^([01]?\d|2[0-4]):([0-5]\d)$/;
const DAY_NAMES = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** What is wrong with a cell, in words that repeat no number. */
export class UnclearCell extends Error {
  override name = 'UnclearCell';
}

const shown = (cell: string): string => `"${cell.trim().slice(0, 20)}"`;

const words = (cell: string): string[] => cell.split(SEPARATORS).filter((word) => word !== '');

/**
 * The categories a cell blocks, as the mask of `RegisterEntry`: codes 0 to 7, several of them separated by any of
 * space , ; | / # +. An empty cell blocks all promotion.
 * @throws UnclearCell
 */
export function readCategories(cell: string): number {
  const codes = words(cell);
  if (codes.length === 0) return ALL_PROMOTION;
  let mask = 0;
  for (const code of codes) {
    if (!/^[0-7]$/.test(code)) {
      throw new UnclearCell(`category ${shown(code)} is not one of 0 to ${PROMOTION_CATEGORIES.length}`);
    }
    mask |= 1 << Number(code);
  }
  return mask;
}

/** Minutes of the day; null for an empty cell. @throws UnclearCell */
function readTime(cell: string, column: RegisterColumn): number | null {
  const text = cell.trim();
  if (text === '') return null;
  const found = TIME.exec(text);
  const minute = found ? Number(found[1]) * 60 + Number(found[2]) : Number.NaN;
  if (!(minute <= 24 * 60)) throw new UnclearCell(`${column} ${shown(text)} is not HH:MM`);
  return minute;
}

/** Weekdays as bits, from ISO numbers (1 is Monday) or English names; null for an empty cell. @throws UnclearCell */
function readDays(cell: string): number | null {
  const days = words(cell.toLowerCase());
  if (days.length === 0) return null;
  let mask = 0;
  for (const day of days) {
    const weekday = /^[1-7]$/.test(day) ? Number(day) : DAY_NAMES.indexOf(day.slice(0, 3)) + 1;
    if (weekday === 0) throw new UnclearCell(`preferredDays ${shown(day)} is no day from 1 (Monday) to 7`);
    mask |= 1 << weekday;
  }
  return mask;
}

/**
 * A number's entry from its cells.
 * @param cell gives a column's cell, empty where the file has no such column
 * @throws UnclearCell saying which cell, and why
 */
export function readEntry(cell: (column: RegisterColumn) => string): RegisterEntry {
  const categories = readCategories(cell('category'));
  const fromMinute = readTime(cell('preferredFrom'), 'preferredFrom');
  const toMinute = readTime(cell('preferredTo'), 'preferredTo');
  if ((fromMinute ?? 0) >= (toMinute ?? 24 * 60)) {
    throw new UnclearCell('preferredFrom must be before preferredTo');
  }
  return { categories, fromMinute, toMinute, days: readDays(cell('preferredDays')) };
}

/** @throws UnclearCell for what is neither add nor remove; an empty cell is the file's own operation */
export function readOperation(cell: string, otherwise: RegisterOperation): RegisterOperation {
  const text = cell.trim().toUpperCase();
  if (text === '') return otherwise;
  if (text === 'ADD' || text === 'A') return 'ADD';
  if (text === 'REMOVE' || text === 'R' || text === 'DELETE' || text === 'D') return 'REMOVE';
  throw new UnclearCell(`operation ${shown(cell)} is neither add nor remove`);
}
