/**
 * The progress of campaigns while they run: bars on a terminal, a line now and then anywhere else. Reads the
 * request again and again; events would come sooner, but a poll survives a server's restart by itself.
 */
import { MultiBar, type SingleBar } from 'cli-progress';
import { DateTime } from 'luxon';
import type { RequestDetail } from '../client/index.ts';
import { showDuration, showMoment } from './moments.ts';
import { type Output, printable } from './output.ts';

/** Without a terminal: a line at each change of state, and otherwise no more often than this. */
const LINE_EVERY_MS = 10_000;
/** The rate shown is that of the last while, so that it follows a pause or a new pace. */
const RATE_OVER_MS = 30_000;

/** A call due sooner than this is as good as begun. */
const WORTH_SAYING_MS = 1_500;
/** A wait shorter than this is told by its length, not by the clock. */
const SHORT_WAIT_MS = 120_000;
/** When promotional hours open in India (TCCCPR 2018: 09:00 to 21:00), and the rule of the API's own scrub. */
const PROMOTIONAL_FROM = '09:00';

export interface Display {
  /** @param finishAt when it will be over, RFC 3339; absent: the rate so far tells */
  show(request: RequestDetail, finishAt?: string): void;
  /** A remark that must not tear the bars. */
  note(line: string): void;
  end(): void;
}

export function createDisplay(output: Output, zone: string): Display {
  if (output.json) return { show() {}, note() {}, end() {} };
  return output.live ? bars(zone) : lines(output, zone);
}

/** What to call a request in a list of bars. */
const title = (request: RequestDetail): string =>
  `${request.id} ${printable(request.fileName ?? request.flowName)}`.slice(0, 28).padEnd(28);

function bars(zone: string): Display {
  const multi = new MultiBar({
    format: '{title} {bar} {value}/{total}  {state}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 24,
    hideCursor: true,
    clearOnComplete: false,
    stopOnComplete: false,
    stream: process.stderr,
    linewrap: false,
    emptyOnZero: true,
  });
  const running = new Map<number, { bar: SingleBar; pace: Pace }>();
  return {
    show(request, finishAt) {
      let one = running.get(request.id);
      if (!one) {
        one = {
          bar: multi.create(request.added, 0, { title: title(request), state: '' }),
          pace: createPace(),
        };
        running.set(request.id, one);
      }
      one.bar.setTotal(request.added);
      const state = describe(request, zone, one.pace.add(request.completed, Date.now()), finishAt);
      one.bar.update(request.completed, { state });
    },
    note: (line) => multi.log(`${line}\n`),
    end: () => multi.stop(),
  };
}

function lines(output: Output, zone: string): Display {
  const last = new Map<number, { at: number; key: string; pace: Pace }>();
  return {
    show(request, finishAt) {
      const now = Date.now();
      const before = last.get(request.id);
      const pace = before?.pace ?? createPace();
      const state = describe(request, zone, pace.add(request.completed, now), finishAt);
      const key = state.startsWith('waits')
        ? (request.waitingFor?.since ?? `${request.nextDueAt}`)
        : request.status;
      const due = !before || before.key !== key || now - before.at >= LINE_EVERY_MS;
      if (due)
        output.remark(`request ${request.id}: ${request.completed} of ${request.added} ended, ${state}`);
      last.set(request.id, { at: due ? now : (before?.at ?? now), key, pace });
    },
    note: (line) => output.remark(line),
    end() {},
  };
}

/** People ended a second over the last while; undefined until that can be told. */
interface Pace {
  add(completed: number, now: number): number | undefined;
}

export function createPace(): Pace {
  const seen: { at: number; completed: number }[] = [];
  return {
    add(completed, now) {
      seen.push({ at: now, completed });
      while (seen[0] && seen.length > 2 && now - seen[0].at > RATE_OVER_MS) seen.shift();
      const first = seen[0];
      if (!first || now - first.at < 500) return undefined;
      return ((completed - first.completed) * 1000) / (now - first.at);
    },
  };
}

