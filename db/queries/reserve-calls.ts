/**
 * The turnstile's side of the ledger: decides, in one transaction, which of a flow's waiting attempts may
 * begin now, and writes those down before any provider hears of them.
 *
 * Everything that can forbid a call is read in the transaction that reserves it: the request's row is
 * locked against a pause or a cancel that is being committed, so once either has been answered nothing new
 * begins. After a crash the reservation stands; the attempt's retry finds it and reconciles.
 */
import { attemptId } from '../../domain/attempt-id.ts';
import type { FlowDefinition } from '../../domain/flow/schema.ts';
import { contactsNeeded, type FrequencyLimits } from '../../domain/frequency.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { RequestPolicy } from '../../domain/policy.ts';
import type { Line, LineState } from '../../domain/trunk.ts';
import {
  type AttemptFacts,
  type BlockingRule,
  decideTurn,
  frequencyLimitsOf,
  type Loads,
  type PuttingOff,
  type Turn,
} from '../../domain/turn.ts';
import type { Database, Sql } from '../client.ts';
import { readContacts, readFrequencyLimits } from './contacts.ts';
import type { Frozen } from './frozen.ts';
import { isNoted, type LineWait, noteLineAway, noteLineBack } from './line-waits.ts';
import { readLiveHours } from './live-hours.ts';
import {
  type AttemptToReserve,
  type Candidate,
  entriesFor,
  gateKeys,
  lockGates,
  type RequestRow,
  readCandidates,
  readLines,
  readLoads,
  readRequests,
} from './reserve-question.ts';
import {
  blockedEnd,
  blockedTallies,
  type Decided,
  insertAttempts,
  moveClocks,
  putOff,
  senderOf,
} from './reserve-writing.ts';
import { addSlots, addTallies } from './tallies.ts';

export type { AttemptToReserve } from './reserve-question.ts';

/** What an attempt needs to be carried out. */
export interface ReservedAttempt {
  id: string;
  number: string;
  variables: Record<string, string>;
  callerId: string | undefined;
  /** Absent: the platform's default line. */
  line: Line | undefined;
  definition: FlowDefinition;
  policy: RequestPolicy;
  /** Names this reservation of the attempt: one that was withdrawn and made anew has another. */
  reservedAt: Date;
}

export type Reservation =
  | { kind: 'RESERVED'; attempt: ReservedAttempt }
  /** No room yet. */
  | { kind: 'WAIT'; retryAfterMs: number }
  /** No line can take calls. */
  | { kind: 'AWAY'; why: string }
  /** The request takes no new attempts. */
  | { kind: 'STOPPED' }
  /** Outside this person's hours. */
  | { kind: 'CLOSED' }
  /** Not at the hours or days that the person's entry in the register prefers, or too often; due again when it may be. */
  | { kind: 'LATER' }
  /** Suppressed at the last moment; written down as an attempt that never reached a provider. */
  | { kind: 'BLOCKED'; rule: BlockingRule }
  /** The ledger knows this attempt: begun before, by us or by a worker that died. `outcome` is null while unsettled. */
  | { kind: 'EXISTS'; id: string; outcome: Outcome | null; reservedAt: Date }
  /** The register outside must be asked about the number, and the attempt tried again. */
  | { kind: 'UNASKED'; number: string }
  /** The record has ended or moved on: nothing to do. */
  | { kind: 'GONE' };

export interface ReserveInput {
  accountId: number;
  flowId: number;
  provider: string;
  /** Attempts of one flow, in the order they should begin. */
  items: AttemptToReserve[];
  /** Whether a line can take calls, as this worker sees it; undefined: the platform's default line. Never waits. */
  lineState: (line: Line | undefined) => LineState;
  /** The register that is asked; absent: the local table. */
  register?: { name: string; asksOutside?: boolean } | undefined;
  now: () => Date;
}

/**
 * Reserves as many of a flow's attempts as limits, hours, lists and lines allow, oldest first.
 *
 * @returns one answer for each item, in order
 */
export async function reserveCalls(
  db: Database,
  frozen: Frozen,
  input: ReserveInput,
): Promise<Reservation[]> {
  const { answers, waits } = await db.sql.begin(async (transaction) =>
    new Reserving(transaction as unknown as Sql, frozen, input).run(),
  );
  for (const wait of waits.away) await noteLineAway(db, input.accountId, wait);
  await noteLineBack(db, { accountId: input.accountId, requestIds: waits.back, calls: true });
  await noteLineBack(db, { accountId: input.accountId, requestIds: waits.elsewhere, calls: false });
  return answers;
}

type Item = AttemptToReserve & { id: string };
type AskedRequest = RequestRow & Pick<AttemptFacts, 'policy'>;
/** One item with all that is known of it. */
type Asked = Omit<Decided, 'choice'>;

