/**
 * What the rules saw when they let a contact through or forbade it: kept with the attempt in the moment of its
 * reservation, so that a receipt can show it years later. Nothing in it is ever computed again.
 */
import { type CallerSeries, seriesOf } from './caller-series.ts';
import { type Consent, consentOf } from './consent.ts';
import { judgeFrequency } from './frequency.ts';
import type { PromotionCategory, RegisterEntry } from './register.ts';
import { type AttemptFacts, frequencyLimitsOf, type PersonFacts } from './turn.ts';
import { type HoursEvidence, hoursEvidence, zonesOf } from './window.ts';

/** What a register asked over HTTP answered. */
export interface AnswerEvidence {
  version: string | null;
  answeredAt: string;
  failed: boolean;
}

export interface RegisterEvidence {
  provider: string;
  /** Versions in force of the local table, e.g. `platform 3, account 12`; null: nothing is loaded. */
  version: string | null;
  askedAt: string;
  category: PromotionCategory | null;
  class: 'promotional';
  entries: readonly RegisterEntry[];
  answer: AnswerEvidence | null;
}

export interface FrequencyEvidence {
  /** The limits that held: the tightest of account and flow. */
  perDay: number | null;
  gapMs: number | null;
  /** Contacts before this one on the person's day; counted up to the limit. Null where there is none. */
  today: number | null;
  lastAt: string | null;
}

/** As it lies in the ledger. Attempts of earlier releases lack some of it. */
export interface Evidence {
  promotional: boolean;
  /** ISO 3166-1 alpha-2; null of a mail address. */
  region: string | null;
  whitelisted: boolean;
  blacklisted: boolean;
  registered: boolean;
  /** Null: not scrubbed, as the traffic is not promotional or a mail address is on no register. */
  register: RegisterEvidence | null;
  /** Null: not held to hours, as what is done from inside a call. */
  hours: HoursEvidence | null;
  /** Null: no limit held. */
  frequency: FrequencyEvidence | null;
  consent: Consent | null;
  /** The series the caller id belongs to; null: to none, or no call. */
  callerSeries: CallerSeries | null;
}

export interface Asked {
  register: {
    provider: string;
    version: string | null;
    answer: AnswerEvidence | null;
  };
  /** Of the record. */
  variables: Readonly<Record<string, string>>;
  /** The number the person is shown. */
  callerId?: string | undefined;
}

/** @param now Unix ms: when the rules were asked */
export const attemptEvidence = (facts: AttemptFacts, asked: Asked, now: number): Evidence => ({
  ...personEvidence(facts, asked, now),
  hours: hoursEvidence(facts.policy, facts, now),
});

/** Of what is done from inside a call. @param now Unix ms */
export function personEvidence(facts: PersonFacts, asked: Asked, now: number): Evidence {
  const { policy, entries, region } = facts;
  return {
    promotional: policy.promotional,
    region: facts.medium === 'email' ? null : (region ?? policy.homeRegion),
    whitelisted: facts.whitelisted,
    blacklisted: facts.blacklisted,
    registered: entries.length > 0,
    // A transactional attempt is not scrubbed: no register was asked for it.
    register:
      policy.promotional && facts.medium !== 'email'
        ? {
            provider: asked.register.provider,
            version: asked.register.version,
            askedAt: new Date(now).toISOString(),
            category: policy.category,
            class: 'promotional',
            entries,
            answer: answerOf(asked.register.answer),
          }
        : null,
    hours: null,
    frequency: frequencyEvidence(facts, now),
    consent: consentOf(asked.variables),
    callerSeries: seriesOf(asked.callerId, policy.homeRegion),
  };
}

/** Of a register outside: when it answered, from which state, and whether it did at all. */
const answerOf = (answer: Asked['register']['answer']): AnswerEvidence | null =>
  answer && { version: answer.version, answeredAt: answer.answeredAt, failed: answer.failed };

function frequencyEvidence(facts: PersonFacts, now: number): FrequencyEvidence | null {
  const limits = frequencyLimitsOf(facts);
  if (!limits) return null;
  const zones = zonesOf(facts.policy, facts);
  const { today, lastAt } = judgeFrequency(limits, facts.frequency?.contacts ?? [], zones, now);
  return {
    ...limits,
    today: limits.perDay === null ? null : today,
    lastAt: lastAt === null ? null : new Date(lastAt).toISOString(),
  };
}
