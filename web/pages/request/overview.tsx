/** How the request stands: counts, why it waits, breakdowns, schedule, pace, and what happened. */
import { Alert, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { components, RequestDetail } from '../../../client/index.ts';
import { DownloadButton } from '../../parts/download-button.tsx';
import { Moment } from '../../parts/moment.tsx';
import { useNumbers } from '../../parts/numbers.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { ProgressBar } from '../../parts/progress-bar.tsx';
import { useMe } from '../../session/me.ts';
import { request as t } from '../../strings/en/request.ts';
import { requests } from '../../strings/en/requests.ts';
import { isLive } from '../requests/data.ts';
import { About, Lineage } from './about.tsx';
import { AttemptBars, Bars, HourColumns } from './charts.tsx';
import { detailsQuery } from './data.ts';
import { POLL_MS } from './live.ts';
import { Pace } from './pace.tsx';
import { Schedule } from './schedule.tsx';
import { SplitComparison } from './split.tsx';
import { Timeline } from './timeline.tsx';

export type Details = components['schemas']['RequestDetails'];

/** Pace and what it waits for change by time alone, without any event. */
const AGAIN_MS = 5 * POLL_MS;

export function Overview({ request }: { request: RequestDetail }) {
  const { account } = useMe();
  const runs = isLive(request);
  const details = useQuery({
    ...detailsQuery(account?.id, request.id),
    refetchInterval: runs ? AGAIN_MS : false,
  });
  const { data } = details;
  return (
    <>
      {request.rejection && (
        <Alert
          color="red"
          variant="light"
          role="alert"
          className="request-alert"
          title={t.fileRejected}
          classNames={{ title: 'problem-title' }}
        >
          <p className="request-note">{request.rejection.detail}</p>
          <p className="request-note">{t.fileRejectedNext}</p>
        </Alert>
      )}
      <Counts request={request} inProgress={data?.inProgress ?? request.inProgress} />
      {data && data.waiting.length > 0 && <Waits request={request} waits={data.waiting} />}
      <ProblemAlert error={data ? null : details.error} onRetry={() => void details.refetch()} />
      <div className="request-panels">
        {/* Of a file that was turned away there is nobody to tell of. */}
        {!request.rejection && <Breakdowns request={request} details={data} />}
        <Schedule request={request} />
        <Timeline request={request} details={data} />
        <About request={request} />
        <Lineage request={request} />
        {request.split && <SplitComparison requestId={request.id} splitId={request.split.id} />}
      </div>
    </>
  );
}

function Breakdowns({ request, details }: { request: RequestDetail; details: Details | undefined }) {
  return (
    <>
      <Outcomes request={request} />
      <Rejected request={request} />
      <section className="panel">
        <h2>{t.attempts.title}</h2>
        <ByAttempt details={details} />
      </section>
      <section className="panel">
        <h2>{t.hours.title}</h2>
        <ByHour details={details} />
      </section>
      <Pace request={request} details={details} />
    </>
  );
}

function Counts({ request, inProgress }: { request: RequestDetail; inProgress: number }) {
  const numbers = useNumbers();
  const { loaded, added, completed, completionPercent, endedAt } = request;
  const shown = {
    loaded,
    added,
    rejected: Object.values(request.rejected).reduce((sum, count) => sum + count, 0),
    completed,
    inProgress,
    remaining: endedAt ? 0 : added - completed,
  };
  return (
    <>
      <div className="request-progress">
        <ProgressBar
          percent={completionPercent}
          text={numbers.percent(completionPercent)}
          label={requests.progressLabel(request.id)}
        />
      </div>
      <dl className="request-counts" aria-label={t.counts.title}>
        {(Object.keys(shown) as (keyof typeof shown)[]).map((name) => (
          <div key={name}>
            <dt>{t.counts[name]}</dt>
            <dd>{numbers.count(shown[name])}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Waits({ request, waits }: { request: RequestDetail; waits: Details['waiting'] }) {
  return (
    <ul className="request-waits" aria-label={t.waiting.title}>
      {waits.map(({ reason, since, until }) => (
        <li key={reason}>
          {t.waiting[reason] ?? reason}{' '}
          {reason === 'NO_LINE' && request.waitingFor && <>{request.waitingFor.detail} </>}
          {since && (
            <span className="request-dim">
              {t.waiting.since} <Moment at={since} />{' '}
            </span>
          )}
          {until && (
            <span className="request-dim">
              {t.waiting.until} <Moment at={until} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

function Outcomes({ request }: { request: RequestDetail }) {
  const numbers = useNumbers();
  return (
    <section className="panel">
      <h2>{t.outcomes.title}</h2>
      {request.completed === 0 ? (
        <p className="request-note request-dim">{t.outcomes.empty}</p>
      ) : (
        <Bars kind="outcome" counts={request.outcomes} label={t.outcomes.chart} numbers={numbers} />
      )}
    </section>
  );
}

function Rejected({ request }: { request: RequestDetail }) {
  const numbers = useNumbers();
  const isAny = Object.values(request.rejected).some((count) => count > 0);
  return (
    <section className="panel">
      <h2>{t.rejected.title}</h2>
      {isAny ? (
        <>
          <Bars kind="result" counts={request.rejected} label={t.rejected.chart} numbers={numbers} />
          <p className="chart-note">{t.rejected.note}</p>
          <DownloadButton
            path={`/requests/${request.id}/rejected.csv`}
            fileName={`request-${request.id}-rejected.csv`}
          >
            {t.rejected.download}
          </DownloadButton>
        </>
      ) : (
        <p className="request-note request-dim">{t.rejected.empty}</p>
      )}
    </section>
  );
}

function ByAttempt({ details }: { details: Details | undefined }) {
  const numbers = useNumbers();
  if (!details) return <Skeleton height={80} />;
  if (details.byAttempt.length === 0) return <p className="request-note request-dim">{t.attempts.empty}</p>;
  return <AttemptBars rows={details.byAttempt} numbers={numbers} />;
}

function ByHour({ details }: { details: Details | undefined }) {
  const numbers = useNumbers();
  if (!details) return <Skeleton height={80} />;
  if (details.byHour.length === 0) return <p className="request-note request-dim">{t.hours.empty}</p>;
  return <HourColumns hours={details.byHour} timeZone={details.timeZone} numbers={numbers} />;
}
