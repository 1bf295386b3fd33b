/** Parts of a policy as options of a command: to change a request, to forecast one, to test one that was. */
import type { Command } from 'commander';
import type { components } from '../client/index.ts';
import { usage } from './exit.ts';
import { parseHours } from './hours.ts';

export type PolicyParts = NonNullable<components['schemas']['NewBackTest']['policy']>;
type Retries = NonNullable<PolicyParts['retries']>;

export interface PolicyOptions {
  hours?: string;
  holidays?: string;
  zonesBy?: string;
  concurrency?: string;
  pace?: string;
  retry: string[];
  late?: string;
}

const RETRY = /^(busy|no-answer|failed|machine)=(\d{1,2})(?:\/(\d{1,6})(s|m|h))?$/i;
const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** `busy=2/10m`: twice more, ten minutes after each. */
function retries(given: string[]): Retries {
  return Object.fromEntries(
    given.map((text) => {
      const [, outcome, times, length, unit] = RETRY.exec(text.trim()) ?? [];
      if (outcome === undefined)
        throw usage(
          `--retry "${text}" cannot be read`,
          'Write busy=2/10m: twice more, 10 minutes apart; or failed=0.',
        );
      const intervalMs = Number(length ?? 0) * UNIT_MS[(unit?.toLowerCase() ?? 's') as keyof typeof UNIT_MS];
      return [outcome.toUpperCase().replace('-', '_'), { times: Number(times), intervalMs }];
    }),
  );
}

const number = (option: string, text: string): number => {
  const found = Number(text);
  if (text.trim() === '' || !Number.isFinite(found)) throw usage(`${option} "${text}" is not a number`);
  return found;
};

const names = (text: string): string[] =>
  text.trim().toLowerCase() === 'none' ? [] : text.split(',').map((name) => name.trim());

/** @throws CommandError USAGE */
export function policyPartsOf(options: PolicyOptions): PolicyParts {
  const { hours, holidays, zonesBy, concurrency, pace, retry, late } = options;
  return {
    ...(hours !== undefined && { callingHours: parseHours('--hours', hours) }),
    ...(holidays !== undefined && { holidayCalendars: names(holidays) }),
    ...(zonesBy !== undefined && { zonesBy: zonesBy.toUpperCase() as PolicyParts['zonesBy'] }),
    ...(concurrency !== undefined && { concurrency: number('--concurrency', concurrency) }),
    ...(pace !== undefined && { callsPerSecond: number('--pace', pace) }),
    ...(retry.length > 0 && { retries: retries(retry) }),
    ...(late !== undefined && { onLate: late.toUpperCase() as PolicyParts['onLate'] }),
  };
}

const collect = (value: string, before: string[]): string[] => [...before, value];

/** The options that `policyPartsOf` reads. */
export const withPolicyOptions = (command: Command): Command =>
  command
    .option('--hours <hours>', '"mon-fri 09:00-13:00,14:00-18:00; sat 10:00-12:00", or any')
    .option('--holidays <names>', 'holiday calendars, comma separated; none')
    .option('--concurrency <n>', 'calls at once')
    .option('--pace <n>', 'calls begun in a second')
    .option('--retry <rule>', 'busy=2/10m, no-answer=1/1h, failed=0, machine=0; repeatable', collect, [])
    .option('--late <what>', 'skip or send, those who could not be called before the end')
    .option(
      '--zones-by <what>',
      'country or area: whose clock a number of a country with several zones follows',
    );
