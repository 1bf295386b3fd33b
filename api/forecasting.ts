/** Making a forecast inside the API: its facts from the database, and a simulation that lets others be answered in between. */
import { setImmediate } from 'node:timers/promises';
import type { Database } from '../db/client.ts';
import type { Account } from '../db/queries/accounts.ts';
import { readFrequencyLimits } from '../db/queries/contacts.ts';
import { readLineFacts, readMessagesPerAnswer } from '../db/queries/forecast.ts';
import { withLiveHours } from '../db/queries/live-hours.ts';
import { getTariff } from '../db/queries/tariffs.ts';
import { expectBehaviour, type History } from '../domain/forecast/behaviour.ts';
import type { ForecastFacts, LineFacts, PeopleGroup } from '../domain/forecast/facts.ts';
import { type ForecastAnswer, forecasting } from '../domain/forecast/forecast.ts';
import { type FrequencyLimits, NO_LIMITS } from '../domain/frequency.ts';
import type { RequestPolicy } from '../domain/policy.ts';
import { microsOf, rateOf, type TariffRate } from '../domain/tariff.ts';
import { frequencyLimitsOf } from '../domain/turn.ts';
import { behaviourGiven, type ForecastOptions } from './forecast-options.ts';
import { type Charges, showAnswer } from './forecast-view.ts';

const DEFAULT_SEED = 1;

/** The tariff a forecast goes by: what was given, else the account's own. */
export interface ForecastTariff {
  currency: string;
  rates: TariffRate[];
  perSmsMicros: number;
  perMailMicros: number;
}

export async function tariffFor(
  db: Database,
  account: Account,
  options: ForecastOptions,
): Promise<ForecastTariff | null> {
  const { tariff } = options;
  if (!tariff) return (await getTariff(db, { accountId: account.id })) ?? null;
  return {
    currency: tariff.currency,
    rates: tariff.rates.map(rateOf),
    perSmsMicros: microsOf(tariff.perSms),
    perMailMicros: microsOf(tariff.perMail),
  };
}

/** How often one person may be called: as the engine's last-moment rule has it, of numbers not the account's own. */
export async function limitsFor(
  db: Database,
  accountId: number,
  policy: RequestPolicy,
): Promise<FrequencyLimits> {
  const account = await readFrequencyLimits(db.sql, accountId);
  const about = { policy, frequency: { account, contacts: [] }, whitelisted: false };
  return frequencyLimitsOf(about) ?? NO_LIMITS;
}

export interface Foretelling {
  account: Account;
  flowId: number;
  policy: RequestPolicy;
  options: ForecastOptions;
  history: History | null;
  tariff: ForecastTariff | null;
  people: readonly PeopleGroup[];
  startAt: Date | null;
  endAt: Date | null;
  layOut: boolean;
  /** The virtual clock's beginning: now, or when a finished request began. */
  now: Date;
}

/** @returns the answer, and as the API shows it */
export async function foretell(db: Database, about: Foretelling) {
  const { account, flowId, policy, options, now } = about;
  const accountId = account.id;
  const behaviour = expectBehaviour(about.history, behaviourGiven(options), policy);
  const [hours, { lines, hasTrunks }, frequency, charges] = await Promise.all([
    withLiveHours(db.sql, accountId, policy, now),
    readLineFacts(db, { accountId }),
    limitsFor(db, accountId, policy),
    chargesOf(db, about.tariff, { accountId, flowId }),
  ]);
  const accountLimit = { maxInProgress: account.maxConcurrentCalls, perSecond: account.maxCallsPerSecond };
  const facts: ForecastFacts = {
    people: about.people,
    accountLimit,
    lines,
    hasTrunks,
    frequency,
    behaviour,
    rates: about.tariff?.rates ?? [],
    layOut: about.layOut,
    startAt: about.startAt?.getTime() ?? null,
    endAt: about.endAt?.getTime() ?? null,
  };
  const seed = options.seed ?? DEFAULT_SEED;
  const answer = await runBetween({ facts, policy: hours, seed, now: now.getTime() });
  const limit = tightestLimit(accountLimit, lines, policy);
  const shown = showAnswer(answer, {
    now,
    seed,
    policy,
    behaviour,
    charges,
    tightest: limit,
  });
  return { answer, shown };
}

/** Other calls of the API are answered between two runs. */
async function runBetween(question: Parameters<typeof forecasting>[0]): Promise<ForecastAnswer> {
  const steps = forecasting(question);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await setImmediate();
  }
}

function tightestLimit(
  account: { maxInProgress: number; perSecond: number },
  lines: readonly LineFacts[],
  { trunk }: RequestPolicy,
): { maxInProgress: number; perSecond: number } {
  const used = lines.filter(({ name }) => trunk === null || name === trunk);
  if (lines.length === 0) return account;
  const sum = (pick: (line: LineFacts) => number): number =>
    used.reduce((total, one) => total + pick(one), 0);
  return {
    maxInProgress: Math.min(
      account.maxInProgress,
      sum(({ limit }) => limit.maxInProgress),
    ),
    perSecond: Math.min(
      account.perSecond,
      sum(({ limit }) => limit.perSecond),
    ),
  };
}

async function chargesOf(
  db: Database,
  tariff: ForecastTariff | null,
  flow: { accountId: number; flowId: number },
): Promise<Charges | null> {
  if (!tariff) return null;
  const { currency, perSmsMicros, perMailMicros } = tariff;
  if (perSmsMicros + perMailMicros === 0) return { currency, perAnswerMicros: 0 };
  const { sms, mail } = await readMessagesPerAnswer(db, flow);
  return { currency, perAnswerMicros: sms * perSmsMicros + mail * perMailMicros };
}
