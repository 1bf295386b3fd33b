/**
 * What can go wrong while the stack starts, said in one clear line each. A `Trouble` is for the person at
 * the terminal: it is printed without a stack trace and ends the start with exit code 1.
 */
export class Trouble extends Error {
  override name = 'Trouble';
}

/** Operating system error codes that a reader can do something about, and what. */
const REMEDIES: Record<string, string> = {
  ENOSPC: 'the disk is full; free some space and start again',
  // PostgreSQL's disk_full.
  '53100': 'the disk is full; free some space and start again',
  EDQUOT: 'the disk quota is used up; free some space and start again',
  EROFS: 'the file system is read-only; set CLARION_DATA_DIR to a folder that can be written',
  EACCES: 'permission denied; set CLARION_DATA_DIR to a folder that you may write, or change its owner',
  EPERM: 'operation not permitted; set CLARION_DATA_DIR to a folder that you may write, or change its owner',
  ENOTDIR: 'a file is in the way of a folder; move it, or set CLARION_DATA_DIR to another place',
  EMFILE: 'too many open files; raise the limit (ulimit -n) and start again',
};

/** The code of an operating system error (`ENOSPC`), if it is one. */
export function errorCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/**
 * One line for anything that was thrown; `undefined` for what nobody foresaw, which deserves its stack.
 * Full disks also speak through other programs (PostgreSQL, SQLite), so their words are looked for too.
 */
export function explain(error: unknown): string | undefined {
  if (error instanceof Error && (error.name === 'Trouble' || error.name === 'ConfigError'))
    return error.message;
  const code = errorCode(error);
  if (code && REMEDIES[code]) {
    const path = error instanceof Error && 'path' in error ? `${String(error.path)}: ` : '';
    return `${path}${REMEDIES[code]} (${code})`;
  }
  if (error instanceof Error && saysDiskFull(error.message)) return withRemedy(error.message);
  return undefined;
}

/** A program's own words for why it did not start, with what to do where that is known. */
export function withRemedy(words: string): string {
  return saysDiskFull(words) ? `${REMEDIES.ENOSPC} (${words})` : words;
}

/** Whether a line of PostgreSQL's or Temporal's output speaks of a full disk. */
export function saysDiskFull(line: string): boolean {
  return /no space left on device|disk full|database or disk is full/i.test(line);
}
