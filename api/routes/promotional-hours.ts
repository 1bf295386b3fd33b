/** Hours outside which promotional traffic is forbidden, by country: those built in, and those operations add. */
import { z } from '@hono/zod-openapi';
import {
  addPromotionalRule,
  listPromotionalRules,
  removePromotionalRule,
} from '../../db/queries/promotional-hours.ts';
import { zonesOfCountry } from '../../domain/hours/place.ts';
import { callingWindow } from '../../domain/policy.ts';
import {
  BUILT_IN_PROMOTIONAL,
  newPromotionalRule,
  type PromotionalRule,
} from '../../domain/promotional-hours.ts';
import { type Api, change, read } from '../endpoint.ts';
import { invalid, notFound } from '../errors.ts';
import { idParam, maybeMoment, pageOf, paging } from '../schemas.ts';

const tag = 'Hours and holidays';

const rule = z
  .object({
    id: z
      .string()
      .openapi({ description: '`built-in`, or a number. Attempts keep it as `PROMOTIONAL/IN/<id>`.' }),
    country: z.string(),
    effectiveFrom: z.string().openapi({ description: 'The first day, by the clock of the person.' }),
    source: z.string(),
    windows: z.array(callingWindow),
    replacesBuiltIn: z.boolean(),
    createdBy: z.string().nullable(),
    createdAt: maybeMoment,
  })
  .openapi('PromotionalHours');

const show = (one: PromotionalRule & { createdBy?: string; createdAt?: Date }) => ({
  ...one,
  windows: [...one.windows],
  createdBy: one.createdBy ?? null,
  createdAt: one.createdAt ?? null,
});

export function promotionalHoursRoutes(api: Api): void {
  const path = '/promotional-hours';
  read(
    api,
    {
      method: 'get',
      path,
      tag,
      summary: 'Promotional hours by country, built in and added',
      description:
        'Of the rules added for a country the one that began last holds, and the built-in one with it unless it `replacesBuiltIn`. A country without any has no such hours.',
      scope: 'flows:read',
      query: paging,
      reply: pageOf(rule, 'PromotionalHoursPage'),
    },
    async ({ db }) => ({
      items: [...BUILT_IN_PROMOTIONAL, ...(await listPromotionalRules(db))].map(show),
      nextCursor: null,
    }),
  );
  change(
    api,
    {
      method: 'post',
      path,
      tag,
      summary: 'Add promotional hours of a country',
      description:
        'For operations. Holds for all accounts, from `effectiveFrom` on. It adds to what is built in for the country; only with `replacesBuiltIn` may it be weaker.',
      scope: 'flows:write',
      operationsOnly: true,
      body: z.strictObject(newPromotionalRule.shape).openapi('NewPromotionalHours'),
      status: 201,
      reply: rule,
    },
    async ({ db, body, caller, audit }) => {
      if (zonesOfCountry(body.country).length === 0) throw invalid('country', 'is no country');
      const id = await addPromotionalRule(db, { ...body, createdBy: caller.actor });
      await audit('promotional-hours.add', `promotional-hours/${id}`, { ...body });
      return show({ ...body, id, createdBy: caller.actor, createdAt: new Date() });
    },
  );
  change(
    api,
    {
      method: 'delete',
      path: `${path}/{id}`,
      tag,
      summary: 'Take added hours back',
      description: 'For operations. Those built in stay.',
      scope: 'flows:write',
      operationsOnly: true,
      params: idParam,
      status: 204,
    },
    async ({ db, params, audit }) => {
      if (!(await removePromotionalRule(db, { id: params.id }))) throw notFound('promotional hours');
      await audit('promotional-hours.remove', `promotional-hours/${params.id}`);
    },
  );
}
