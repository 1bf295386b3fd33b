/** Whether every promised rule was kept: claim by claim, with what was found against it. */
import { Button, Group, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Moment } from '../../parts/moment.tsx';
import { useNumbers } from '../../parts/numbers.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Chip } from '../../parts/status-chip.tsx';
import { useMe } from '../../session/me.ts';
import { request as t } from '../../strings/en/request.ts';
import { proofQuery } from './data.ts';

export function ProofView({ id }: { id: number }) {
  const { account } = useMe();
  const numbers = useNumbers();
  const { data, error, isFetching, refetch } = useQuery(proofQuery(account?.id, id));
  return (
    <>
      <p className="request-note request-dim">{t.proof.about}</p>
      <ProblemAlert error={error} onRetry={() => void refetch()} />
      {!data && !error && (
        <>
          <p className="request-note" role="status">
            {t.proof.working}
          </p>
          <Skeleton height={160} />
        </>
      )}
      {data && (
        <>
          <Group gap="sm">
            <Chip tone={data.holds ? 'good' : 'bad'}>{data.holds ? t.proof.holds : t.proof.violated}</Chip>
            <span className="request-dim request-note">
              {t.proof.at} <Moment at={data.at} />
            </span>
            <Button variant="default" loading={isFetching} onClick={() => void refetch()}>
              {t.proof.again}
            </Button>
          </Group>
          <ul className="request-list">
            {data.claims.map(({ name, claim, holds, checked, violated, samples }) => (
              <li key={name} className="panel">
                <Group gap="xs" wrap="nowrap" align="flex-start">
                  <Chip tone={holds ? 'good' : 'bad'}>
                    {holds ? t.proof.claim.holds : t.proof.claim.violated}
                  </Chip>
                  <span>
                    {claim}{' '}
                    <span className="request-dim">
                      {checked === 0 ? t.proof.nothing : t.proof.checked(numbers.count(checked))}
                      {violated > 0 && `, ${t.proof.violations(numbers.count(violated))}`}
                    </span>
                    {samples.map(({ attemptId, row, detail }) => (
                      <div key={`${attemptId} ${row} ${detail}`} className="request-dim">
                        {row !== null && `${t.proof.row(row)}: `}
                        {detail}
                      </div>
                    ))}
                  </span>
                </Group>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
