/** `POST /requests/{id}/back-test`: a finished request, as it would have gone under another policy. */
import { z } from '@hono/zod-openapi';
import { eachAttempt, readPeopleAsTheyDid } from '../../db/queries/back-test.ts';
import { readRequestHistory } from '../../db/queries/forecast.ts';
import { withLiveHours } from '../../db/queries/live-hours.ts';
import { getPolicy, readTallies } from '../../db/queries/requests.ts';
import { PastJudge } from '../../domain/forecast/back-test.ts';
import { isFinal } from '../../domain/outcome.ts';
import { type Api, change } from '../endpoint.ts';
import { ApiError } from '../errors.ts';
import { forecastOptions } from '../forecast-options.ts';
import { answerShape } from '../forecast-view.ts';
import { foretell, tariffFor } from '../forecasting.ts';
import { edited, requireCalendars } from '../policy-parts.ts';
import { idParam, maybeMoment } from '../schemas.ts';
import { requireRequest } from './requests.ts';

const body = z.strictObject(forecastOptions).openapi('NewBackTest');
const range = answerShape.attempts;

const reply = z
  .object({
    requestId: z.int(),
    was: z
      .object({
        startedAt: maybeMoment,
        endedAt: maybeMoment,
        people: z.int(),
        attempts: z.int(),
        answered: z.int(),
        outcomes: z.record(z.string(), z.int()),
      })
      .openapi({ description: 'What really happened.' }),
    notAllowed: z
      .array(
        z.object({
          rule: z.enum(['OUTSIDE_HOURS', 'OVER_RETRIES', 'TOO_SOON']),
          count: z.int(),
          attempts: z.array(z.object({ row: z.int(), attemptNo: z.int() })).openapi({
            description: 'The first hundred.',
          }),
        }),
      )
      .openapi({
        description:
          'Attempts that were, and that the other policy would not have made at that moment. Pace and lines forbid nothing: they let attempts wait.',
      }),
    wouldBe: z.object(answerShape).openapi({
      description: 'The request again from its first moment, by the other policy; people do what they did.',
    }),
    drawnAttempts: range.openapi({
      description:
        'Attempts of `wouldBe` that never were: their outcomes are drawn by the fitted probabilities.',
    }),
    blocked: z.int().openapi({
      description: 'People whom a rule of the last moment kept from being called; they are left out.',
    }),
  })
  .openapi('BackTest');

export function backTestRoutes(api: Api): void {
  change(
    api,
    {
      method: 'post',
      path: '/requests/{id}/back-test',
      tag: 'Requests',
      summary: 'A finished request under another policy: what would have happened',
      description:
        'Uses the people of the request and what they did, attempt by attempt. Where the other policy makes an attempt that never was, its outcome is drawn by how the people of this request behaved, and `drawnAttempts` says how many those are. Nothing is stored and nobody is called.',
      scope: 'requests:read',
      params: idParam,
      body,
      reply,
      errors: ['REQUEST_NOT_ENDED'],
    },
    async ({ db, account, params, body: given }) => {
      const key = { accountId: account.id, requestId: params.id };
      const row = await requireRequest(db, key);
      if (!isFinal(row.status)) throw new ApiError('REQUEST_NOT_ENDED', `The request is ${row.status}.`);
      const stored = await getPolicy(db, { ...key, version: row.policyVersion });
      if (!stored) throw new Error(`request ${row.id} has no policy ${row.policyVersion}`);
      await requireCalendars(db, account.id, given.policy?.holidayCalendars ?? [], 'policy.holidayCalendars');
      const policy = given.policy ? edited(stored, given.policy) : stored;
      const from = row.startedAt ?? row.createdAt;
      const judge = new PastJudge(await withLiveHours(db.sql, account.id, policy, from), from.getTime());
      await eachAttempt(db, key, (attempt) => judge.meet(attempt));
      const tariff = await tariffFor(db, account, given);
      const { people, blocked } = await readPeopleAsTheyDid(db, { ...key, rates: tariff?.rates ?? [] });
      const { answer, shown } = await foretell(db, {
        account,
        flowId: row.flowId,
        policy,
        options: given,
        history: await readRequestHistory(db, key),
        tariff,
        people,
        startAt: null,
        endAt: row.endAt,
        layOut: true,
        now: from,
      });
      const tallies = (await readTallies(db, { ...key, requestIds: [row.id] })).get(row.id);
      return {
        requestId: row.id,
        was: {
          startedAt: row.startedAt,
          endedAt: row.endedAt,
          people: row.added,
          attempts: judge.count,
          answered: tallies?.attempt.ANSWERED ?? 0,
          outcomes: tallies?.outcome ?? {},
        },
        notAllowed: judge.objections,
        wouldBe: shown,
        drawnAttempts: answer.drawnAttempts,
        blocked,
      };
    },
  );
}
