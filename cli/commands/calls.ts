/** One person: `clarion call` asks for a call and follows it, `clarion journey` shows what one went through. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { DateTime } from 'luxon';
import type { CallDetail } from '../../client/index.ts';
import { type Context, openContext } from '../context.ts';
import { CommandError, EXIT, type ExitCode, usage } from '../exit.ts';
import { startMoment } from '../moments.ts';
import { readVariable } from '../options.ts';
import { printable } from '../output.ts';
import { answer } from '../server.ts';
import { readRequest } from '../watch.ts';
import { accountZone } from '../zone.ts';
import { byName } from './flows.ts';

type End = (code: ExitCode) => void;

/** How long between two looks at a call in progress. */
const LOOK_EVERY_MS = 500;

interface CallOptions {
  flow: string;
  var: Record<string, string>;
  at?: string;
  watch: boolean;
  json?: boolean;
}

export function addCalls(program: Command, end: End): void {
  program
    .command('call')
    .description('call one person, now or at a time, and follow the journey')
    .argument('<number>', 'in E.164 or as dialled in the account’s country')
    .requiredOption('--flow <name>', 'the flow to run')
    .option('--var <name=value>', 'a flow variable; repeatable', readVariable, {})
    .option('--at <time>', 'not before: "2026-01-31 09:00" or +90m')
    .option('--no-watch', 'do not wait for the end')
    .option('--json', 'print the call as JSON, at its end or with --no-watch at once')
    .action(async (number: string, options: CallOptions) => end(await call(number, options)));
  program
    .command('test-call')
    .description('try a flow on a verified number of the whitelist, at any hour, and follow the journey')
    .argument('<number>', 'a whitelisted one; `clarion whitelist phones add` adds one')
    .requiredOption('--flow <name>', 'the flow to try')
    .option('--var <name=value>', 'a flow variable; repeatable', readVariable, {})
    .option('--draft', 'the draft as it is now, instead of the published version')
    .option('--flow-version <n>', 'an earlier published version')
    .option('--no-watch', 'do not wait for the end')
    .option('--json', 'print the call as JSON, at its end or with --no-watch at once')
    .action(async (number: string, options: TestCallOptions) => end(await testCall(number, options)));
  program
    .command('journey')
    .description('what a person went through in one call, widget by widget')
    .argument('<uuid>', 'the call, as `clarion report` shows it')
    .option('--story', 'all that was begun for the person, as sentences')
    .option('--json', 'as JSON')
    .action(async (uuid: string, options: { json?: boolean; story?: boolean }) => {
      const context = openContext(options);
      const found = await readCall(context, uuid);
      if (context.output.json) context.output.value(found);
      if (options.story) {
        const clock = await accountZone(context.server)();
        for (const line of found.timeline) context.output.say(storyLine(line, clock));
        return end(EXIT.OK);
      }
      context.output.say(headline(found));
      const zone = found.journey.length > 0 ? await accountZone(context.server)() : 'UTC';
      for (const entry of found.journey) context.output.say(entryLine(entry, zone));
      end(EXIT.OK);
    });
}

const readCall = (context: Context, uuid: string): Promise<CallDetail> =>
  answer(context.server.GET('/calls/{uuid}', { params: { path: { uuid } } }));

async function call(number: string, options: CallOptions): Promise<ExitCode> {
  const startAt = options.at === undefined ? undefined : startMoment('--at', options.at, new Date());
  const context = openContext(options);
  const { server, output } = context;
  const made = await answer(
    server.POST('/calls', {
      body: {
        flowName: options.flow,
        number,
        variables: options.var,
        ...(startAt !== undefined && { startAt }),
      },
    }),
  );
  output.say(`call ${made.uuid} of request ${made.requestId}: asked for`);
  if (!options.watch) {
    if (output.json) output.value(made);
    return EXIT.OK;
  }
  const last = await follow(context, made.requestId, made.uuid);
  if (output.json) output.value(last);
  return last.outcome === null ? EXIT.REFUSED : EXIT.OK;
}

interface TestCallOptions extends Omit<CallOptions, 'at'> {
  draft?: boolean;
  flowVersion?: string;
}

