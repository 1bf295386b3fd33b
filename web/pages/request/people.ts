/** Names of the account's people, for those who may see them; without the right, nobody is named. */
import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import { useMay, useMe } from '../../session/me.ts';

/** By id, as text. */
export function usePeopleNames(): ReadonlyMap<string, string> {
  const { account } = useMe();
  const may = useMay();
  const { data } = useQuery({
    queryKey: ['people-names', account?.id],
    queryFn: ({ signal }) => answerOf(api.GET('/users', { signal })),
    enabled: may('users:read'),
    staleTime: 60_000,
  });
  return new Map(data?.items.map(({ id, name }) => [String(id), name]));
}
