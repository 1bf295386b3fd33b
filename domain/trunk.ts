/** An account's lines to carriers: their settings, and which of them takes the next call. Pure. */
import { z } from 'zod';
import { admit, type Load, type PaceLimit } from './pacing.ts';

/** What our telephone servers can carry, by Asterisk's names (`core show codecs`; its modules codec_*). */
export const CODECS = ['ulaw', 'alaw', 'g722', 'gsm'] as const;
export type Codec = (typeof CODECS)[number];

/** Carriers take numbers with or without a plus; emergency and short codes have 3 digits, E.164 at most 15. */
const callerId = z
  .string()
  .regex(/^\+?\d{3,15}$/, 'must be a number: 3 to 15 digits, with or without + before them');

const distinct = (list: readonly string[]): boolean => new Set(list).size === list.length;

const fields = {
  /** Letters, digits and `. _ -`: it is typed on command lines and stands in flows. */
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, {
    error: 'must be 1 to 64 letters, digits, `.`, `_` or `-`, beginning with a letter or digit',
  }),
  /** What the telephone server calls it: a PJSIP endpoint. */
  endpoint: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, {
    error: 'must be 1 to 64 letters, digits, `.`, `_` or `-`, as the telephone server names the endpoint',
  }),
  /** Calls in progress at once. */
  maxConcurrentCalls: z.int().min(1).max(10_000),
  /** Calls begun a second. May be below one. */
  maxCallsPerSecond: z.number().min(0.01).max(10_000),
  callerIds: z.array(callerId).max(50).refine(distinct, 'names a number twice'),
  codecs: z
    .array(z.enum(CODECS, { error: `must be one of ${CODECS.join(', ')}` }))
    .min(1, 'must name at least one codec')
    .refine(distinct, 'names a codec twice'),
  enabled: z.boolean(),
  /** Of two trunks equally loaded the one with the lower number is taken. */
  priority: z.int().min(1).max(100),
};

/** What an account says about a trunk. */
export const trunkSettings = z.strictObject({
  ...fields,
  maxConcurrentCalls: fields.maxConcurrentCalls.default(30),
  maxCallsPerSecond: fields.maxCallsPerSecond.default(10),
  callerIds: fields.callerIds.default([]),
  codecs: fields.codecs.default(['ulaw', 'alaw']),
  enabled: fields.enabled.default(true),
  priority: fields.priority.default(10),
});
export type TrunkSettings = z.infer<typeof trunkSettings>;

/** A field that is left out stays as it is. */
export const trunkChanges = z.strictObject(fields).partial();

/** What must be said of a new one: the rest has defaults in `trunkSettings`. */
export const newTrunk = trunkChanges.extend({ name: fields.name, endpoint: fields.endpoint });

/** What a telephone server must know of a trunk to call by it. */
export interface Line {
  trunkId: number;
  endpoint: string;
  codecs: Codec[];
}

/** Whether calls can be placed by a line. `why` is for an operator. */
export type LineState = { up: true } | { up: false; why: string };

/** The key of a line in counts and tables: 0 is the platform's default line. */
export const lineKey = (line: Pick<Line, 'trunkId'> | undefined): number => line?.trunkId ?? 0;

/** A line a call could leave by, as it stands at this moment. */
export interface LineChoice {
  /** For people; empty for the platform's default line. */
  name: string;
  /** Absent: the platform's default line. */
  line: Line | undefined;
  callerIds: string[];
  priority: number;
  limit: PaceLimit;
  load: Load;
  state: LineState;
}

export type ChosenLine =
  | { kind: 'LINE'; choice: LineChoice }
  /** Lines are up, and each has as many calls as it may have. `retryAfterMs` 0: until one of them ends. */
  | { kind: 'FULL'; retryAfterMs: number }
  /** None of the lines that would do can take calls. `lines`: their keys. */
  | { kind: 'AWAY'; why: string; lines: number[] };

const loadRatio = ({ load, limit }: LineChoice): number => load.inProgress / limit.maxInProgress;

/**
 * The line for the next call: of those that are up and have room and pace left, the least loaded for its
 * size; of equals the one with the lower priority number, then the older one.
 *
 * @param choices enabled lines of the account, or its default line alone
 * @param wanted the trunk a flow insists on
 * @param now Unix ms
 */
export function chooseLine(choices: readonly LineChoice[], wanted: string | null, now: number): ChosenLine {
  const eligible = wanted === null ? choices : choices.filter(({ name }) => name === wanted);
  if (eligible.length === 0) {
    const why =
      wanted === null ? 'every trunk of the account is disabled' : `no trunk named "${wanted}" is enabled`;
    return { kind: 'AWAY', why, lines: [] };
  }
  const up = eligible.filter(({ state }) => state.up);
  if (up.length === 0) {
    return { kind: 'AWAY', why: whyAway(eligible), lines: eligible.map(({ line }) => lineKey(line)) };
  }
  const free = up.filter(({ limit, load }) => admit(limit, load, 1, now) > 0);
  const [best] = free.sort(
    (a, b) => loadRatio(a) - loadRatio(b) || a.priority - b.priority || lineKey(a.line) - lineKey(b.line),
  );
  if (best) return { kind: 'LINE', choice: best };
  const paced = up.filter(({ limit, load }) => load.inProgress < limit.maxInProgress);
  const nextAt = Math.min(...paced.map(({ load }) => load.nextAt));
  return { kind: 'FULL', retryAfterMs: paced.length === 0 ? 0 : Math.max(0, nextAt - now) };
}

function whyAway(choices: readonly LineChoice[]): string {
  return choices
    .map(({ name, state }) => (state.up ? '' : name === '' ? state.why : `${name}: ${state.why}`))
    .join('; ');
}
