/** The forecast of all lists together: whom it will reach, when it ends, what it takes. */
import { Button, Group, Text } from '@mantine/core';
import type { Forecast } from '../../../client/index.ts';
import { Moment } from '../../parts/moment.tsx';
import { useNumbers } from '../../parts/numbers.ts';
import { upload } from '../../strings/en/upload.ts';
import type { ListFile } from './files.ts';

const { forecast: t } = upload;

type Range = Forecast['attempts'];
type Quantile = 'p5' | 'median' | 'p95';

interface Props {
  files: readonly ListFile[];
  /** Some were reckoned for other times. */
  isStale: boolean;
  isWorking: boolean;
  onAgain(): void;
}

const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);
const added = (ranges: readonly Range[]): Range => ({
  p5: sum(ranges.map(({ p5 }) => p5)),
  median: sum(ranges.map(({ median }) => median)),
  p95: sum(ranges.map(({ p95 }) => p95)),
});

/** The last of the ends. */
function lastFinish(forecasts: readonly Forecast[], at: Quantile): string | undefined {
  const ends = forecasts.flatMap(({ finishAt }) => (finishAt ? [finishAt[at]] : []));
  return ends.sort((one, other) => Date.parse(one) - Date.parse(other)).at(-1);
}

export function Outlook({ files, isStale, isWorking, onAgain }: Props) {
  const numbers = useNumbers();
  const forecasts = files.flatMap(({ forecast }) => (forecast ? [forecast] : []));
  if (forecasts.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {isWorking ? t.working : t.empty}
      </Text>
    );
  }
  const total = (value: (forecast: Forecast) => number): string => numbers.count(sum(forecasts.map(value)));
  const range = ({ p5, p95 }: Range): string => t.range(numbers.count(p5), numbers.count(p95));
  const early = lastFinish(forecasts, 'p5');
  const late = lastFinish(forecasts, 'p95');
  const others = Math.max(...forecasts.map(({ assumptions }) => assumptions.otherRequestsRunning));
  const never = forecasts.flatMap((forecast) => forecast.never);
  return (
    <>
      {isStale && (
        <Group gap="xs" mb="xs">
          <Text size="sm">{t.stale}</Text>
          <Button variant="default" size="compact-xs" loading={isWorking} onClick={onAgain}>
            {t.again}
          </Button>
        </Group>
      )}
      <dl className="facts" aria-busy={isWorking}>
        <dt>{t.people}</dt>
        <dd>{total(({ people }) => people)}</dd>
        <dt>{t.now}</dt>
        <dd>{total(({ callableNow }) => callableNow)}</dd>
        <dt>{t.finish}</dt>
        <dd>
          {early && late ? (
            <>
              {t.finishRange} <Moment at={early} /> {t.and} <Moment at={late} />
            </>
          ) : (
            t.nobody
          )}
        </dd>
        <dt>{t.attempts}</dt>
        <dd>{range(added(forecasts.map(({ attempts }) => attempts)))}</dd>
        <dt>{t.peak}</dt>
        <dd>{range(added(forecasts.map(({ peakCalls }) => peakCalls)))}</dd>
        <dt>{t.cost}</dt>
        <dd>{costOf(forecasts)}</dd>
      </dl>
      {never.length > 0 && (
        <>
          <Text size="sm" fw={600} mt="xs">
            {t.never}
          </Text>
          <ul className="upload-reasons">
            {never.map(({ detail, count }) => (
              <li key={`${detail} ${count}`}>
                {numbers.count(count)}: {detail}
              </li>
            ))}
          </ul>
        </>
      )}
      {forecasts.length > 1 && <Text size="xs">{t.several}</Text>}
      {others > 0 && <Text size="xs">{t.others(numbers.count(others))}</Text>}
    </>
  );
}

/** In the currency of the tariff; without one, that there is none. */
function costOf(forecasts: readonly Forecast[]): string {
  const costs = forecasts.flatMap(({ cost }) => (cost ? [cost] : []));
  const [first] = costs;
  if (!first) return t.noTariff;
  const money = new Intl.NumberFormat('en', { style: 'currency', currency: first.currency });
  const at = (quantile: Quantile): string => money.format(sum(costs.map((cost) => Number(cost[quantile]))));
  const unpriced = sum(costs.map(({ unpricedPeople }) => unpricedPeople));
  const range = t.range(at('p5'), at('p95'));
  return unpriced > 0 ? `${range}, ${t.unpriced(String(unpriced))}` : range;
}
