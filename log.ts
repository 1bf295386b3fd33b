/**
 * Structured logs: one line of JSON an event, or readable lines where a person is watching a terminal.
 * Log ids and counts, never a number, an address or a name of a person.
 */
import { type Logger, pino } from 'pino';
import pretty from 'pino-pretty';

export type { Logger };

/** PostgreSQL's class 22, data exceptions: their messages quote the value at fault. */
const QUOTES_DATA = /^22/;

/** An error as it is logged. PostgreSQL's own `detail` and `where` can hold whole rows of a list: they stay out. */
function withoutRows(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message, stack } = error;
  const code = 'code' in error ? String(error.code) : undefined;
  if (code !== undefined && QUOTES_DATA.test(code)) return { name, code };
  return { name, code, message, stack };
}

/** @param part which process speaks: api, worker, local */
export function createLogger(part: string, level: string): Logger {
  const options = {
    name: part,
    level,
    base: { part },
    serializers: { err: withoutRows, error: withoutRows },
  };
  if (!process.stdout.isTTY) return pino(options);
  return pino(options, pretty({ ignore: 'pid,hostname,name', translateTime: 'HH:MM:ss', sync: true }));
}
