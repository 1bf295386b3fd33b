/** One request: how it stands, live, and what can be done about it. */
import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Page } from '../../parts/page.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { StatusChip } from '../../parts/status-chip.tsx';
import { useMe } from '../../session/me.ts';
import { request as t } from '../../strings/en/request.ts';
import { requestQuery } from '../requests/data.ts';

export function RequestPage() {
  const id = Number(useParams({ from: '/frame/requests/$id' }).id);
  const { account } = useMe();
  const { data, error, refetch } = useQuery(requestQuery(account?.id, id));
  return (
    <Page title={t.title(id)} beside={data && <StatusChip kind="request" value={data.status} />}>
      <Anchor component={Link} to="/requests" size="sm">
        {t.back}
      </Anchor>
      <ProblemAlert error={error} onRetry={() => void refetch()} />
    </Page>
  );
}
