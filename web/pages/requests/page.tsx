/** The dashboard: every request of the account, newest first, moving while it runs. */
import { ActionIcon, Anchor, Button, Skeleton } from '@mantine/core';
import { EyeIcon } from '@primer/octicons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useMemo } from 'react';
import type { RequestSummary } from '../../../client/index.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Moment } from '../../parts/moment.tsx';
import { type Numbers, useNumbers } from '../../parts/numbers.ts';
import { Page } from '../../parts/page.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { ProgressBar } from '../../parts/progress-bar.tsx';
import { Chip, StatusChip } from '../../parts/status-chip.tsx';
import { useMay, useMe } from '../../session/me.ts';
import { requests as t } from '../../strings/en/requests.ts';
import { statuses, wordFor } from '../../strings/en/statuses.ts';
import { upload } from '../../strings/en/upload.ts';
import { isLive, requestsQuery } from './data.ts';
import { RequestFilterBar } from './filters.tsx';

/** An account is new once: nobody else loads it. */
const FirstRun = lazy(async () => ({ default: (await import('../upload/first-run.tsx')).FirstRun }));

const columnsFor = (numbers: Numbers): Column<RequestSummary>[] => [
  {
    id: 'id',
    header: t.columns.id,
    // A link as well as the row's own way in: it can be opened in another tab, and found without sight on a phone.
    cell: ({ id }) => (
      <Anchor
        component={Link}
        to="/requests/$id"
        params={{ id: String(id) } as never}
        onClick={(event) => event.stopPropagation()}
        inherit
        tabIndex={-1}
      >
        {id}
      </Anchor>
    ),
    align: 'end',
  },
  {
    id: 'status',
    header: t.columns.status,
    cell: ({ status }) => <StatusChip kind="request" value={status} />,
  },
  {
    id: 'type',
    header: t.columns.flowType,
    cell: ({ flowType }) => wordFor(statuses.flowType, flowType),
    wideOnly: true,
  },
  { id: 'flow', header: t.columns.flow, cell: ({ flowName }) => <span title={flowName}>{flowName}</span> },
  { id: 'flowId', header: t.columns.flowId, cell: ({ flowId }) => flowId, align: 'end', wideOnly: true },
  {
    id: 'loaded',
    header: t.columns.loaded,
    cell: ({ loaded }) => numbers.count(loaded),
    align: 'end',
    wideOnly: true,
  },
  {
    id: 'added',
    header: t.columns.added,
    cell: ({ added }) => numbers.count(added),
    align: 'end',
    wideOnly: true,
  },
  {
    id: 'completed',
    header: t.columns.completed,
    cell: ({ completed }) => numbers.count(completed),
    align: 'end',
    wideOnly: true,
  },
  {
    id: 'percent',
    header: t.columns.percent,
    cell: ({ id, completionPercent }) => (
      <ProgressBar
        percent={completionPercent}
        text={numbers.percent(completionPercent)}
        label={t.progressLabel(id)}
      />
    ),
  },
  {
    id: 'created',
    header: t.columns.created,
    cell: ({ createdAt }) => <Moment at={createdAt} />,
    wideOnly: true,
  },
  {
    id: 'open',
    header: t.columns.open,
    cell: ({ id }) => (
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        component={Link}
        to="/requests/$id"
        params={{ id: String(id) } as never}
        aria-label={t.openLabel(id)}
        onClick={(event) => event.stopPropagation()}
      >
        <EyeIcon size={16} />
      </ActionIcon>
    ),
    align: 'end',
    wideOnly: true,
  },
];

export function RequestsPage() {
  const filters = useSearch({ from: '/frame/requests' });
  const { account } = useMe();
  const may = useMay();
  const navigate = useNavigate();
  const numbers = useNumbers();
  const columns = useMemo(() => columnsFor(numbers), [numbers]);
  const list = useInfiniteQuery(requestsQuery(account?.id, account?.timeZone ?? 'UTC', filters));
  const rows = useMemo(() => list.data?.pages.flatMap(({ items }) => items), [list.data]);
  const isFiltered = Object.values(filters).some((value) => value !== undefined);
  return (
    <Page
      title={t.title}
      beside={rows?.some(isLive) ? <Chip tone="active">{t.live}</Chip> : null}
      actions={
        may('requests:write') && (
          <Button component={Link} to="/requests/new">
            {upload.button}
          </Button>
        )
      }
    >
      <RequestFilterBar />
      <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
      {(rows || !list.error) && (
        <DataTable
          label={t.table}
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          onOpen={({ id }) => void navigate({ to: '/requests/$id', params: { id: String(id) } })}
          hasMore={list.hasNextPage}
          isLoadingMore={list.isFetchingNextPage}
          loadMore={() => void list.fetchNextPage()}
          empty={
            isFiltered ? (
              <EmptyState title={t.emptyFilteredTitle} text={t.emptyFilteredText} />
            ) : may('requests:write') ? (
              <Suspense fallback={<Skeleton height={180} />}>
                <FirstRun />
              </Suspense>
            ) : (
              <EmptyState
                title={t.emptyTitle}
                text={t.emptyText}
                begin={t.emptyBegin}
                command={t.emptyCommand}
              />
            )
          }
        />
      )}
    </Page>
  );
}
