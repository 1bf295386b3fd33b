/** `clarion launch`: lists in, every person called, every row answered for. */
import { createHash, randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { Command } from 'commander';
import type { RequestSummary } from '../../client/index.ts';
import { type Context, openContext } from '../context.ts';
import type { ExitCode } from '../exit.ts';
import { EXIT } from '../exit.ts';
import { readInput } from '../files.ts';
import { startMoment } from '../moments.ts';
import { collect } from '../options.ts';
import { printable } from '../output.ts';
import { readSpread, SPREAD_HELP } from '../spread.ts';
import { exitOf, summary, watch } from '../watch.ts';

interface LaunchOptions {
  flow: string;
  startAt?: string;
  endAt?: string;
  statusEmail: string[];
  phoneColumn?: string;
  spreadOver?: string;
  idempotencyKey?: string;
  watch: boolean;
  json?: boolean;
}

export function addLaunch(program: Command, end: (code: ExitCode) => void): void {
  program
    .command('launch')
    .description('call every person of one or more lists; each file becomes a request of its own')
    .argument('<file...>', 'csv, or zip of csv')
    .requiredOption('--flow <name>', 'the flow to run; `clarion flow list` shows them')
    .option('--start-at <time>', 'not before: 2026-01-31T09:00:00+05:30, "2026-01-31 09:00" or +90m')
    .option('--end-at <time>', 'nothing new begins after this')
    .option('--spread-over <length>', SPREAD_HELP)
    .option('--status-email <address>', 'whitelisted address for the status mail; repeatable', collect, [])
    .option('--phone-column <name>', 'the column of the numbers, where its header is none of the usual')
    .option(
      '--idempotency-key <key>',
      'launching again with the same key, lists and options starts nothing new',
    )
    .option('--no-watch', 'do not wait for the end')
    .option('--json', 'print the requests as JSON, at their end or with --no-watch at once')
    .action(async (files: string[], options: LaunchOptions) => end(await launch(files, options)));
}

async function launch(paths: string[], options: LaunchOptions): Promise<ExitCode> {
  const now = new Date();
  const fields = {
    flowName: options.flow,
    ...(options.startAt !== undefined && { startAt: startMoment('--start-at', options.startAt, now) }),
    ...(options.endAt !== undefined && { endAt: startMoment('--end-at', options.endAt, now) }),
    ...(options.phoneColumn !== undefined && { phoneColumn: options.phoneColumn }),
    ...(options.spreadOver !== undefined && { spreadOver: readSpread(options.spreadOver, now) }),
    statusEmails: options.statusEmail,
  };
  const files = await Promise.all(
    paths.map(async (path) => ({ name: basename(path), content: await readInput(path) })),
  );
  const context = openContext(options);
  const idempotencyKey = options.idempotencyKey ?? keyOf(fields, files);
  const { requests } = await context.server.uploadRequests({ ...fields, files, idempotencyKey });
  return options.watch ? toTheEnd(context, requests) : atOnce(context, requests);
}

/**
 * The Idempotency-Key of this invocation: every repetition of the upload within it is the same launch, and
 * the same command typed again is another one.
 */
function keyOf(fields: object, files: { name: string; content: Uint8Array }[]): string {
  const hash = createHash('sha256').update(JSON.stringify(fields)).update(randomUUID());
  for (const file of files) hash.update(file.name).update(file.content);
  return `launch-${hash.digest('hex').slice(0, 40)}`;
}

async function toTheEnd(context: Context, requests: RequestSummary[]): Promise<ExitCode> {
  const ended = await watch(
    context,
    requests.map((request) => request.id),
  );
  summary(context, ended);
  if (context.output.json) context.output.value({ requests: ended });
  return exitOf(ended);
}

function atOnce(context: Context, requests: RequestSummary[]): ExitCode {
  const { output } = context;
  if (output.json) output.value({ requests });
  for (const request of requests) {
    const name = printable(request.fileName ?? '');
    output.say(
      request.rejection
        ? `request ${request.id}, ${name}: rejected, ${request.rejection.code}: ${printable(request.rejection.detail)}`
        : `request ${request.id}, ${name}: received; \`clarion watch ${request.id}\` follows it`,
    );
  }
  return requests.some((request) => request.status === 'REJECTED') ? EXIT.REFUSED : EXIT.OK;
}
