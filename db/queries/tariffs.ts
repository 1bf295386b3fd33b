/** An account's tariff, and what its calls and messages have cost by it. */
import { RateFinder, type TariffRate } from '../../domain/tariff.ts';
import type { Database } from '../client.ts';

export interface StoredTariff {
  currency: string;
  perSmsMicros: number;
  perMailMicros: number;
  /** By prefix, shortest first. */
  rates: TariffRate[];
  updatedAt: Date;
}

/** Undefined where the account has none. */
export async function getTariff(
  db: Database,
  input: { accountId: number },
): Promise<StoredTariff | undefined> {
  const [[found], rates] = await Promise.all([
    db.sql<Omit<StoredTariff, 'rates'>[]>`
      select currency, per_sms_micros as "perSmsMicros", per_mail_micros as "perMailMicros", updated_at as "updatedAt"
      from tariffs where account_id = ${input.accountId}`,
    db.sql<TariffRate[]>`
      select prefix, pulse_seconds as "pulseSeconds", per_pulse_micros as "perPulseMicros", set_up_micros as "setUpMicros"
      from tariff_rates where account_id = ${input.accountId} order by length(prefix), prefix`,
  ]);
  return found && { ...found, rates: [...rates] };
}

/** Replaces the tariff. Call it in a transaction, so that nobody reads half of one. */
export async function putTariff(
  tx: Database,
  input: Omit<StoredTariff, 'updatedAt'> & { accountId: number },
): Promise<void> {
  const { accountId, currency, perSmsMicros, perMailMicros, rates } = input;
  await tx.sql`
    insert into tariffs (account_id, currency, per_sms_micros, per_mail_micros)
    values (${accountId}, ${currency}, ${perSmsMicros}, ${perMailMicros})
    on conflict (account_id) do update set currency = excluded.currency, per_sms_micros = excluded.per_sms_micros,
      per_mail_micros = excluded.per_mail_micros, updated_at = now()`;
  await tx.sql`delete from tariff_rates where account_id = ${accountId}`;
  await tx.sql`
    insert into tariff_rates (account_id, prefix, pulse_seconds, per_pulse_micros, set_up_micros)
    select ${accountId}, w.prefix, w.seconds, w.pulse, w.set_up
    from unnest(${rates.map((rate) => rate.prefix)}::text[], ${rates.map((rate) => rate.pulseSeconds)}::int[],
                ${rates.map((rate) => rate.perPulseMicros)}::bigint[], ${rates.map((rate) => rate.setUpMicros)}::bigint[])
         as w (prefix, seconds, pulse, set_up)`;
}

export async function removeTariff(tx: Database, input: { accountId: number }): Promise<void> {
  await tx.sql`delete from tariff_rates where account_id = ${input.accountId}`;
  await tx.sql`delete from tariffs where account_id = ${input.accountId}`;
}

export interface RequestCost {
  /** Answered calls that were charged, and those whose numbers no rate fits. */
  calls: number;
  unpriced: number;
  messages: number;
  costMicros: number;
}

/**
 * What a request's settled attempts cost by a tariff. Reads every answered attempt of the request once.
 * A call is charged from its answer to its end, as `domain/tariff.ts` says.
 */
export async function costOfRequest(
  db: Database,
  input: { accountId: number; requestId: number; tariff: StoredTariff },
): Promise<RequestCost> {
  const { accountId, requestId, tariff } = input;
  const longest = Math.max(0, ...tariff.rates.map((rate) => rate.prefix.length));
  const finder = new RateFinder(tariff.rates);
  const cost: RequestCost = { calls: 0, unpriced: 0, messages: 0, costMicros: 0 };
  // Numbers that begin alike have the same rate: grouped by as much of them as any rate looks at, and by length.
  const calls = await db.sql<{ start: string; talk_s: number; count: number }[]>`
    select left(address, ${longest + 1}::int) as start,
           greatest(1, ceil(extract(epoch from settled_at - answered_at)))::int as talk_s, count(*)::int as count
    from attempts
    where account_id = ${accountId} and request_id = ${requestId} and medium = 'voice' and answered_at is not null
      and settled_at is not null
    group by 1, 2`;
  for (const { start, talk_s: seconds, count } of calls) {
    const rate = tariff.rates[finder.find(start)];
    if (rate === undefined) cost.unpriced += count;
    else {
      cost.calls += count;
      const pulses = Math.ceil(seconds / rate.pulseSeconds);
      cost.costMicros += count * (rate.setUpMicros + pulses * rate.perPulseMicros);
    }
  }
  const messages = await db.sql<{ medium: 'sms' | 'email'; count: number }[]>`
    select medium, count(*)::int as count from attempts
    where account_id = ${accountId} and request_id = ${requestId} and medium in ('sms', 'email')
      and outcome in ('SENT', 'DELIVERED', 'UNDELIVERED', 'BOUNCED', 'COMPLAINED') group by 1`;
  for (const { medium, count } of messages) {
    cost.messages += count;
    cost.costMicros += count * (medium === 'sms' ? tariff.perSmsMicros : tariff.perMailMicros);
  }
  return cost;
}
