/** Changing a request that runs, and looking at what was changed. */
import type { Command } from 'commander';
import type { components } from '../../client/index.ts';
import { openContext } from '../context.ts';
import { EXIT, type ExitCode, usage } from '../exit.ts';
import { parseHours, showHours, type Window } from '../hours.ts';
import { showMoment, startMoment } from '../moments.ts';
import { printable, table } from '../output.ts';
import { collectPages, parseId } from '../reading.ts';
import { answer } from '../server.ts';

type Changes = components['schemas']['RequestChanges'];
type Retries = NonNullable<Changes['retries']>;

interface EditOptions {
  startAt?: string;
  endAt?: string;
  hours?: string;
  holidays?: string;
  zonesBy?: string;
  concurrency?: string;
  pace?: string;
  retry: string[];
  late?: string;
  json?: boolean;
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

/** `none` takes a time away. */
const time = (option: string, text: string): string | null =>
  text.trim().toLowerCase() === 'none' ? null : startMoment(option, text, new Date());

const names = (text: string): string[] =>
  text.trim().toLowerCase() === 'none' ? [] : text.split(',').map((name) => name.trim());

function changesOf(options: EditOptions): Changes {
  const { startAt, endAt, hours, holidays, zonesBy, concurrency, pace, retry, late } = options;
  const changes: Changes = {
    ...(startAt !== undefined && { startAt: time('--start-at', startAt) }),
    ...(endAt !== undefined && { endAt: time('--end-at', endAt) }),
    ...(hours !== undefined && { callingHours: parseHours('--hours', hours) }),
    ...(holidays !== undefined && { holidayCalendars: names(holidays) }),
    ...(zonesBy !== undefined && { zonesBy: zonesBy.toUpperCase() as Changes['zonesBy'] }),
    ...(concurrency !== undefined && { concurrency: number('--concurrency', concurrency) }),
    ...(pace !== undefined && { callsPerSecond: number('--pace', pace) }),
    ...(retry.length > 0 && { retries: retries(retry) }),
    ...(late !== undefined && { onLate: late.toUpperCase() as Changes['onLate'] }),
  };
  if (Object.keys(changes).length === 0)
    throw usage('nothing to change', '`clarion edit --help` shows what can be.');
  return changes;
}

export function addEdit(program: Command, end: (code: ExitCode) => void): void {
  program
    .command('edit')
    .description('change a request that runs; the next attempts follow')
    .argument('<id>', 'request id')
    .option('--hours <hours>', '"mon-fri 09:00-13:00,14:00-18:00; sat 10:00-12:00", or any')
    .option('--end-at <time>', 'nothing new begins after this; none takes it away')
    .option('--start-at <time>', 'not before; only while nobody has been called; none: at once')
    .option('--holidays <names>', 'holiday calendars, comma separated; none')
    .option('--concurrency <n>', 'calls at once')
    .option('--pace <n>', 'calls begun in a second')
    .option('--retry <rule>', 'busy=2/10m, no-answer=1/1h, failed=0, machine=0; repeatable', collect, [])
    .option('--late <what>', 'skip or send, those who could not be called before the end')
    .option(
      '--zones-by <what>',
      'country or area: whose clock a number of a country with several zones follows',
    )
    .option('--json', 'the request as JSON')
    .action(async (id: string, options: EditOptions) => {
      const requestId = parseId(id);
      const body = changesOf(options);
      const { server, output } = openContext(options);
      const request = await answer(
        server.PATCH('/requests/{id}', { params: { path: { id: requestId } }, body }),
      );
      if (output.json) output.value(request);
      output.say(`request ${requestId} goes by version ${request.policyVersion} of its policy`);
      end(EXIT.OK);
    });
  program
    .command('policies')
    .description('the versions of a request’s policy: who changed what, and when')
    .argument('<id>', 'request id')
    .option('--json', 'as JSON')
    .action(async (id: string, options: { json?: boolean }) => {
      const requestId = parseId(id);
      const { server, output } = openContext(options);
      const items = await collectPages(1_000, (paging) =>
        server.GET('/requests/{id}/policies', { params: { path: { id: requestId }, query: paging } }),
      );
      if (output.json) output.value({ policies: items });
      const rows = items.flatMap(({ version, createdAt, createdBy, changes, policy }) => {
        const at = showMoment(createdAt, policy.timeZone, new Date());
        const made: (string | number)[][] =
          changes.length === 0 ? [['as it was launched', '', '']] : changes.map(showChange);
        return made.map((change) => [version, at, printable(createdBy), ...change]);
      });
      output.say(table(['version', 'at', 'by', 'field', 'from', 'to'], rows, [0]));
      end(EXIT.OK);
    });
}

const collect = (value: string, before: string[]): string[] => [...before, value];

function showChange({ field, from, to }: { field: string; from?: unknown; to?: unknown }): string[] {
  const show = (value: unknown): string => {
    if (field === 'callingHours') return showHours(value as Window[] | null);
    if (typeof value === 'string') return value;
    return value === null || value === undefined ? '-' : JSON.stringify(value);
  };
  return [field, printable(show(from)), printable(show(to))];
}
