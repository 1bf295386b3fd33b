/**
 * What the rules would be told of somebody at a moment, read without a lock and from the books as far as they reach
 * back. Of each fact it is said whether it is of then or of now: a blacklist entry that was taken off since has left
 * no trace, the ledger forgets nothing.
 */
import { contactsNeeded, type FrequencyLimits } from '../../domain/frequency.ts';
import type { Medium, Outcome } from '../../domain/outcome.ts';
import type { RegisterEntry } from '../../domain/register.ts';
import type { Line, LineState } from '../../domain/trunk.ts';
import { frequencyLimitsOf, type Loads, type PersonPolicy } from '../../domain/turn.ts';
import type { Database } from '../client.ts';
import { contactLimitsAt } from './contact-limits.ts';
import { readContacts } from './contacts.ts';
import { HEALTH_FRESH_SECONDS } from './line-waits.ts';
import { entriesOf, PLATFORM_ACCOUNT, versionInForce } from './register.ts';
import { type AnswerJson, answerOf } from './register-answers.ts';
import { gateKeys, readLines, readLoads } from './reserve-question.ts';

/** Of which time a fact is. */
export type KnownOf = 'THEN' | 'NOW';

export interface PersonKnown {
  blacklist: {
    known: KnownOf;
    listed: boolean;
    /** Of the entry there is, whether or not it counted. */
    entry: { reason: string | null; expiresAt: Date | null; createdAt: Date } | null;
  };
  whitelist: { known: KnownOf; whitelisted: boolean; verifiedAt: Date | null };
  register: {
    known: KnownOf;
    version: string | null;
    versionThen: string | null;
    entries: RegisterEntry[];
    answer: AnswerJson | null;
  };
}

interface Found {
  listed: { reason: string | null; expiresAt: string | null; createdAt: string } | null;
  verifiedAt: Date | null;
  entries: RegisterEntry[] | null;
  version: string | null;
  versionThen: string | null;
  answer: AnswerJson | null;
}

interface AskedPerson {
  accountId: number;
  medium: Medium;
  /** E.164, or a mail address in lower case. */
  address: string;
  at: Date;
  now: Date;
}

/** @param asksOutside the register's answers come from a service: only those that are kept are shown */
export async function readPerson(
  db: Database,
  input: AskedPerson,
  asksOutside: boolean,
): Promise<PersonKnown> {
  const { accountId, address, at, medium } = input;
  const { sql } = db;
  const isMail = medium === 'email';
  const digits = !isMail && /^\+\d{1,15}$/.test(address) ? Number(address.slice(1)) : 0;
  const table = isMail
    ? { name: 'blacklist_emails', column: 'email' }
    : { name: 'blacklist_phones', column: 'number' };
  const [found] = await sql<Found[]>`
    select (select jsonb_build_object('reason', b.reason, 'expiresAt', b.expires_at, 'createdAt', b.created_at)
            from ${sql(table.name)} b
            where b.account_id = ${accountId} and b.${sql(table.column)} = ${address}) as listed,
           (select min(v.verified_at) from whitelist_phones v
            where v.account_id = ${accountId} and v.number = ${address}) as "verifiedAt",
           ${entriesOf(sql, accountId, sql`${digits}::bigint`)} as entries,
           ${versionInForce(sql, accountId)} as version,
           (select string_agg(name, ', ' order by account_id) from (
              select distinct on (account_id) account_id,
                     case account_id when ${PLATFORM_ACCOUNT} then 'platform ' else 'account ' end || id as name
              from register_versions
              where account_id in (${PLATFORM_ACCOUNT}, ${accountId}) and status = 'DONE'
                and coalesce(finished_at, created_at) <= ${at}
              order by account_id, id desc) v) as "versionThen",
           ${asksOutside ? answerOf(sql, sql`${digits}::bigint`) : null}::jsonb as answer`;
  if (!found) throw new Error('a row is always answered');
  const past = input.at < input.now;
  return {
    blacklist: blacklistAt(found.listed, at, past),
    whitelist: {
      whitelisted: found.verifiedAt !== null && found.verifiedAt <= at,
      verifiedAt: found.verifiedAt,
      // Who was taken off has left no trace.
      known: past && found.verifiedAt === null ? 'NOW' : 'THEN',
    },
    register: {
      version: found.version,
      versionThen: found.versionThen,
      entries: [...(found.entries ?? []), ...(found.answer?.registered ? [found.answer.entry] : [])],
      answer: found.answer,
      known: !past || (!asksOutside && found.version === found.versionThen) ? 'THEN' : 'NOW',
    },
  };
}

