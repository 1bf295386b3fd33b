/** Following campaigns to their end, and telling what became of them. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestDetail, RequestSummary } from '../client/index.ts';
import type { Context } from './context.ts';
import { createEstimates } from './estimates.ts';
import { CommandError, EXIT, type ExitCode } from './exit.ts';
import { showDuration } from './moments.ts';
import { printable, table } from './output.ts';
import { createDisplay } from './progress.ts';
import { answer } from './server.ts';

const FINAL: readonly RequestSummary['status'][] = ['COMPLETED', 'CANCELLED', 'EXPIRED', 'REJECTED'];
const isFinal = (status: RequestSummary['status']): boolean => FINAL.includes(status);

const POLL_EVERY_MS = 500;
/** A server that restarts is waited for this long; the campaigns go on by themselves meanwhile. */
const PATIENCE_MS = 60_000;

/**
 * Shows row results as soon as the lists are read, then progress, then the outcomes.
 * @returns the requests as they ended, in the order given
 * @throws CommandError INTERRUPTED at Ctrl-C, UNREACHABLE when the server stays away
 */
export async function watch(context: Context, ids: number[]): Promise<RequestDetail[]> {
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  try {
    const read = await followAll(context, ids, stop.signal, (request) => isRead(request));
    for (const request of read) context.output.say(rowResults(request));
    const estimate = createEstimates(context.server);
    const display = createDisplay(context.output, read[0]?.policy.timeZone ?? 'UTC');
    try {
      const show = (request: RequestDetail): boolean => {
        if (request.status !== 'REJECTED') display.show(request, estimate(request));
        return isFinal(request.status);
      };
      return await followAll(context, ids, stop.signal, show, display.note);
    } finally {
      display.end();
    }
  } catch (error) {
    if (stop.signal.aborted) throw interrupted(ids);
    throw error;
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}

const isRead = (request: RequestDetail): boolean =>
  request.status !== 'RECEIVED' && (request.ingestedAt !== null || isFinal(request.status));

/** Reads each request again and again until `done` says so of all. */
async function followAll(
  context: Context,
  ids: number[],
  signal: AbortSignal,
  done: (request: RequestDetail) => boolean,
  note: (line: string) => void = context.output.remark,
): Promise<RequestDetail[]> {
  const ended = new Map<number, RequestDetail>();
  let lostAt: number | undefined;
  for (;;) {
    for (const id of ids.filter((each) => !ended.has(each))) {
      try {
        const request = await readRequest(context, id);
        if (lostAt !== undefined) note('connected again');
        lostAt = undefined;
        if (done(request)) ended.set(id, request);
      } catch (error) {
        if (!(error instanceof CommandError) || error.exitCode !== EXIT.UNREACHABLE) throw error;
        if (lostAt === undefined) note(`${error.message}; trying again`);
        lostAt ??= Date.now();
        if (Date.now() - lostAt > PATIENCE_MS) throw error;
      }
      signal.throwIfAborted();
    }
    if (ended.size === new Set(ids).size) return ids.flatMap((id) => ended.get(id) ?? []);
    await sleep(POLL_EVERY_MS, undefined, { signal });
  }
}

/** @throws CommandError */
export const readRequest = (context: Context, id: number): Promise<RequestDetail> =>
  answer(context.server.GET('/requests/{id}', { params: { path: { id } } }));

function interrupted(ids: number[]): CommandError {
  const names = ids.join(', ');
  const many = ids.length > 1;
  return new CommandError(
    EXIT.INTERRUPTED,
    `stopped watching; request${many ? 's' : ''} ${names} ${many ? 'go' : 'goes'} on`,
    { advice: `\`clarion watch ${ids[0]}\` watches again, \`clarion cancel ${ids[0]}\` ends it.` },
  );
}

/** What became of the rows of a list, in a line or two. */
export function rowResults(request: RequestSummary): string {
  const name = `request ${request.id}, ${printable(request.fileName ?? request.flowName)}`;
  if (request.rejection) {
    return `${name}: rejected, ${request.rejection.code}: ${printable(request.rejection.detail)}`;
  }
  const reasons = Object.entries(request.rejected).map(([reason, count]) => `${count} ${reason}`);
  const rejected = request.loaded - request.added;
  const line = `${name}: ${request.loaded} rows, ${request.added} accepted, ${rejected} rejected`;
  if (rejected === 0) return line;
  return `${line} (${reasons.join(', ')})\n  rejected rows with their reasons: clarion rejected ${request.id} --csv rejected-${request.id}.csv`;
}

/** Prints the outcomes of requests that have ended. */
export function summary(context: Context, requests: RequestSummary[]): void {
  const { output } = context;
  for (const request of requests) {
    if (request.status === 'REJECTED') continue;
    const took =
      request.startedAt && request.endedAt
        ? ` in ${showDuration(Date.parse(request.endedAt) - Date.parse(request.startedAt))}`
        : '';
    const attempts = Object.values(request.attempts).reduce((total, count) => total + count, 0);
    output.say();
    output.say(
      `request ${request.id} ${request.status.toLowerCase()}${took}: ` +
        `${request.completed} of ${request.added} ended, ${attempts} attempts`,
    );
    const rows = Object.entries(request.outcomes)
      .sort((a, b) => b[1] - a[1])
      .map(([outcome, count]) => [outcome, count, percent(count, request.added)]);
    if (rows.length > 0) output.say(table(['outcome', 'people', '%'], rows, [1, 2]));
    output.say(`every row: clarion records ${request.id} --csv records-${request.id}.csv`);
  }
}

const percent = (count: number, of: number): string => (of === 0 ? '-' : ((count * 100) / of).toFixed(1));

/** 0 when every campaign completed, 1 when one was rejected, cancelled or expired. */
export const exitOf = (requests: RequestSummary[]): ExitCode =>
  requests.every((request) => request.status === 'COMPLETED') ? EXIT.OK : EXIT.REFUSED;
