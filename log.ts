/**
 * Structured logs: one line of JSON an event, or readable lines where a person is watching a terminal.
 * Log ids and counts, never a number, an address or a name of a person.
 */
import { type Logger, pino } from 'pino';
import pretty from 'pino-pretty';

export type { Logger };

/** @param part which process speaks: api, worker, local */
export function createLogger(part: string, level: string): Logger {
  const options = { name: part, level, base: { part } };
  if (!process.stdout.isTTY) return pino(options);
  return pino(options, pretty({ ignore: 'pid,hostname,name', translateTime: 'HH:MM:ss', sync: true }));
}