/** An entry that is there since before the moment was there then; of one that is not, only the present is known. */
function blacklistAt(listed: Found['listed'], at: Date, past: boolean): PersonKnown['blacklist'] {
  if (!listed) return { known: past ? 'NOW' : 'THEN', listed: false, entry: null };
  const entry = {
    reason: listed.reason,
    expiresAt: listed.expiresAt === null ? null : new Date(listed.expiresAt),
    createdAt: new Date(listed.createdAt),
  };
  const there = entry.createdAt <= at && (entry.expiresAt === null || entry.expiresAt > at);
  return { known: past && entry.createdAt > at ? 'NOW' : 'THEN', listed: there, entry };
}

/** The limits of the account at the moment, and the contacts that count before it. */
export async function readFrequency(
  db: Database,
  input: AskedPerson,
  person: { policy: PersonPolicy; whitelisted: boolean },
): Promise<{ account: FrequencyLimits; contacts: number[] }> {
  const { accountId, medium, address, at } = input;
  const account = await contactLimitsAt(db, { accountId, at });
  const limits = frequencyLimitsOf({ ...person, frequency: { account, contacts: [] } });
  if (!limits) return { account, contacts: [] };
  const asked = { accountId, medium, addresses: [address], ...contactsNeeded(limits, at.getTime()) };
  const found = await readContacts(db.sql, { ...asked, before: at.getTime() });
  return { account, contacts: found.get(address) ?? [] };
}

/** Room and pace as they are at this moment, with the lines as the workers tell of them. Nothing is locked. */
export async function readRoom(
  db: Database,
  input: { accountId: number; flowId: number; perSecond: number },
): Promise<Loads> {
  const { accountId, flowId, perSecond } = input;
  const states = await lineStates(db, accountId);
  const stateOf = (line: Line | undefined): LineState =>
    states.get(line?.trunkId ?? 0) ?? { up: false, why: 'no worker has told of it for half a minute' };
  const lines = await readLines(db.sql, accountId, stateOf);
  const keys = [gateKeys.account(accountId), gateKeys.flow(flowId, perSecond)].concat(
    lines.flatMap(({ line }) => gateKeys.line(line)),
  );
  const gates = await db.sql<{ key: string; next_at_ms: number }[]>`
    select key, next_at_ms from pace_gates where account_id = ${accountId} and key = any(${keys})`;
  const clocks = new Map(gates.map((gate) => [gate.key, gate.next_at_ms]));
  return readLoads(db.sql, { accountId, flowId, perSecond, lines, clocks });
}

/** A line is up when any worker can call by it. */
async function lineStates(db: Database, accountId: number): Promise<Map<number, LineState>> {
  const rows = await db.sql<{ trunk: number; up: boolean; why: string | null }[]>`
    select trunk_id as trunk, bool_or(up) as up, min(why) filter (where not up) as why from trunk_health
    where account_id in (0, ${accountId})
      and seen_at > now() - make_interval(secs => ${HEALTH_FRESH_SECONDS})
    group by trunk_id`;
  return new Map(
    rows.map(({ trunk, up, why }) => [trunk, up ? { up: true } : { up: false, why: why ?? '' }]),
  );
}

/** How far around the moment attempts are shown. */
const AROUND_MS = 24 * 3_600_000;
const MOST_ATTEMPTS = 50;

export interface AttemptAround {
  id: string;
  medium: Medium;
  reservedAt: Date;
  outcome: Outcome | null;
  cause: string | null;
  requestId: number | null;
  flowId: number;
}

/** What the ledger has of the address within a day of the moment, oldest first: what really happened. */
export async function attemptsAround(db: Database, input: AskedPerson): Promise<AttemptAround[]> {
  const { accountId, address, at } = input;
  const rows = await db.sql<AttemptAround[]>`
    select id, medium, reserved_at as "reservedAt", outcome, cause, request_id as "requestId", flow_id as "flowId"
    from attempts
    where account_id = ${accountId} and address = ${address}
      and reserved_at between ${new Date(at.getTime() - AROUND_MS)} and ${new Date(at.getTime() + AROUND_MS)}
    order by reserved_at desc nulls last limit ${MOST_ATTEMPTS}`;
  return rows.reverse();
}