/** One transaction: the question, the decision for one item after the other, the writing. */
class Reserving {
  readonly #tx: Sql;
  readonly #frozen: Frozen;
  readonly #input: ReserveInput;
  readonly #reserved: Decided[] = [];
  readonly #away = new Map<number, LineWait>();
  /** Where the flow's clocks stand, one for each pace, by their keys. */
  #flowClocks = new Map<string, number>();
  readonly #later: { candidate: Candidate; at: Date; rule: PuttingOff }[] = [];
  readonly #blocked: Record<BlockingRule, Decided[]> = {
    BLACKLISTED: [],
    NOT_WHITELISTED: [],
    DO_NOT_CALL: [],
    FREQUENCY: [],
  };

  constructor(tx: Sql, frozen: Frozen, input: ReserveInput) {
    this.#tx = tx;
    this.#frozen = frozen;
    this.#input = input;
  }

  get #asksOutside(): boolean {
    return this.#input.register?.asksOutside ?? false;
  }

  /** @returns one answer for each item, and what has changed about waiting for a line */
  async run() {
    const items = this.#input.items.map((item) => ({ ...item, id: attemptId({ ...item, step: 0 }) }));
    const found = await this.#ask(items);
    const answers: Reservation[] = [];
    let { loads } = found;
    const asked = items.map((item) => this.#factsOf(item, found));
    const contacts = await this.#contacts(asked, found.limits, found.now.getTime());
    for (const one of asked) {
      if (!one) {
        answers.push({ kind: 'GONE' });
        continue;
      }
      const { candidate } = one;
      const before = contacts.get(candidate.number) ?? [];
      const facts = { ...one.facts, known: candidate.known };
      facts.frequency = { account: found.limits, contacts: before };
      const key = gateKeys.flow(this.#input.flowId, one.policy.callsPerSecond);
      const flow = { ...loads.flow, nextAt: this.#flowClocks.get(key) ?? 0 };
      const turn = decideTurn(facts, { ...loads, flow }, found.now.getTime());
      if (turn.kind === 'GO') {
        loads = turn.loads;
        this.#flowClocks.set(key, loads.flow.nextAt);
        // The next of the batch may be for the same number.
        contacts.set(candidate.number, [found.now.getTime(), ...before]);
      }
      answers.push(await this.#answer(turn, { ...one, facts, choice: undefined }, found.now));
    }
    await this.#write(loads, found.now);
    return { answers, waits: this.#waitsToNote(items, answers, found.requests) };
  }

  /** What the rules are to judge by; undefined where the item names nobody. */
  #factsOf(
    item: Item,
    found: { candidates: Map<string, Candidate>; requests: Map<number, AskedRequest> },
  ): Asked | undefined {
    const candidate = found.candidates.get(item.id);
    const request = found.requests.get(item.requestId);
    if (!candidate || !request) return undefined;
    const { policy } = request;
    const facts: AttemptFacts = {
      ...candidate,
      entries: entriesFor(candidate),
      unasked: this.#asksOutside && candidate.answer === null,
      stopped: request.stopped,
      policy,
    };
    return { candidate, request, policy, facts };
  }

  /** When those people were contacted whom a limit holds for. Nothing is asked where there is no limit. */
  async #contacts(
    asked: readonly (Asked | undefined)[],
    account: FrequencyLimits,
    now: number,
  ): Promise<Map<string, number[]>> {
    const limited = asked.flatMap((one) => {
      const limits = one && frequencyLimitsOf({ ...one.facts, frequency: { account, contacts: [] } });
      return one && limits ? [{ number: one.candidate.number, ...contactsNeeded(limits, now) }] : [];
    });
    return readContacts(this.#tx, {
      accountId: this.#input.accountId,
      medium: 'voice',
      addresses: limited.map(({ number }) => number),
      since: Math.min(...limited.map(({ since }) => since)),
      most: Math.max(...limited.map(({ most }) => most)),
    });
  }

  async #answer(turn: Turn, asked: Decided, now: Date): Promise<Reservation> {
    const { candidate, request } = asked;
    switch (turn.kind) {
      case 'GO': {
        const attempt = await this.#reserve({ ...asked, choice: turn.choice }, now);
        // Asked for twice in one batch: the second finds what the first has begun.
        Object.assign(candidate, { known: true, known_since: now });
        return { kind: 'RESERVED', attempt };
      }
      case 'BLOCKED':
        this.#blocked[turn.rule].push(asked);
        Object.assign(candidate, { known: true, known_since: now, known_outcome: 'BLOCKED' });
        return turn;
      case 'UNASKED':
        return { kind: 'UNASKED', number: candidate.number };
      case 'LATER':
        this.#later.push({ candidate, at: new Date(turn.at), rule: turn.rule });
        return { kind: 'LATER' };
      case 'EXISTS': {
        const { id, known_outcome: outcome, known_since: since } = candidate;
        return { kind: 'EXISTS', id, outcome, reservedAt: since ?? now };
      }
      case 'AWAY':
        this.#away.set(request.id, { requestId: request.id, why: turn.why, lines: turn.lines });
        return { kind: 'AWAY', why: turn.why };
      default:
        return turn;
    }
  }

  /** Requests before gates: one whose row is held for long, by a large addition, must not hold up the account. */
  async #ask(items: Item[]) {
    const { accountId, flowId, lineState, now } = this.#input;
    const tx = this.#tx;
    const requestIds = [...new Set(items.map((item) => item.requestId))];
    // Sent together: one wait for both; so below.
    const [requests, lines] = await Promise.all([
      readRequests(tx, accountId, requestIds, now()),
      readLines(tx, accountId, lineState),
    ]);
    const policies = await this.#policies(requests);
    const flowKeys = new Set(
      [...policies.values()].map((policy) => gateKeys.flow(flowId, policy.callsPerSecond)),
    );
    const keys = [
      gateKeys.account(accountId),
      ...flowKeys,
      ...lines.flatMap(({ line }) => gateKeys.line(line)),
    ];
    const clocks = await lockGates(tx, accountId, keys);
    this.#flowClocks = new Map([...flowKeys].map((key) => [key, clocks.get(key) ?? 0]));
    const [loads, candidates, limits] = await Promise.all([
      readLoads(tx, { accountId, flowId, lines, clocks }),
      readCandidates(tx, accountId, items, this.#asksOutside),
      readFrequencyLimits(tx, accountId),
    ]);
    const at = now();
    return { requests: await this.#withHours(requests, policies, at), loads, candidates, limits, now: at };
  }

  /** Each request's policy in force, by the request's id. Their rows are locked, so no edit comes between. */
  async #policies(requests: Map<number, RequestRow>): Promise<Map<number, RequestPolicy>> {
    const read = (row: RequestRow) => this.#frozen.policy(this.#input.accountId, row.id, row.policy_version);
    return new Map(await Promise.all([...requests].map(async ([id, row]) => [id, await read(row)] as const)));
  }

  /** The requests with their policies, and the holidays and rules that count today. */
  async #withHours(
    requests: Map<number, RequestRow>,
    policies: Map<number, RequestPolicy>,
    now: Date,
  ): Promise<Map<number, AskedRequest>> {
    const all = [...policies];
    const given = all.map(([, policy]) => policy);
    const live = await readLiveHours(this.#tx, this.#input.accountId, given, now, 'NOW');
    return new Map(
      all.flatMap(([id, policy], at): [number, AskedRequest][] => {
        const row = requests.get(id);
        return row ? [[id, { ...row, policy: { ...policy, live: live[at] } }]] : [];
      }),
    );
  }

  async #reserve(decided: Decided, now: Date): Promise<ReservedAttempt> {
    const { accountId, flowId } = this.#input;
    const { candidate, request, policy, choice } = decided;
    // Read before anything is reserved: a flow that cannot be read must not leave a person with a silent call.
    const definition = await this.#frozen.definition(accountId, flowId, request.flow_version);
    this.#reserved.push(decided);
    return {
      id: candidate.id,
      number: candidate.number,
      variables: candidate.variables ?? {},
      callerId: senderOf(decided),
      line: choice?.line,
      definition,
      policy,
      reservedAt: now,
    };
  }

  async #write(loads: Loads, now: Date): Promise<void> {
    const { accountId } = this.#input;
    const blocked = Object.entries(this.#blocked) as [BlockingRule, Decided[]][];
    const input = { ...this.#input, register: this.#input.register?.name ?? 'local', now };
    await Promise.all([
      insertAttempts(this.#tx, input, this.#reserved, null),
      ...blocked.map(([rule, decided]) => insertAttempts(this.#tx, input, decided, rule)),
      putOff(this.#tx, accountId, this.#later),
      addTallies(this.#tx, accountId, blocked.flatMap(([, decided]) => decided).flatMap(blockedTallies)),
      addSlots(
        this.#tx,
        accountId,
        blocked.flatMap(([, decided]) => decided).map((one) => blockedEnd(one, now)),
      ),
      this.#reserved.length === 0 ? undefined : moveClocks(this.#tx, accountId, loads, this.#flowClocks),
    ]);
  }

  /** What has changed, among these requests, about waiting for a line. */
  #waitsToNote(items: Item[], answers: Reservation[], requests: Map<number, RequestRow>) {
    const noted = (id: number): string | null => requests.get(id)?.away_why ?? null;
    const answered = (...kinds: Reservation['kind'][]): number[] => [
      ...new Set(
        items
          .filter((_, index) => kinds.includes(answers[index]?.kind ?? 'GONE'))
          .map((item) => item.requestId),
      ),
    ];
    const back = answered('RESERVED').filter((id) => noted(id) !== null);
    return {
      away: [...this.#away.values()].filter(
        (wait) => !isNoted(noted(wait.requestId), wait.why) && !answered('RESERVED').includes(wait.requestId),
      ),
      back,
      elsewhere: answered('STOPPED', 'CLOSED').filter(
        (id) => noted(id) !== null && !back.includes(id) && !this.#away.has(id),
      ),
    };
  }
}
