/** One request: how it stands, live, what became of whom, and what can be done about it. */
import './request.css';
import { Anchor, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useLinkProps, useParams, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { RequestDetail } from '../../../client/index.ts';
import { Page } from '../../parts/page.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Chip, StatusChip } from '../../parts/status-chip.tsx';
import { useMay, useMe } from '../../session/me.ts';
import { request as t } from '../../strings/en/request.ts';
import { isLive, requestQuery } from '../requests/data.ts';
import { RequestActions } from './actions.tsx';
import { type Liveness, POLL_MS, useLive } from './live.ts';
import { Overview } from './overview.tsx';
import { ProofView } from './proof.tsx';
import { RowsView } from './rows.tsx';
import { REQUEST_VIEWS, type RequestView } from './search.ts';
import { VersionsView } from './versions.tsx';

export function RequestPage() {
  const id = Number(useParams({ from: '/frame/requests/$id' }).id);
  const { account } = useMe();
  const query = useQuery(requestQuery(account?.id, id));
  const { data, error, refetch } = query;
  const liveness = useLive(account?.id, id, data !== undefined && isLive(data));
  usePolling(liveness, refetch);
  return (
    <Page
      title={t.title(id)}
      beside={
        data && (
          <>
            <StatusChip kind="request" value={data.status} />
            {liveness !== 'still' && (
              <span title={t.liveHint[liveness]}>
                <Chip tone={liveness === 'live' ? 'active' : 'waiting'}>{t.live[liveness]}</Chip>
              </span>
            )}
            <span className="request-dim">{data.flowName}</span>
          </>
        )
      }
      actions={data && <RequestActions request={data} />}
    >
      <Anchor component={Link} to="/requests" size="sm">
        {t.back}
      </Anchor>
      {/* Once it is shown, a look that failed is made again by itself. */}
      <ProblemAlert error={data ? null : error} onRetry={() => void refetch()} />
      {data ? <Views request={data} /> : !error && <Skeleton height={240} />}
    </Page>
  );
}

/** Looks by hand, so to speak, while no stream tells. */
function usePolling(liveness: Liveness, refetch: () => Promise<unknown>): void {
  useEffect(() => {
    if (liveness !== 'polling') return;
    const timer = window.setInterval(() => void refetch(), POLL_MS);
    return () => window.clearInterval(timer);
  }, [liveness, refetch]);
}

function Views({ request }: { request: RequestDetail }) {
  const { view = 'overview' } = useSearch({ from: '/frame/requests/$id' });
  const may = useMay();
  const views = REQUEST_VIEWS.filter((one) => one !== 'proof' || may('reports:read'));
  return (
    <>
      <nav className="request-views" aria-label={t.viewsLabel}>
        {views.map((one) => (
          <ViewLink key={one} id={request.id} view={one} isCurrent={one === view} />
        ))}
      </nav>
      {view === 'overview' && <Overview request={request} />}
      {view === 'rows' && <RowsView request={request} />}
      {view === 'versions' && <VersionsView request={request} />}
      {view === 'proof' && <ProofView id={request.id} />}
    </>
  );
}

/** The router counts every view of this page as the one that is shown: which one it is, is said here. */
function ViewLink({ id, view, isCurrent }: { id: number; view: RequestView; isCurrent: boolean }) {
  const link = useLinkProps({
    to: '/requests/$id',
    params: { id: String(id) },
    search: view === 'overview' ? {} : { view },
  });
  return (
    <a {...link} aria-current={isCurrent ? 'page' : undefined}>
      {t.views[view]}
    </a>
  );
}
