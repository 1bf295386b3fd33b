/** Running a request again: `clarion retry` the failures, `clarion clone` the whole of it. */
import type { Command } from 'commander';
import type { components } from '../../client/index.ts';
import { type Context, openContext } from '../context.ts';
import { EXIT, type ExitCode, usage } from '../exit.ts';
import { startMoment } from '../moments.ts';
import { collect } from '../options.ts';
import { table } from '../output.ts';
import { parseId, upper } from '../reading.ts';
import { answer } from '../server.ts';
import { readSpread, SPREAD_HELP } from '../spread.ts';
import { exitOf, summary, watch } from '../watch.ts';

type End = (code: ExitCode) => void;
type RetryOptions = components['schemas']['RetryOptions'];
type CloneOptions = components['schemas']['CloneOptions'];

interface Times {
  startAt?: string;
  endAt?: string;
  spreadOver?: string;
  watch: boolean;
  json?: boolean;
}

function timesOf(options: Times) {
  const now = new Date();
  return {
    ...(options.startAt !== undefined && { startAt: startMoment('--start-at', options.startAt, now) }),
    ...(options.endAt !== undefined && { endAt: startMoment('--end-at', options.endAt, now) }),
    ...(options.spreadOver !== undefined && { spreadOver: readSpread(options.spreadOver, now) }),
  };
}

const withTimes = (command: Command): Command =>
  command
    .option('--start-at <time>', 'not before: 2026-01-31T09:00:00+05:30, "2026-01-31 09:00" or +90m')
    .option('--end-at <time>', 'nothing new begins after this')
    .option('--spread-over <length>', SPREAD_HELP)
    .option('--no-watch', 'do not wait for the end')
    .option('--json', 'the new request as JSON, at its end or with --no-watch at once');

/** Follows the request that was made, or says where to. */
async function conclude(context: Context, id: number, options: Times): Promise<ExitCode> {
  const { output } = context;
  if (options.watch) {
    const ended = await watch(context, [id]);
    summary(context, ended);
    if (output.json) output.value({ requests: ended });
    return exitOf(ended);
  }
  output.say(`\`clarion watch ${id}\` follows it`);
  return EXIT.OK;
}

interface RetryFlags extends Times {
  outcome: string[];
  includeUnknown?: boolean;
  again?: boolean;
  show?: boolean;
}

async function retry(id: number, options: RetryFlags): Promise<ExitCode> {
  const context = openContext(options);
  const { server, output } = context;
  const path = { params: { path: { id } } };
  if (options.show) {
    const found = await answer(server.GET('/requests/{id}/retry-failures', path));
    if (output.json) output.value(found);
    output.say(table(['outcome', 'people'], Object.entries(found.failures), [1]));
    if (found.unknown > 0) {
      output.say(`${found.unknown} may have been reached (UNKNOWN): --include-unknown calls them, too`);
    }
    for (const one of found.retries) {
      output.say(`request ${one.requestId} calls again: ${one.outcomes?.join(', ') ?? 'all'}`);
    }
    return EXIT.OK;
  }
  const outcomes = options.outcome.map((one) => upper(one)) as NonNullable<RetryOptions['outcomes']>;
  const body: RetryOptions = {
    ...timesOf(options),
    ...(outcomes.length > 0 && { outcomes }),
    ...(options.includeUnknown && { includeUnknown: true }),
    ...(options.again && { again: true }),
  };
  const made = await answer(server.POST('/requests/{id}/retry-failures', { ...path, body }));
  const [request] = made.requests;
  if (!request) throw usage('the server made no request');
  const taken = Object.entries(made.taken).map(([outcome, count]) => `${count} ${outcome}`);
  output.say(`request ${request.id} calls again: ${taken.join(', ')}`);
  if (made.unknownLeftOut > 0) {
    output.say(`${made.unknownLeftOut} were left alone: nobody knows whether they were reached (UNKNOWN)`);
  }
  if (output.json && !options.watch) output.value(made);
  return conclude(context, request.id, options);
}

interface CloneFlags extends Times {
  flow?: string;
  result: string[];
  outcome: string[];
}

async function clone(id: number, options: CloneFlags): Promise<ExitCode> {
  const context = openContext(options);
  const { server, output } = context;
  const results = options.result.map((one) => upper(one));
  const outcomes = options.outcome.map((one) => upper(one));
  const only = {
    ...(results.length > 0 && { results }),
    ...(outcomes.length > 0 && { outcomes }),
  } as NonNullable<CloneOptions['only']>;
  const body: CloneOptions = {
    ...timesOf(options),
    ...(options.flow !== undefined && { flowName: options.flow }),
    ...(Object.keys(only).length > 0 && { only }),
  };
  const made = await answer(server.POST('/requests/{id}/clone', { params: { path: { id } }, body }));
  const [request] = made.requests;
  if (!request) throw usage('the server made no request');
  output.say(`request ${request.id} is a clone of ${id}: ${request.loaded} rows, ${request.added} accepted`);
  if (made.malformedLeftOut > 0) output.say(`${made.malformedLeftOut} malformed rows were left out`);
  if (output.json && !options.watch) output.value(made);
  return conclude(context, request.id, options);
}

export function addAgain(program: Command, end: End): void {
  withTimes(
    program
      .command('retry')
      .description('call those again whom an ended request did not reach, as a new request')
      .argument('<id>', 'request id')
      .option('--outcome <outcome>', 'only people who ended so, such as busy; repeatable', collect, [])
      .option('--include-unknown', 'also those who may have been reached')
      .option('--again', 'although an earlier retry calls them already')
      .option('--show', 'show whom it would call, and call nobody'),
  ).action(async (id: string, options: RetryFlags) => end(await retry(parseId(id), options)));
  withTimes(
    program
      .command('clone')
      .description('the people of a request again, as a new request with the same options')
      .argument('<id>', 'request id')
      .option('--flow <name>', 'run another flow')
      .option(
        '--result <result>',
        'only rows with this result, such as invalid-number; repeatable',
        collect,
        [],
      )
      .option('--outcome <outcome>', 'only people who ended so; repeatable', collect, []),
  ).action(async (id: string, options: CloneFlags) => end(await clone(parseId(id), options)));
}
