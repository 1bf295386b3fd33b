/** `clarion report`: every call, SMS and mail, filtered, on the screen or as CSV however many rows. */
import type { Command } from 'commander';
import type { Attempt } from '../../client/index.ts';
import { openContext } from '../context.ts';
import { EXIT, type ExitCode, usage } from '../exit.ts';
import { save } from '../files.ts';
import { boundMoment, showMoment } from '../moments.ts';
import { printable, table } from '../output.ts';
import { collectPages, given, parseId, parseLimit, upper } from '../reading.ts';
import { accountZone } from '../zone.ts';

interface ReportOptions {
  request?: string;
  flow?: string;
  call?: string;
  smsNumber?: string;
  state?: string;
  oldest?: boolean;
  flowType?: string;
  from?: string;
  to?: string;
  number?: string;
  outcome?: string;
  medium?: string;
  direction?: string;
  csv?: string | true;
  limit: string;
  json?: boolean;
}

export function addReport(program: Command, end: (code: ExitCode) => void): void {
  program
    .command('report')
    .description('every call, SMS and mail that was begun, newest first unless asked otherwise')
    .option('--request <id>', 'of one request')
    .option('--flow <flow>', 'of flows: an id, or part of a name')
    .option('--call <uuid>', 'one call, SMS or mail')
    .option('--flow-type <type>', 'outbound, dialer, inbound or notification')
    .option('--from <time>', 'begun at or after: 2026-01-31, "2026-01-31 09:00" (the account’s zone)')
    .option('--to <time>', 'begun before; a bare date includes that day')
    .option('--number <number>', 'to or from one number, or to one address')
    .option('--sms-number <number>', 'SMS to one number')
    .option('--direction <direction>', 'out, or in for calls to us')
    .option('--medium <medium>', 'voice, sms or email')
    .option('--outcome <outcome>', 'with one outcome, such as ANSWERED')
    .option('--state <state>', 'in-progress or ended')
    .option('--oldest', 'the oldest first')
    .option('--csv [file]', 'all of them as CSV: to a file, or to stdout')
    .option('--limit <n>', 'at most so many on the screen', '50')
    .option('--json', 'as JSON')
    .action(async (options: ReportOptions) => {
      const limit = parseLimit(options.limit);
      if (options.csv && options.json) throw usage('--csv and --json exclude each other');
      const { server, output } = openContext(options);
      const zone = accountZone(server);
      const filter = await filters(options, zone);
      if (options.csv) {
        const target = options.csv === true ? '-' : options.csv;
        const query = new URLSearchParams(
          Object.entries(filter).map(([name, value]) => [name, String(value)] satisfies [string, string]),
        );
        await save(await server.download(`/reports/attempts.csv?${query}`), target);
        if (target !== '-') output.remark(`wrote ${target}`);
        return end(EXIT.OK);
      }
      const items = await collectPages(limit, (paging) =>
        server.GET('/reports/attempts', { params: { query: { ...filter, ...paging } } }),
      );
      if (output.json) output.value({ attempts: items });
      else if (items.length === 0) output.say('nothing was begun that the filter shows');
      else output.say(attemptsTable(items, await zone()));
      if (items.length === limit)
        output.remark(`the ${options.oldest ? 'oldest' : 'newest'} ${limit}; --limit or --csv gives more`);
      end(EXIT.OK);
    });
}

async function filters(options: ReportOptions, zone: () => Promise<string>) {
  const over = { now: new Date(), zone };
  const { from, to, number } = options;
  return given({
    requestId: options.request === undefined ? undefined : parseId(options.request),
    flow: options.flow,
    uuid: options.call,
    smsNumber: options.smsNumber,
    state: upper(options.state) as 'IN_PROGRESS' | 'ENDED' | undefined,
    order: options.oldest ? ('oldest' as const) : undefined,
    flowType: options.flowType as Attempt['flowType'] | undefined,
    number: number?.includes('@') ? undefined : number,
    email: number?.includes('@') ? number : undefined,
    medium: options.medium as Attempt['medium'] | undefined,
    direction: options.direction as Attempt['direction'] | undefined,
    outcome: upper(options.outcome) as Exclude<Attempt['outcome'], null> | undefined,
    from: from === undefined ? undefined : await boundMoment('--from', from, over),
    to: to === undefined ? undefined : await boundMoment('--to', to, { ...over, dayEnd: true }),
  });
}

const attemptsTable = (items: Attempt[], zone: string): string =>
  table(
    ['began', 'medium', 'way', 'person', 'outcome', 'cause', 'request', 'row', 'attempt', 'uuid'],
    items.map((a) => [
      a.beganAt && showMoment(a.beganAt, zone, new Date()).replace(` ${zone}`, ''),
      a.medium,
      a.direction,
      printable(a.number ?? a.email ?? 'withheld'),
      a.outcome ?? 'in progress',
      a.cause === null ? null : printable(a.cause).slice(0, 40),
      a.requestId,
      a.row,
      a.attemptNo,
      a.uuid,
    ]),
    [6, 7, 8],
  );
