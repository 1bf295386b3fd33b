/** Commands about requests that exist: watch, status, list, steer, and their rows. */
import type { Command } from 'commander';
import type { RecordRow, RequestSummary } from '../../client/index.ts';
import { openContext } from '../context.ts';
import { endsAbout } from '../estimates.ts';
import { EXIT, type ExitCode, usage } from '../exit.ts';
import { save } from '../files.ts';
import { boundMoment, showMoment } from '../moments.ts';
import { printable, table } from '../output.ts';
import { describe } from '../progress.ts';
import { collectPages, given, parseId, parseLimit, upper } from '../reading.ts';
import { answer, type Server } from '../server.ts';
import { exitOf, readRequest, rowResults, summary, watch } from '../watch.ts';
import { accountZone } from '../zone.ts';

type End = (code: ExitCode) => void;

export function addRequests(program: Command, end: End): void {
  addWatch(program, end);
  addStatus(program, end);
  addList(program, end);
  addSteering(program, end);
  addRows(program, end);
}

function addWatch(program: Command, end: End): void {
  program
    .command('watch')
    .description('follow requests to their end; Ctrl-C stops watching, not the requests')
    .argument('<id...>', 'request ids')
    .option('--json', 'print the requests as JSON at their end')
    .action(async (ids: string[], options: { json?: boolean }) => {
      const numbers = [...new Set(ids.map(parseId))];
      const context = openContext(options);
      const ended = await watch(context, numbers);
      summary(context, ended);
      if (context.output.json) context.output.value({ requests: ended });
      end(exitOf(ended));
    });
}

function addStatus(program: Command, end: End): void {
  program
    .command('status')
    .description('how a request stands')
    .argument('<id>', 'request id')
    .option('--json', 'the request as JSON')
    .action(async (id: string, options: { json?: boolean }) => {
      const number = parseId(id);
      const context = openContext(options);
      const { output } = context;
      const request = await readRequest(context, number);
      const zone = request.policy.timeZone;
      if (output.json) output.value(request);
      output.say(rowResults(request));
      output.say(`flow      ${printable(request.flowName)}`);
      output.say(`status    ${request.status}: ${describe(request, zone, undefined)}`);
      output.say(`created   ${showMoment(request.createdAt, zone, new Date())}`);
      output.say(`ended     ${request.completed} of ${request.added} (${request.completionPercent} %)`);
      const forecast = output.json ? undefined : await endsAbout(context.server, request, zone);
      if (forecast) output.say(`forecast  ${forecast}`);
      const outcomes = Object.entries(request.outcomes).sort((a, b) => b[1] - a[1]);
      if (outcomes.length > 0) output.say(table(['outcome', 'people'], outcomes, [1]));
      if (request.links.workflow) output.say(`history   ${request.links.workflow}`);
      end(EXIT.OK);
    });
}

interface ListOptions {
  status?: string;
  text?: string;
  source?: string;
  csv?: string | true;
  flow?: string;
  from?: string;
  to?: string;
  limit: string;
  json?: boolean;
}

function addList(program: Command, end: End): void {
  program
    .command('requests')
    .description('requests, newest first')
    .option('--status <status>', 'only this status, such as IN_PROCESS')
    .option('--flow <flow>', 'only these flows: an id, or part of a name')
    .option('--text <text>', 'with this in the name of the file or the flow')
    .option('--source <source>', 'upload, records, call, retry, clone or test')
    .option('--from <time>', 'created at or after')
    .option('--to <time>', 'created before; a bare date includes that day')
    .option('--csv [file]', 'all of them as CSV: to a file, or to stdout')
    .option('--limit <n>', 'at most so many', '20')
    .option('--json', 'as JSON')
    .action(async (options: ListOptions) => {
      const limit = parseLimit(options.limit);
      if (options.csv && options.json) throw usage('--csv and --json exclude each other');
      const { server, output } = openContext(options);
      const over = { now: new Date(), zone: accountZone(server) };
      const filter = given({
        status: upper(options.status) as RequestSummary['status'] | undefined,
        flow: options.flow,
        text: options.text,
        source: options.source as RequestSummary['source'] | undefined,
        from: options.from === undefined ? undefined : await boundMoment('--from', options.from, over),
        to:
          options.to === undefined
            ? undefined
            : await boundMoment('--to', options.to, { ...over, dayEnd: true }),
      });
      if (options.csv) {
        const target = options.csv === true ? '-' : options.csv;
        await save(await server.download(`/requests.csv?${new URLSearchParams(filter)}`), target);
        if (target !== '-') output.remark(`wrote ${target}`);
        return end(EXIT.OK);
      }
      const items = await collectPages(limit, (paging) =>
        server.GET('/requests', { params: { query: { ...filter, ...paging } } }),
      );
      if (output.json) output.value({ requests: items });
      else if (items.length === 0) output.say('no requests; `clarion launch FILE --flow NAME` makes one');
      else output.say(listing(items));
      end(EXIT.OK);
    });
}

