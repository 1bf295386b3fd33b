/** When it calls: its times, hours, holidays and retries, in words. */
import type { RequestDetail } from '../../../client/index.ts';
import { Moment } from '../../parts/moment.tsx';
import { useNumbers } from '../../parts/numbers.ts';
import { duration, request as t } from '../../strings/en/request.ts';
import { hoursInWords, retriesInWords } from './words.ts';

const Lines = ({ lines }: { lines: readonly string[] }) => lines.map((line) => <div key={line}>{line}</div>);

export function Schedule({ request }: { request: RequestDetail }) {
  const numbers = useNumbers();
  const { policy, spread } = request;
  const retries = retriesInWords(policy.retries ?? {});
  const calendars = policy.holidayCalendars ?? [];
  const hours = hoursInWords(policy.callingHours ?? null);
  return (
    <section className="panel">
      <h2>{t.schedule.title}</h2>
      <dl className="facts">
        <dt>{t.schedule.start}</dt>
        <dd>
          <Moment at={request.startAt} otherwise={t.schedule.atOnce} />
        </dd>
        <dt>{t.schedule.end}</dt>
        <dd>
          <Moment at={request.endAt} otherwise={t.schedule.noEnd} />
        </dd>
        <dt>{t.schedule.hours}</dt>
        <dd>
          <Lines lines={hours} />
          {policy.callingHours && <div className="request-dim">{t.schedule.hoursNote}</div>}
        </dd>
        <dt>{t.schedule.holidays}</dt>
        <dd>{calendars.length > 0 ? calendars.join(', ') : t.schedule.noHolidays}</dd>
        <dt>{t.schedule.retries}</dt>
        <dd>{retries.length > 0 ? <Lines lines={retries} /> : t.schedule.noRetries}</dd>
        <dt>{t.schedule.onLate}</dt>
        <dd>{t.schedule.onLateWords[policy.onLate ?? 'SKIP']}</dd>
        {policy.spreadOver && (
          <>
            <dt>{t.schedule.spread}</dt>
            <dd>
              {spread ? (
                <>
                  {t.schedule.spreadView(numbers.count(spread.people), String(spread.perHour))}{' '}
                  <Moment at={spread.until} />
                </>
              ) : 'hours' in policy.spreadOver && policy.spreadOver.hours !== undefined ? (
                duration(Number(policy.spreadOver.hours) * 3_600_000)
              ) : (
                <Moment at={String(Object.values(policy.spreadOver)[0])} />
              )}
            </dd>
          </>
        )}
      </dl>
      {policy.promotional && <p className="chart-note">{t.schedule.promotional}</p>}
    </section>
  );
}
