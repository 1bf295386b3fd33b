/** What the command prints: results to stdout, everything about them to stderr, so that pipes get results alone. */
import Table from 'cli-table3';

export interface Output {
  /** --json: machine-readable JSON only on stdout. */
  json: boolean;
  /** A person is watching the screen. */
  live: boolean;
  /** A line of the answer. Nothing with --json. */
  say(line?: string): void;
  /** A remark: on stderr, and nothing with --json. */
  remark(line: string): void;
  /** The answer as JSON. */
  value(value: unknown): void;
}

export function createOutput(json: boolean): Output {
  return {
    json,
    live: !json && process.stderr.isTTY === true && process.env.TERM !== 'dumb',
    say: (line = '') => {
      if (!json) process.stdout.write(`${line}\n`);
    },
    remark: (line) => {
      if (!json) process.stderr.write(`${line}\n`);
    },
    value: (value) => {
      process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
    },
  };
}

/**
 * Columns under one another, without lines that would get in the way of `grep` and `awk`.
 * @param right which columns hold numbers
 */
export function table(
  head: string[],
  rows: (string | number | null | undefined)[][],
  right: number[] = [],
): string {
  const none = { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' };
  const grid = new Table({
    head,
    colAligns: head.map((_, at) => (right.includes(at) ? 'right' : 'left')),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
    chars: {
      ...none,
      top: '',
      'top-mid': '',
      'top-left': '',
      'top-right': '',
      bottom: '',
      'bottom-mid': '',
      'bottom-left': '',
      'bottom-right': '',
      left: '',
      right: '',
      middle: '',
    },
  });
  for (const row of rows)
    grid.push(row.map((cell) => (cell === null || cell === undefined ? '-' : String(cell))));
  return grid
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** Text from a list or a server, safe to print: control characters would steer the terminal. */
export const printable = (text: string): string => text.replace(/\p{Cc}/gu, ' ');
