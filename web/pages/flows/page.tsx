/** Every flow of the account, and the beginnings of new ones. */
import { ActionIcon, Anchor, Button, NativeSelect } from '@mantine/core';
import { CopyIcon, PlusIcon } from '@primer/octicons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { FlowSummary } from '../../../client/index.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { FilterBar } from '../../parts/filter-bar.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Page } from '../../parts/page.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Chip } from '../../parts/status-chip.tsx';
import { TypedFilter } from '../../parts/typed-filter.tsx';
import { useMay, useMe } from '../../session/me.ts';
import { flows as t } from '../../strings/en/flows.ts';
import { statuses, wordFor } from '../../strings/en/statuses.ts';
import { flowsQuery } from './data.ts';
import { NewFlow } from './new-flow.tsx';
import { FLOW_TYPES, type FlowFilters, flowFilters } from './search.ts';
import { TrafficChip } from './traffic-chip.tsx';

/** What is being made: a new flow, or one like another. */
type Making = { like?: FlowSummary } | undefined;

const columnsFor = (mayWrite: boolean, duplicate: (flow: FlowSummary) => void): Column<FlowSummary>[] => [
  { id: 'id', header: t.columns.id, cell: ({ id }) => id, align: 'end' },
  {
    id: 'name',
    header: t.columns.name,
    cell: ({ id, name }) => (
      <Anchor
        component={Link}
        to="/flows/$id"
        params={{ id: String(id) } as never}
        size="sm"
        title={name}
        onClick={(event) => event.stopPropagation()}
      >
        {name}
      </Anchor>
    ),
  },
  {
    id: 'type',
    header: t.columns.type,
    cell: ({ type }) => wordFor(statuses.flowType, type),
    wideOnly: true,
  },
  {
    id: 'published',
    header: t.columns.published,
    cell: ({ publishedVersion }) =>
      publishedVersion === null ? <Chip tone="idle">{t.draft}</Chip> : t.version(publishedVersion),
  },
  { id: 'traffic', header: t.columns.traffic, cell: (flow) => <TrafficChip flow={flow} />, wideOnly: true },
  {
    id: 'changed',
    header: t.columns.changed,
    cell: ({ updatedAt }) => <Moment at={updatedAt} />,
    wideOnly: true,
  },
  ...(mayWrite
    ? [
        {
          id: 'actions',
          header: t.columns.actions,
          align: 'end' as const,
          cell: (flow: FlowSummary) => (
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              title={t.duplicate}
              aria-label={t.duplicateLabel(flow.name)}
              onClick={(event) => {
                event.stopPropagation();
                duplicate(flow);
              }}
            >
              <CopyIcon size={16} />
            </ActionIcon>
          ),
        },
      ]
    : []),
];

export function FlowsPage() {
  const filters = useSearch({ from: '/frame/flows' });
  const { account } = useMe();
  const mayWrite = useMay()('flows:write');
  const navigate = useNavigate();
  const [making, setMaking] = useState<Making>();
  const columns = useMemo(() => columnsFor(mayWrite, (like) => setMaking({ like })), [mayWrite]);
  const list = useInfiniteQuery(flowsQuery(account?.id, filters));
  const rows = useMemo(() => list.data?.pages.flatMap(({ items }) => items), [list.data]);
  const isFiltered = Object.values(filters).some((value) => value !== undefined);
  const newFlow = mayWrite && (
    <Button leftSection={<PlusIcon size={14} />} onClick={() => setMaking({})}>
      {t.newFlow}
    </Button>
  );
  return (
    <Page title={t.title} actions={newFlow}>
      <FlowFilterBar filters={filters} />
      <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
      {(rows || !list.error) && (
        <DataTable
          label={t.table}
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          onOpen={({ id }) => void navigate({ to: '/flows/$id', params: { id: String(id) } })}
          hasMore={list.hasNextPage}
          isLoadingMore={list.isFetchingNextPage}
          loadMore={() => void list.fetchNextPage()}
          empty={
            isFiltered ? (
              <EmptyState title={t.emptyFilteredTitle} text={t.emptyFilteredText} />
            ) : (
              <EmptyState title={t.emptyTitle} text={t.emptyText}>
                {newFlow}
              </EmptyState>
            )
          }
        />
      )}
      {making && <NewFlow like={making.like} onClose={() => setMaking(undefined)} />}
    </Page>
  );
}

function FlowFilterBar({ filters }: { filters: FlowFilters }) {
  const navigate = useNavigate({ from: '/flows' });
  const set = (change: Partial<Record<keyof FlowFilters, string>>): void => {
    const given = Object.fromEntries(
      Object.entries({ ...filters, ...change }).filter(([, value]) => value !== '' && value !== undefined),
    );
    void navigate({ search: flowFilters.parse(given), replace: true });
  };
  return (
    <FilterBar
      active={Object.values(filters).filter((value) => value !== undefined).length}
      onClear={() => void navigate({ search: {}, replace: true })}
    >
      <TypedFilter
        label={t.filters.search}
        placeholder={t.filters.searchHint}
        value={filters.search ?? ''}
        onRest={(search) => set({ search })}
      />
      <NativeSelect
        label={t.filters.type}
        value={filters.type ?? ''}
        onChange={(event) => set({ type: event.currentTarget.value })}
        data={[
          { value: '', label: t.filters.any },
          ...FLOW_TYPES.map((value) => ({ value, label: statuses.flowType[value] })),
        ]}
      />
    </FilterBar>
  );
}
