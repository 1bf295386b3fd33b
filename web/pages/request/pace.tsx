/** How fast it goes, and when it is likely to be done: by the last minute, and by the engine's own forecast. */
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { RequestDetail } from '../../../client/index.ts';
import { Moment } from '../../parts/moment.tsx';
import { type Numbers, useNumbers } from '../../parts/numbers.ts';
import { useMe } from '../../session/me.ts';
import { common } from '../../strings/en/common.ts';
import { duration, request as t } from '../../strings/en/request.ts';
import { isLive } from '../requests/data.ts';
import { forecastQuery } from './data.ts';
import type { Details } from './overview.tsx';

/** Paces below one a second have decimals. */
const rate = (perSecond: number, numbers: Numbers): string =>
  perSecond < 10 ? String(perSecond) : numbers.count(perSecond);

/** The last minute tells nothing while it is not over, nor when nobody is left. */
const isSteady = (request: RequestDetail, details: Details): boolean =>
  details.remaining > 0 &&
  request.startedAt !== null &&
  Date.parse(details.at) - Date.parse(request.startedAt) >= 60_000;

export function Pace({ request, details }: { request: RequestDetail; details: Details | undefined }) {
  const numbers = useNumbers();
  const { policy } = request;
  return (
    <section className="panel">
      <h2>{t.pace.title}</h2>
      {isLive(request) ? (
        <dl className="facts">
          <dt>{t.pace.now}</dt>
          <dd>{details ? t.pace.perSecond(String(details.pace.perSecond)) : common.loading}</dd>
          <dt>{t.pace.lastMinute}</dt>
          <dd>{details ? t.pace.attempts(numbers.count(details.pace.lastMinute)) : common.loading}</dd>
          <dt>{t.pace.limit}</dt>
          <dd>
            {t.pace.limitWords(
              numbers.count(policy.concurrency ?? 0),
              rate(policy.callsPerSecond ?? 0, numbers),
            )}
          </dd>
          {details && details.remainingMs !== null && isSteady(request, details) && (
            <>
              <dt>{t.pace.remaining}</dt>
              <dd>{duration(details.remainingMs)}</dd>
            </>
          )}
          <Forecast request={request} />
        </dl>
      ) : (
        <Took request={request} />
      )}
    </section>
  );
}

function Took({ request }: { request: RequestDetail }) {
  const { startedAt, endedAt } = request;
  return (
    <>
      <p className="request-note request-dim">{t.pace.ended}</p>
      {startedAt && endedAt && (
        <dl className="facts">
          <dt>{t.pace.took}</dt>
          <dd>{duration(Date.parse(endedAt) - Date.parse(startedAt))}</dd>
        </dl>
      )}
    </>
  );
}

/** Nothing is said where there is none to be had: the list is not read yet, or it has just ended. */
function Forecast({ request }: { request: RequestDetail }) {
  const { account } = useMe();
  const numbers = useNumbers();
  const isAsked =
    request.ingestedAt !== null && !request.cancelRequestedAt && request.added > request.completed;
  const { data, isLoading } = useQuery({ ...forecastQuery(account?.id, request.id), enabled: isAsked });
  if (!isAsked) return null;
  if (isLoading) {
    return (
      <>
        <dt>{t.pace.finish}</dt>
        <dd>
          <Skeleton height={14} role="img" aria-label={t.pace.forecasting} />
        </dd>
      </>
    );
  }
  if (!data) return null;
  const { finishAt, attempts, cost, never } = data;
  const left = never.reduce((sum, { count }) => sum + count, 0);
  return (
    <>
      <dt>{t.pace.finish}</dt>
      <dd>
        {finishAt ? (
          <>
            <b>
              <Moment at={finishAt.median} />
            </b>{' '}
            {t.pace.likely}
            <div className="request-dim">
              <Moment at={finishAt.p5} /> {t.pace.to} <Moment at={finishAt.p95} />
            </div>
          </>
        ) : (
          t.pace.noForecast
        )}
      </dd>
      <dt>{t.pace.attemptsAhead}</dt>
      <dd>{t.pace.range(numbers.count(attempts.p5), numbers.count(attempts.p95))}</dd>
      {cost && (
        <>
          <dt>{t.pace.cost}</dt>
          <dd>
            {cost.currency} {t.pace.range(cost.p5, cost.p95)}
          </dd>
        </>
      )}
      {left > 0 && (
        <>
          <dt>{t.pace.never(numbers.count(left))}</dt>
          <dd>{never.map(({ detail }) => detail).join(' ')}</dd>
        </>
      )}
    </>
  );
}
