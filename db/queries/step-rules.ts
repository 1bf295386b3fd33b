/**
 * Whether somebody may be texted, mailed or connected from inside a call: what is known of them, read in the
 * transaction that reserves the step, and the rules' answer (`domain/turn.ts`). From inside a call to us, which has
 * no request's policy, a step is promotional unless its flow is transactional.
 */
import { type Evidence, personEvidence } from '../../domain/evidence.ts';
import { contactsNeeded, type FrequencyLimits, frequencyLimits } from '../../domain/frequency.ts';
import type { Medium } from '../../domain/outcome.ts';
import { parsePhone } from '../../domain/phone.ts';
import type { PromotionCategory, RegisterEntry } from '../../domain/register.ts';
import { decideStep, frequencyLimitsOf, type PersonFacts, type StepTurn } from '../../domain/turn.ts';
import type { Sql } from '../client.ts';
import { lockContacts, readContacts } from './contacts.ts';
import { entriesOf, versionInForce } from './register.ts';
import { type AnswerJson, answerOf } from './register-answers.ts';

interface StepQuestion {
  accountId: number;
  callAttemptId: string;
  medium: Medium;
  address: string;
  now: () => Date;
  askRegister?: boolean;
  register?: string | undefined;
}

interface Found {
  blacklisted: boolean;
  whitelisted: boolean;
  whitelistedOnly: boolean;
  frequencyExempt: boolean;
  promotional: boolean;
  entries: RegisterEntry[] | null;
  version: string | null;
  /** Of a service. */
  answer: AnswerJson | null;
  category: PromotionCategory | null;
  /** Of the flow: as it was written, or as the request has it. */
  frequency: unknown;
  account: FrequencyLimits;
  timeZone: string;
  country: string;
  variables: Record<string, string> | null;
  /** What the row says of its own person. */
  personZone: string | null;
}

/** @throws Error when the call's attempt does not exist */
export async function judgeStep(
  tx: Sql,
  input: StepQuestion,
): Promise<{ turn: StepTurn; evidence: Evidence }> {
  const { accountId, address, medium } = input;
  const isMail = medium === 'email';
  // What is no number in full is in no register; it is not called or texted either.
  const digits = !isMail && /^\+\d{1,15}$/.test(address) ? Number(address.slice(1)) : 0;
  // Of two messages at the same moment the second sees the first. Taken before anything is read.
  if (medium !== 'voice') await lockContacts(tx, { accountId, medium, address });
  const found = await read(tx, input, digits);
  const now = input.now().getTime();
  const facts: PersonFacts = {
    medium,
    region: isMail ? null : (parsePhone(address, found.country)?.region ?? null),
    // Somebody else than the person of the row may be anywhere.
    timeZone: found.personZone,
    blacklisted: found.blacklisted,
    whitelisted: found.whitelisted,
    entries: [...(found.entries ?? []), ...(found.answer?.registered ? [found.answer.entry] : [])],
    unasked: (input.askRegister ?? false) && digits > 0 && !found.answer,
    policy: {
      promotional: found.promotional,
      category: found.category,
      timeZone: found.timeZone,
      homeRegion: found.country,
      whitelistedOnly: found.whitelistedOnly,
      frequency: frequencyLimits.safeParse(found.frequency).data,
      frequencyExempt: found.frequencyExempt,
    },
  };
  await count(tx, input, facts, found.account, now);
  const register = { provider: input.register ?? 'local', version: found.version, answer: found.answer };
  return {
    turn: decideStep(facts, now),
    evidence: personEvidence(facts, { register, variables: found.variables ?? {} }, now),
  };
}

/** Second calls of transfers are no contacts: nobody counts them, and no limit holds for them. */
async function count(
  tx: Sql,
  { accountId, medium, address }: StepQuestion,
  facts: PersonFacts,
  account: FrequencyLimits,
  now: number,
): Promise<void> {
  if (medium === 'voice') {
    facts.policy = { ...facts.policy, frequencyExempt: true };
    return;
  }
  facts.frequency = { account, contacts: [] };
  const limits = frequencyLimitsOf(facts);
  if (!limits) return;
  const asked = { accountId, medium, addresses: [address], ...contactsNeeded(limits, now) };
  facts.frequency = { account, contacts: (await readContacts(tx, asked)).get(address) ?? [] };
}

async function read(tx: Sql, input: StepQuestion, digits: number): Promise<Found> {
  const { accountId, address, callAttemptId } = input;
  const [found] = await tx<Found[]>`
    select exists (select 1 from blacklist_phones where account_id = ${accountId} and number = ${address}
                   and (expires_at is null or expires_at > now()))
           or ${input.medium === 'email'} and exists (
             select 1 from blacklist_emails where account_id = ${accountId} and email = ${address}
             and (expires_at is null or expires_at > now())) as blacklisted,
           exists (select 1 from whitelist_phones where account_id = ${accountId}
                   and number = ${address} and verified_at is not null) as whitelisted,
           coalesce((p.policy ->> 'whitelistedOnly')::boolean, false) as "whitelistedOnly",
           coalesce((p.policy ->> 'frequencyExempt')::boolean, false) as "frequencyExempt",
           coalesce((p.policy ->> 'promotional')::boolean, not f.transactional) as promotional,
           ${entriesOf(tx, accountId, tx`${digits}::bigint`)} as entries,
           ${versionInForce(tx, accountId)} as version,
           ${input.askRegister ? answerOf(tx, tx`${digits}::bigint`) : null}::jsonb as answer,
           coalesce(p.policy ->> 'category', v.definition -> 'settings' ->> 'category') as category,
           case when p.policy is null then v.definition -> 'settings' -> 'frequency'
                else p.policy -> 'frequency' end as frequency,
           json_build_object('perDay', c.contacts_per_day, 'gapMs', c.contact_gap_ms) as account,
           c.time_zone as "timeZone", c.default_country as country, r.variables,
           case when r.number = ${address} then r.time_zone end as "personZone"
    from attempts a
    join flows f on f.id = a.flow_id
    join accounts c on c.id = a.account_id
    left join flow_versions v on v.flow_id = a.flow_id and v.version = a.flow_version
    left join request_policies p on p.request_id = a.request_id and p.version = a.policy_version
    left join records r on r.account_id = a.account_id and r.request_id = a.request_id and r.row = a.row
    where a.account_id = ${accountId} and a.id = ${callAttemptId}`;
  if (!found) throw new Error(`attempt ${callAttemptId} is not in the ledger`);
  return found;
}
