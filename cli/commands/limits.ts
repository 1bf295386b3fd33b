/** `clarion limits`: how often one person may be contacted, over all requests of the account. */
import type { Command } from 'commander';
import { type Context, openContext } from '../context.ts';
import { EXIT, type ExitCode, usage } from '../exit.ts';
import { showDuration } from '../moments.ts';
import { given } from '../reading.ts';
import { answer } from '../server.ts';

interface Limits {
  perDay: number | null;
  gapMs: number | null;
}

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

export function addLimits(program: Command, end: (code: ExitCode) => void): void {
  const limits = program
    .command('limits')
    .description('how often one person may be contacted, over all requests');
  limits
    .command('show', { isDefault: true })
    .description('the limits in force')
    .option('--json', 'as JSON')
    .action(async (options: { json?: boolean }) => {
      const context = openContext(options);
      show(context, await answer(context.server.GET('/contact-limits')));
      end(EXIT.OK);
    });
  limits
    .command('set')
    .description('change them; they count from the next attempt on')
    .option('--per-day <n>', 'calls to one number on a day of the person’s calendar, or `none`')
    .option('--gap <duration>', 'from one call’s beginning to the next, such as 4h, or `none`')
    .option('--json', 'as JSON')
    .action(async (options: { perDay?: string; gap?: string; json?: boolean }) => {
      const body = given({
        perDay: options.perDay === undefined ? undefined : readCount(options.perDay),
        gapMs: options.gap === undefined ? undefined : readGap(options.gap),
      });
      if (Object.keys(body).length === 0) throw usage('give --per-day, --gap or both');
      const context = openContext(options);
      show(context, await answer(context.server.PATCH('/contact-limits', { body })));
      end(EXIT.OK);
    });
}

function readCount(text: string): number | null {
  if (text === 'none') return null;
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw usage(`--per-day "${text}" must be a number from 1, or none`);
}

function readGap(text: string): number | null {
  if (text === 'none') return null;
  const found = /^(\d{1,6})([smhd])$/.exec(text);
  if (!found) throw usage(`--gap "${text}" must be a duration such as 90m, 4h or 1d, or none`);
  return Number(found[1]) * UNITS[found[2] as keyof typeof UNITS];
}

function show({ output }: Context, limits: Limits): void {
  if (output.json) output.value(limits);
  output.say(`contacts of one number a day: ${limits.perDay ?? 'no limit'}`);
  output.say(`gap between two contacts: ${limits.gapMs === null ? 'none' : showDuration(limits.gapMs)}`);
}
