/** The account's tariff: what calls and messages cost, and what a request has cost so far. */
import { z } from '@hono/zod-openapi';
import {
  costOfRequest,
  getTariff,
  putTariff,
  removeTariff,
  type StoredTariff,
} from '../../db/queries/tariffs.ts';
import { microsOf, rateOf, showAmount, tariffShape } from '../../domain/tariff.ts';
import { type Api, change, read } from '../endpoint.ts';
import { idParam, moment } from '../schemas.ts';
import { requireRequest } from './requests.ts';

const money = z.string().openapi({ description: 'A decimal as text.', example: '0.35' });

const given = z.strictObject(tariffShape).openapi('NewTariff', {
  description:
    'Amounts are decimals as text. The rate with the longest prefix that a number begins with counts; an empty prefix fits every number.',
});

export const tariffReply = z
  .object({
    currency: z.string(),
    rates: z.array(
      z.object({ prefix: z.string(), pulseSeconds: z.int(), perPulse: z.string(), setUp: z.string() }),
    ),
    perSms: money,
    perMail: money,
    updatedAt: moment,
  })
  .openapi('Tariff');
const reply = z.object({ tariff: tariffReply.nullable() }).openapi('TariffReply');

const costReply = z.object({
  cost: z
    .object({
      currency: z.string(),
      total: money.openapi({ description: 'Of settled calls and messages, by the tariff as it is now.' }),
      calls: z.int().openapi({ description: 'Answered calls that were charged.' }),
      unpriced: z.int().openapi({ description: 'Answered calls to numbers that no rate fits.' }),
      messages: z.int(),
    })
    .nullable()
    .openapi('RequestCost', { description: 'Null where the account has no tariff.' }),
});

/** A tariff is as large as 5,000 rates. */
const BODY_BYTES = 1024 * 1024;

export const showTariff = (stored: StoredTariff | undefined): z.input<typeof reply> => ({
  tariff: stored
    ? {
        currency: stored.currency,
        rates: stored.rates.map(({ prefix, pulseSeconds, perPulseMicros, setUpMicros }) => ({
          prefix,
          pulseSeconds,
          perPulse: showAmount(perPulseMicros),
          setUp: showAmount(setUpMicros),
        })),
        perSms: showAmount(stored.perSmsMicros),
        perMail: showAmount(stored.perMailMicros),
        updatedAt: stored.updatedAt,
      }
    : null,
});

const tag = 'Tariff';

export function tariffRoutes(api: Api): void {
  read(
    api,
    {
      method: 'get',
      path: '/tariff',
      tag,
      summary: "The account's tariff; null where it has none",
      scope: 'trunks:read',
      reply,
    },
    async ({ db, account }) => showTariff(await getTariff(db, { accountId: account.id })),
  );
  change(
    api,
    {
      method: 'put',
      path: '/tariff',
      tag,
      summary: 'Replace the tariff',
      description: 'Forecasts and costs go by it from now on.',
      scope: 'trunks:write',
      body: given,
      bodyLimitBytes: BODY_BYTES,
      reply,
    },
    async ({ db, account, body, audit }) => {
      await putTariff(db, {
        accountId: account.id,
        currency: body.currency,
        perSmsMicros: microsOf(body.perSms),
        perMailMicros: microsOf(body.perMail),
        rates: body.rates.map(rateOf),
      });
      await audit('tariff.change', 'tariff', { currency: body.currency, rates: body.rates.length });
      return showTariff(await getTariff(db, { accountId: account.id }));
    },
  );
  change(
    api,
    {
      method: 'delete',
      path: '/tariff',
      tag,
      summary: 'Remove the tariff',
      description: 'Forecasts say nothing of cost then. Removing none changes nothing.',
      scope: 'trunks:write',
      reply,
    },
    async ({ db, account, audit }) => {
      await removeTariff(db, { accountId: account.id });
      await audit('tariff.remove', 'tariff');
      return showTariff(undefined);
    },
  );
  read(
    api,
    {
      method: 'get',
      path: '/requests/{id}/cost',
      tag,
      summary: 'What a request has cost so far',
      description: 'Reads every answered call of the request: for people who look, not for polling.',
      scope: 'requests:read',
      params: idParam,
      reply: costReply,
    },
    async ({ db, account, params }) => {
      const key = { accountId: account.id, requestId: params.id };
      await requireRequest(db, key);
      const tariff = await getTariff(db, key);
      if (!tariff) return { cost: null };
      const { costMicros, ...counts } = await costOfRequest(db, { ...key, tariff });
      return { cost: { currency: tariff.currency, total: showAmount(costMicros), ...counts } };
    },
  );
}
