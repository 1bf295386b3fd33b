/** The rows of the list: each with its result, how it ended and why. Filters are in the address; a row opens its journey. */
import { Group, NativeSelect } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { RecordRow, RequestDetail } from '../../../client/index.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { DownloadButton } from '../../parts/download-button.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { FilterBar } from '../../parts/filter-bar.tsx';
import { Moment } from '../../parts/moment.tsx';
import { type Numbers, useNumbers } from '../../parts/numbers.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { StatusChip } from '../../parts/status-chip.tsx';
import { TypedFilter } from '../../parts/typed-filter.tsx';
import { useMe } from '../../session/me.ts';
import { request } from '../../strings/en/request.ts';
import { statuses } from '../../strings/en/statuses.ts';
import { isLive } from '../requests/data.ts';
import { recordsQuery } from './data.ts';
import { JourneyDrawer, RejectedRow } from './journey.tsx';
import { OUTCOMES, RESULTS, type RequestPlace, requestPlace } from './search.ts';

const { rows: t } = request;

const columnsFor = (numbers: Numbers): Column<RecordRow>[] => [
  { id: 'row', header: t.row, cell: ({ row }) => numbers.count(row), align: 'end', wideOnly: true },
  { id: 'number', header: t.number, cell: ({ number, given }) => number ?? given },
  {
    id: 'result',
    header: t.result,
    cell: ({ result }) => <StatusChip kind="result" value={result} />,
  },
  {
    id: 'outcome',
    header: t.outcome,
    cell: ({ outcome, endedAt }) => outcome && endedAt && <StatusChip kind="outcome" value={outcome} />,
  },
  {
    id: 'attempts',
    header: t.attempts,
    cell: ({ attempts }) => numbers.count(attempts),
    align: 'end',
    wideOnly: true,
  },
  {
    id: 'detail',
    header: t.detail,
    cell: ({ detail }) => <span title={detail ?? ''}>{detail}</span>,
    wideOnly: true,
  },
  {
    id: 'due',
    header: t.due,
    cell: ({ dueAt, endedAt }) => dueAt && !endedAt && <Moment at={dueAt} />,
    wideOnly: true,
  },
  { id: 'ended', header: t.ended, cell: ({ endedAt }) => endedAt && <Moment at={endedAt} />, wideOnly: true },
];

type Filters = Pick<RequestPlace, 'result' | 'outcome' | 'number'>;

/** What the page is asked for, in the address. */
function usePlace(): [RequestPlace, (change: Partial<Record<keyof RequestPlace, string>>) => void] {
  const place = useSearch({ from: '/frame/requests/$id' });
  const navigate = useNavigate({ from: '/requests/$id' });
  return [
    place,
    (change) => {
      const wanted = Object.entries({ ...place, ...change }).filter(([, value]) => value);
      void navigate({ search: requestPlace.parse(Object.fromEntries(wanted)), replace: true });
    },
  ];
}

export function RowsView({ request: of }: { request: RequestDetail }) {
  const { account } = useMe();
  const numbers = useNumbers();
  const [place, set] = usePlace();
  const [rejected, setRejected] = useState<RecordRow>();
  const filters: Filters = { result: place.result, outcome: place.outcome, number: place.number };
  const list = useInfiniteQuery(recordsQuery(account?.id, of.id, filters, isLive(of)));
  const rows = useMemo(() => list.data?.pages.flatMap(({ items }) => items), [list.data]);
  const columns = useMemo(() => columnsFor(numbers), [numbers]);
  const active = Object.values(filters).filter((value) => value !== undefined).length;
  return (
    <>
      <RowFilters place={filters} set={set} active={active} />
      <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
      {(rows || !list.error) && (
        <DataTable
          label={t.table}
          columns={columns}
          rows={rows}
          rowKey={({ row }) => row}
          onOpen={(row) => (row.uuid ? set({ call: row.uuid }) : setRejected(row))}
          hasMore={list.hasNextPage}
          isLoadingMore={list.isFetchingNextPage}
          loadMore={() => void list.fetchNextPage()}
          empty={
            active > 0 ? (
              <EmptyState title={t.emptyFilteredTitle} text={t.emptyFilteredText} />
            ) : (
              <EmptyState title={t.emptyTitle} text={t.emptyText} />
            )
          }
        />
      )}
      <Group gap="xs">
        <DownloadButton path={`/requests/${of.id}/records.csv`} fileName={`request-${of.id}-records.csv`}>
          {t.download}
        </DownloadButton>
        <DownloadButton path={`/requests/${of.id}/rejected.csv`} fileName={`request-${of.id}-rejected.csv`}>
          {t.downloadRejected}
        </DownloadButton>
      </Group>
      <JourneyDrawer uuid={place.call} onChoose={(call) => set({ call })} onClose={() => set({ call: '' })} />
      <RejectedRow row={rejected} onClose={() => setRejected(undefined)} />
    </>
  );
}

function RowFilters(props: {
  place: Filters;
  set(change: Partial<Record<keyof RequestPlace, string>>): void;
  active: number;
}) {
  const { place, set, active } = props;
  const any = { value: '', label: t.any };
  return (
    <FilterBar active={active} onClear={() => set({ result: '', outcome: '', number: '' })}>
      <NativeSelect
        label={t.result}
        value={place.result ?? ''}
        onChange={(event) => set({ result: event.currentTarget.value })}
        data={[any, ...RESULTS.map((value) => ({ value, label: statuses.result[value] }))]}
      />
      <NativeSelect
        label={t.outcome}
        value={place.outcome ?? ''}
        onChange={(event) => set({ outcome: event.currentTarget.value })}
        data={[any, ...OUTCOMES.map((value) => ({ value, label: statuses.outcome[value] }))]}
      />
      <TypedFilter
        label={t.number}
        placeholder={t.numberHint}
        value={place.number ?? ''}
        onRest={(number) => set({ number })}
      />
    </FilterBar>
  );
}
