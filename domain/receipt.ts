/**
 * The compliance receipt of one attempt: what was asked, known and decided when it was reserved, and how it ended.
 * Put together from what was written down then (the attempt, its evidence, the frozen policy version) and from
 * nothing else, so the same attempt has the same receipt for ever. What is not in the books says so.
 */
import type { Consent } from './consent.ts';
import type { Evidence } from './evidence.ts';
import type { Direction, Medium, Outcome } from './outcome.ts';
import type { RequestPolicy } from './policy.ts';
import { blockedCategories, type RegisterEntry } from './register.ts';

/** Raised when a field changes its meaning. */
export const RECEIPT_SCHEMA = 'clarion-receipt/1';

export const NOT_RECORDED = 'not recorded' as const;
type NotRecorded = typeof NOT_RECORDED;

/** What the ledger and the books beside it hold of an attempt. */
export interface ReceiptSource {
  id: string;
  accountId: number;
  direction: Direction;
  medium: Medium;
  step: number;
  attemptNo: number;
  requestId: number | null;
  row: number | null;
  flowId: number;
  flowVersion: number;
  policyVersion: number | null;
  /** Of that version; absent without a request. */
  policy: Pick<RequestPolicy, 'dlt'> | null;
  address: string;
  sender: string | null;
  provider: string;
  providerRef: string | null;
  reservedAt: Date;
  answeredAt: Date | null;
  settledAt: Date | null;
  outcome: Outcome | null;
  cause: string | null;
  evidence: Partial<Evidence> | null;
  /** The same person's attempts before it in the request, first to last. */
  prior: readonly { id: string; reservedAt: Date; outcome: Outcome | null }[];
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** Whether the attempt was promotional, as the rules took it. */
const classOf = (evidence: Partial<Evidence>): 'promotional' | 'transactional' | NotRecorded =>
  evidence.promotional === undefined ? NOT_RECORDED : evidence.promotional ? 'promotional' : 'transactional';

function registerOf({ promotional, whitelisted, register, registered }: Partial<Evidence>) {
  if (promotional === undefined || register === undefined) return NOT_RECORDED;
  if (register === null) {
    return {
      asked: false as const,
      why: promotional ? 'a mail address is on no register' : 'the traffic is transactional',
    };
  }
  const { provider, version, askedAt, category, entries, answer } = register;
  return {
    asked: true as const,
    provider,
    version,
    askedAt,
    category,
    onRegister: registered ?? entries.length > 0,
    entries: entries.map(shownEntry),
    answer,
    /** A whitelisted number is called whatever the register says. */
    applied: whitelisted !== true,
  };
}

const shownEntry = (entry: RegisterEntry) => ({
  blockedCategories: blockedCategories(entry),
  fromMinute: entry.fromMinute,
  toMinute: entry.toMinute,
  days: entry.days === null ? null : [1, 2, 3, 4, 5, 6, 7].filter((day) => (entry.days ?? 0) & (1 << day)),
});

const orNot = <T>(value: T | undefined): T | NotRecorded => (value === undefined ? NOT_RECORDED : value);

/** A field that the books have only where a rule was asked. */
const frequencyOf = ({ frequency }: Partial<Evidence>) =>
  frequency === null
    ? { limited: false }
    : frequency === undefined
      ? NOT_RECORDED
      : { limited: true, ...frequency };

const consentOf = ({ consent }: Partial<Evidence>): Consent | NotRecorded => consent ?? NOT_RECORDED;

/** @returns JSON-safe; the order of its keys does not count */
export function makeReceipt(source: ReceiptSource) {
  const { evidence: kept, medium, direction } = source;
  const evidence = kept ?? {};
  const outward = direction === 'out';
  return {
    schema: RECEIPT_SCHEMA,
    accountId: source.accountId,
    attempt: {
      id: source.id,
      direction,
      medium,
      attemptNo: source.attemptNo,
      step: source.step,
      number: medium === 'email' || source.address === '' ? null : source.address,
      email: medium === 'email' ? source.address : null,
      provider: source.provider,
      providerRef: source.providerRef,
    },
    request:
      source.requestId === null
        ? null
        : { id: source.requestId, row: source.row, policyVersion: source.policyVersion },
    flow: { id: source.flowId, version: source.flowVersion },
    moments: {
      decidedAt: iso(source.reservedAt),
      answeredAt: iso(source.answeredAt),
      endedAt: iso(source.settledAt),
    },
    outcome: source.outcome ?? 'in progress',
    cause: source.cause,
    class: outward ? classOf(evidence) : 'the person called us',
    region: orNot(evidence.region),
    register: outward ? registerOf(evidence) : NOT_RECORDED,
    blacklist:
      evidence.blacklisted === undefined
        ? NOT_RECORDED
        : { checkedAt: iso(source.reservedAt), listed: evidence.blacklisted },
    whitelisted: orNot(evidence.whitelisted),
    hours: evidence.hours === undefined ? NOT_RECORDED : evidence.hours && { ...evidence.hours },
    frequency: frequencyOf(evidence),
    dlt: {
      entityId: source.policy?.dlt?.entityId ?? NOT_RECORDED,
      templateId: source.policy?.dlt?.templateId ?? NOT_RECORDED,
    },
    callerId: {
      shown: source.sender ?? NOT_RECORDED,
      series:
        evidence.callerSeries === undefined
          ? NOT_RECORDED
          : evidence.callerSeries && { ...evidence.callerSeries },
    },
    consent: consentOf(evidence),
    priorAttempts: source.prior.map(({ id, reservedAt, outcome }) => ({
      id,
      decidedAt: iso(reservedAt),
      outcome: outcome ?? 'in progress',
    })),
  };
}
export type Receipt = ReturnType<typeof makeReceipt>;
