/** What an account without a request sees: three steps to its first campaign, each done where it stands. */
import { Button, Group, Skeleton, Text } from '@mantine/core';
import { CheckIcon } from '@primer/octicons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useMay, useMe } from '../../session/me.ts';
import { upload } from '../../strings/en/upload.ts';
import { flowsQuery } from './data.ts';
import { readyFlow } from './ready-flow.ts';
import './first-run.css';

const { first: t } = upload;

export function FirstRun() {
  const { account } = useMe();
  const may = useMay();
  const queries = useQueryClient();
  const flows = useQuery(flowsQuery(account?.id));
  const make = useMutation({
    mutationFn: readyFlow,
    // Published or not: what is there now is shown.
    onSettled: () => queries.invalidateQueries({ queryKey: flowsQuery(account?.id).queryKey }),
  });
  if (flows.error) return <ProblemAlert error={flows.error} onRetry={() => void flows.refetch()} />;
  if (!flows.data) return <Skeleton height={180} />;
  const runnable = flows.data.flows.find(({ notRunnable }) => notRunnable === null);
  const waiting = flows.data.flows[0];
  return (
    <div className="first-run">
      <h2>{t.title}</h2>
      <Text size="sm" c="dimmed">
        {t.text}
      </Text>
      <ol aria-label={t.label}>
        <Step at={0} isDone={runnable !== undefined} isNext={!runnable}>
          {runnable ? (
            <Text size="sm">{t.made(runnable.name)}</Text>
          ) : (
            <>
              {waiting && (
                <Text size="sm">
                  {t.waits} {waiting.notRunnable}
                </Text>
              )}
              {may('flows:write') && (
                <Group gap="xs">
                  <Button loading={make.isPending} onClick={() => make.mutate()}>
                    {t.ready}
                  </Button>
                  <Button variant="default" component={Link} to="/flows">
                    {t.own}
                  </Button>
                </Group>
              )}
              <ProblemAlert error={make.error} />
            </>
          )}
        </Step>
        <Step at={1} isDone={false} isNext={runnable !== undefined}>
          {runnable && (
            <Button component={Link} to="/requests/new" search={{ flowId: runnable.id } as never}>
              {t.choose}
            </Button>
          )}
        </Step>
        <Step at={2} isDone={false} isNext={false} />
      </ol>
    </div>
  );
}

function Step(props: { at: 0 | 1 | 2; isDone: boolean; isNext: boolean; children?: ReactNode }) {
  const { at, isDone, isNext } = props;
  const { title, text } = t.steps[at];
  return (
    <li className="panel" data-done={isDone} {...(isNext && { 'aria-current': 'step' as const })}>
      <span className="first-run-number" aria-hidden="true">
        {isDone ? <CheckIcon size={14} /> : at + 1}
      </span>
      <div>
        <h3>
          {title}
          {isDone && <span className="first-run-done"> · {t.done}</span>}
        </h3>
        <Text size="sm" c="dimmed" mb="xs">
          {text}
        </Text>
        {props.children}
      </div>
    </li>
  );
}
