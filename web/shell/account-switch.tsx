/** The account that is acted for, and the way to another for those who belong to several. */
import { NativeSelect, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { actFor, answerOf, api } from '../api/client.ts';
import { meQuery, useMe } from '../session/me.ts';
import { common as t } from '../strings/en/common.ts';

export function AccountSwitch() {
  const { account, accounts } = useMe();
  const queries = useQueryClient();
  const router = useRouter();
  const choose = useMutation({
    mutationFn: (accountId: number) => answerOf(api.POST('/session/account', { body: { accountId } })),
    onSuccess: async (_, accountId) => {
      actFor(accountId);
      await queries.fetchQuery({ ...meQuery, staleTime: 0 });
      // Nothing of the other account stays on the page.
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' });
      await router.navigate({ to: '/requests', search: {} });
    },
  });
  if (accounts.length < 2) {
    return (
      <Text size="sm" c="dimmed" truncate maw="10rem" visibleFrom="sm">
        {account?.name}
      </Text>
    );
  }
  return (
    <NativeSelect
      aria-label={t.account}
      value={account ? String(account.id) : ''}
      disabled={choose.isPending}
      onChange={(event) => choose.mutate(Number(event.currentTarget.value))}
      data={[
        ...(account ? [] : [{ value: '', label: t.account }]),
        ...accounts.map(({ id, name }) => ({ value: String(id), label: name })),
      ]}
      w={{ base: '7rem', sm: '11rem' }}
    />
  );
}
