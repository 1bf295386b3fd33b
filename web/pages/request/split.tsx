/** Of an arm of a split: how it compares with the others. */
import { Anchor, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useNumbers } from '../../parts/numbers.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useMay, useMe } from '../../session/me.ts';
import { request as t } from '../../strings/en/request.ts';
import { splitQuery } from './data.ts';

export function SplitComparison({ requestId, splitId }: { requestId: number; splitId: number }) {
  const { account } = useMe();
  const may = useMay();
  const numbers = useNumbers();
  const { data, error } = useQuery({
    ...splitQuery(account?.id, splitId),
    enabled: may('reports:read'),
    refetchInterval: ({ state }) => (state.data?.final === false ? 10_000 : false),
  });
  if (!may('reports:read')) return null;
  const percent = (share: number): string => numbers.percent(Math.round(share * 1000) / 10);
  return (
    <section className="panel panel-wide">
      <h2>{t.split.title}</h2>
      <ProblemAlert error={error} />
      {data ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keys.
        <div className="request-scroll" tabIndex={0}>
          <table className="request-table">
            <thead>
              <tr>
                <th scope="col">{t.split.arm}</th>
                <th scope="col">{t.split.request}</th>
                <th scope="col">{t.split.people}</th>
                <th scope="col">{t.split.answered}</th>
                <th scope="col">{t.split.verdict}</th>
              </tr>
            </thead>
            <tbody>
              {data.arms.map(({ name, request, answered }) => {
                const found = data.comparisons.find((one) => one.arm === name && one.measure === 'answered');
                return (
                  <tr key={name}>
                    <th scope="row">{name}</th>
                    <td>
                      {request.id === requestId ? (
                        t.split.here
                      ) : (
                        <Anchor
                          component={Link}
                          to="/requests/$id"
                          params={{ id: String(request.id) } as never}
                          size="sm"
                        >
                          {request.flowName} ({request.id})
                        </Anchor>
                      )}
                    </td>
                    <td>{numbers.count(answered.of)}</td>
                    <td title={t.split.interval(percent(answered.low), percent(answered.high))}>
                      {answered.share === null ? '' : percent(answered.share)}
                    </td>
                    <td>{found ? (t.split.verdicts[found.verdict] ?? found.verdict) : t.split.first}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
          {data.cautions.map(({ code, message }) => (
            <p key={code} className="chart-note">
              {message}
            </p>
          ))}
        </div>
      ) : (
        !error && <Skeleton height={80} />
      )}
    </section>
  );
}