async function testCall(number: string, options: TestCallOptions): Promise<ExitCode> {
  const { draft, flowVersion } = options;
  if (draft && flowVersion !== undefined) throw usage('--draft and --flow-version exclude each other');
  if (flowVersion !== undefined && !/^[1-9]\d{0,8}$/.test(flowVersion)) {
    throw usage(`--flow-version "${flowVersion}" is not a number of a version`);
  }
  const context = openContext(options);
  const { server, output } = context;
  const flow = await byName(server, options.flow);
  if (!flow)
    throw new CommandError(EXIT.REFUSED, `there is no flow "${options.flow}"`, { code: 'UNKNOWN_FLOW' });
  const version = draft ? ('draft' as const) : flowVersion === undefined ? undefined : Number(flowVersion);
  const made = await answer(
    server.POST('/flows/{id}/test-call', {
      params: { path: { id: flow.id } },
      body: { number, variables: options.var, ...(version !== undefined && { version }) },
    }),
  );
  const what = made.flowVersion < 0 ? 'the draft' : `version ${made.flowVersion}`;
  output.say(`test call ${made.uuid} of request ${made.requestId}: asked for, with ${what}`);
  for (const notice of made.notices) output.remark(notice);
  if (!options.watch) {
    if (output.json) output.value(made);
    return EXIT.OK;
  }
  const last = await follow(context, made.requestId, made.uuid);
  if (output.json) output.value(last);
  return last.outcome === null ? EXIT.REFUSED : EXIT.OK;
}

/** Prints journey entries as they come, over all attempts, until the person's record has ended. */
async function follow(context: Context, requestId: number, firstUuid: string): Promise<CallDetail> {
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  const told = new Map<string, number>();
  try {
    for (;;) {
      // Read in this order: what the request has ended with is then surely in the call that is read after it.
      const request = await readRequest(context, requestId);
      const first = await readCall(context, firstUuid);
      const uuids = first.attempts.length > 0 ? first.attempts.map((one) => one.uuid) : [firstUuid];
      let last = first;
      for (const uuid of uuids) {
        if (told.get(uuid) === Number.POSITIVE_INFINITY) continue;
        last = uuid === firstUuid ? first : await readCall(context, uuid);
        tellProgress(context, last, told, request.policy.timeZone);
      }
      if (['COMPLETED', 'CANCELLED', 'EXPIRED', 'REJECTED'].includes(request.status)) {
        return uuids.at(-1) === last.uuid ? last : await readCall(context, uuids.at(-1) ?? firstUuid);
      }
      stop.signal.throwIfAborted();
      await sleep(LOOK_EVERY_MS, undefined, { signal: stop.signal });
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    throw new CommandError(EXIT.INTERRUPTED, `stopped watching; the call goes on`, {
      advice: `\`clarion journey ${firstUuid}\` shows it, \`clarion cancel ${requestId}\` keeps it from being tried again.`,
    });
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}

function tellProgress({ output }: Context, call: CallDetail, told: Map<string, number>, zone: string): void {
  const before = told.get(call.uuid);
  if (before === undefined && call.state !== 'SCHEDULED') output.say(`attempt ${call.attemptNo}: dialling`);
  for (const entry of call.journey.slice(before ?? 0)) output.say(entryLine(entry, zone));
  if (call.state !== 'SCHEDULED') told.set(call.uuid, call.journey.length);
  if (call.state !== 'ENDED') return;
  told.set(call.uuid, Number.POSITIVE_INFINITY);
  output.say(headline(call));
}

function headline(call: CallDetail): string {
  const state = call.outcome ?? call.state.toLowerCase().replace('_', ' ');
  const cause = call.cause ? ` (${printable(call.cause)})` : '';
  const keys = call.keys ? `, keys ${call.keys}` : '';
  return `attempt ${call.attemptNo}: ${state}${cause}${keys}`;
}

function storyLine(line: CallDetail['timeline'][number], zone: string): string {
  return `${DateTime.fromISO(line.at, { zone }).toFormat('yyyy-MM-dd HH:mm:ss')}  ${printable(line.text)}`;
}

/** @param zone IANA: whose clock the times are shown in */
function entryLine(entry: CallDetail['journey'][number], zone: string): string {
  const data = Object.entries(entry.data ?? {}).map(([name, value]) => `${name}=${printable(String(value))}`);
  const time = DateTime.fromISO(entry.at, { zone }).toFormat('HH:mm:ss.SSS');
  return `  ${time}  ${printable(entry.widget)}  ${entry.event.toLowerCase()}  ${data.join(' ')}`.trimEnd();
}
