/** The people of an account: who they are, what they may do, and the way in for others. */
import { Button } from '@mantine/core';
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { components } from '../../../client/index.ts';
import { answerOf, api } from '../../api/client.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Page } from '../../parts/page.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Chip, type Tone } from '../../parts/status-chip.tsx';
import { useMay, useMe } from '../../session/me.ts';
import { users as t } from '../../strings/en/people.ts';
import { InviteDialog } from './invite-dialog.tsx';
import { UserDialog } from './user-dialog.tsx';

export type User = components['schemas']['User'];

const TONES: Record<User['status'], Tone> = { INVITED: 'waiting', ACTIVE: 'good', DISABLED: 'idle' };

const COLUMNS: readonly Column<User>[] = [
  { id: 'name', header: t.columns.name, cell: ({ name }) => name },
  { id: 'email', header: t.columns.email, cell: ({ email }) => email, wideOnly: true },
  { id: 'role', header: t.columns.role, cell: ({ role }) => t.roleNames[role] },
  {
    id: 'status',
    header: t.columns.status,
    cell: ({ status, invitation }) => (
      <Chip tone={status === 'INVITED' && invitation === 'FAILED' ? 'bad' : TONES[status]}>
        {t.status[status]}
      </Chip>
    ),
  },
  {
    id: 'second-factor',
    header: t.columns.secondFactor,
    cell: ({ secondFactor }) => (secondFactor ? t.on : t.off),
    wideOnly: true,
  },
  {
    id: 'last',
    header: t.columns.lastSignIn,
    cell: ({ lastSignInAt }) => <Moment at={lastSignInAt} />,
    wideOnly: true,
  },
];

const usersQuery = (accountId: number | undefined) =>
  infiniteQueryOptions({
    queryKey: ['users', accountId],
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        api.GET('/users', {
          params: { query: { limit: 100, ...(pageParam !== '' && { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });

export function UsersPage() {
  const { account } = useMe();
  const mayChange = useMay()('users:write');
  const list = useInfiniteQuery(usersQuery(account?.id));
  const rows = useMemo(() => list.data?.pages.flatMap(({ items }) => items), [list.data]);
  const [isInviting, setInviting] = useState(false);
  const [open, setOpen] = useState<User | undefined>();
  return (
    <Page
      title={t.title}
      actions={mayChange && <Button onClick={() => setInviting(true)}>{t.invite}</Button>}
    >
      <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
      {(rows || !list.error) && (
        <DataTable
          label={t.table}
          columns={COLUMNS}
          rows={rows}
          rowKey={({ id }) => id}
          {...(mayChange && { onOpen: setOpen })}
          hasMore={list.hasNextPage}
          isLoadingMore={list.isFetchingNextPage}
          loadMore={() => void list.fetchNextPage()}
          empty={<EmptyState title={t.emptyTitle} text={t.emptyText} />}
        />
      )}
      <InviteDialog
        opened={isInviting}
        onClose={() => setInviting(false)}
        onDone={() => void list.refetch()}
      />
      <UserDialog
        key={open?.id}
        user={open}
        onClose={() => setOpen(undefined)}
        onDone={() => void list.refetch()}
      />
    </Page>
  );
}