/** One request's state in words: what it does, how fast and for how long, or what it waits for. */
export function describe(
  request: RequestDetail,
  zone: string,
  perSecond: number | undefined,
  finishAt?: string,
  now = new Date(),
): string {
  switch (request.status) {
    case 'RECEIVED':
      return 'reads the list';
    case 'SCHEDULED':
      return request.startAt && new Date(request.startAt) > now
        ? `waits until ${showMoment(request.startAt, zone, now)}: start time`
        : (waiting(request, zone, now) ?? 'scheduled');
    case 'IN_PROCESS':
      if (request.cancelRequestedAt) return 'cancelling: calls in progress may end';
      return (
        away(request, zone, now) ?? waiting(request, zone, now) ?? busy(request, perSecond, finishAt, now)
      );
    case 'PAUSED':
      return `paused; \`clarion resume ${request.id}\` goes on`;
    case 'REJECTED':
      return `rejected: ${request.rejection?.code ?? 'the list cannot be used'}`;
    default:
      return request.status.toLowerCase();
  }
}

/** That no line can take its calls, since when and why. */
function away(request: RequestDetail, zone: string, now: Date): string | undefined {
  const { waitingFor } = request;
  if (!waitingFor) return undefined;
  return `waits for a trunk since ${showMoment(waitingFor.since, zone, now)}: ${printable(waitingFor.detail)}`;
}

/** What a request waits for, when its next call is some while ahead. */
function waiting(request: RequestDetail, zone: string, now: Date): string | undefined {
  const { nextDueAt } = request;
  if (request.inProgress > 0) return undefined;
  if (request.open && request.completed === request.added) return 'waits for more records';
  if (!nextDueAt || new Date(nextDueAt).getTime() - now.getTime() < WORTH_SAYING_MS) return undefined;
  const why = opens(request, nextDueAt) ? 'calling hours' : 'next attempts';
  const waitMs = new Date(nextDueAt).getTime() - now.getTime();
  const until = waitMs < SHORT_WAIT_MS ? showDuration(waitMs) : `until ${showMoment(nextDueAt, zone, now)}`;
  return `waits ${until}: ${why}`;
}

/** Whether a moment is the opening of the request's calling hours, rather than a retry that falls inside them. */
function opens(request: RequestDetail, moment: string): boolean {
  const { callingHours, promotional, timeZone } = request.policy;
  const at = DateTime.fromISO(moment, { zone: timeZone }).toFormat('HH:mm:ss');
  const openings = [...(callingHours ?? []).map(({ from }) => from), '00:00'];
  if (promotional) openings.push(PROMOTIONAL_FROM);
  return openings.some((opening) => at === `${opening}:00`);
}

function busy(
  request: RequestDetail,
  perSecond: number | undefined,
  finishAt: string | undefined,
  now: Date,
): string {
  const parts = request.inProgress > 0 ? [`${request.inProgress} in progress`] : [];
  if (perSecond !== undefined && perSecond > 0)
    parts.push(`${perSecond < 10 ? perSecond.toFixed(1) : Math.round(perSecond)}/s`);
  const leftMs = msLeft(request, perSecond, finishAt, now);
  if (leftMs > 0) parts.push(`about ${showDuration(leftMs)} left`);
  return parts.length > 0 ? parts.join(', ') : 'in process';
}

/** By the forecast, which knows of hours and retries to come; without one by the rate. 0: nobody can tell. */
function msLeft(
  request: RequestDetail,
  perSecond: number | undefined,
  finishAt: string | undefined,
  now: Date,
): number {
  const forecast = finishAt === undefined ? 0 : Date.parse(finishAt) - now.getTime();
  if (forecast > 0) return forecast;
  return perSecond ? ((request.added - request.completed) / perSecond) * 1000 : 0;
}