function listing(items: RequestSummary[]): string {
  const rows = items.map((r) => [
    r.id,
    r.status,
    printable(r.flowName),
    printable(r.fileName ?? '-'),
    r.loaded,
    r.added,
    r.completed,
    r.completionPercent.toFixed(1),
    r.createdAt.slice(0, 19).concat('Z'),
  ]);
  const head = ['id', 'status', 'flow', 'file', 'loaded', 'added', 'completed', '%', 'created'];
  return table(head, rows, [0, 4, 5, 6, 7]);
}

const STEERING = {
  pause: ['nothing new begins until it is resumed; calls in progress end by themselves', 'paused'],
  resume: ['let a paused request go on', 'goes on'],
  cancel: ['end a request for good; calls in progress end by themselves', 'is being cancelled'],
} as const;

function addSteering(program: Command, end: End): void {
  for (const verb of ['pause', 'resume', 'cancel'] as const) {
    const [description, done] = STEERING[verb];
    program
      .command(verb)
      .description(description)
      .argument('<id>', 'request id')
      .option('--json', 'the request as JSON')
      .action(async (id: string, options: { json?: boolean }) => {
        const number = parseId(id);
        const { server, output } = openContext(options);
        const request = await answer(
          server.POST(`/requests/{id}/${verb}`, { params: { path: { id: number } } }),
        );
        if (output.json) output.value(request);
        output.say(`request ${number} ${done}`);
        end(EXIT.OK);
      });
  }
}

interface RowsOptions {
  csv?: string | true;
  limit: string;
  json?: boolean;
}

function addRows(program: Command, end: End): void {
  const kinds = [
    ['records', 'every row of a request: result, outcome, attempts', readRows],
    ['rejected', 'the rows that were turned away, with their reasons', readRejected],
  ] as const;
  for (const [name, description, read] of kinds) {
    program
      .command(name)
      .description(description)
      .argument('<id>', 'request id')
      .option('--csv [file]', 'all of them as CSV: to a file, or to stdout')
      .option('--limit <n>', 'at most so many on the screen', '100')
      .option('--json', 'as JSON')
      .action(async (id: string, options: RowsOptions) => {
        const number = parseId(id);
        const limit = parseLimit(options.limit);
        if (options.csv && options.json) throw usage('--csv and --json exclude each other');
        const { server, output } = openContext(options);
        if (options.csv) {
          const target = options.csv === true ? '-' : options.csv;
          await save(await server.download(`/requests/${number}/${name}.csv`), target);
          if (target !== '-') output.remark(`wrote ${target}`);
          return end(EXIT.OK);
        }
        const items = await read(server, number, limit);
        if (output.json) output.value({ records: items });
        else output.say(items.length > 0 ? rowsTable(items) : 'no rows');
        if (items.length === limit) output.remark(`the first ${limit}; --csv gives all of them`);
        end(EXIT.OK);
      });
  }
}

function readRows(
  server: Server,
  id: number,
  limit: number,
  filter: { result?: RecordRow['result'] } = {},
): Promise<RecordRow[]> {
  return collectPages(limit, (paging) =>
    server.GET('/requests/{id}/records', { params: { path: { id }, query: { ...filter, ...paging } } }),
  );
}

/** The server filters by one result at a time: the request's own counts say which ones there are. */
async function readRejected(server: Server, id: number, limit: number): Promise<RecordRow[]> {
  const { rejected } = await answer(server.GET('/requests/{id}', { params: { path: { id } } }));
  const all: RecordRow[] = [];
  for (const result of Object.keys(rejected)) {
    all.push(...(await readRows(server, id, limit, { result: result as RecordRow['result'] })));
  }
  return all.sort((a, b) => a.row - b.row).slice(0, limit);
}

const rowsTable = (items: RecordRow[]): string =>
  table(
    ['row', 'number', 'result', 'outcome', 'attempts', 'detail'],
    items.map((r) => [
      r.row,
      printable(r.number ?? r.given),
      r.result,
      r.outcome,
      r.attempts,
      r.detail ? printable(r.detail) : null,
    ]),
    [0, 4],
  );
