/** Who is signed in, for which account: asked once, and again whenever the window is looked at. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Me } from '../../client/index.ts';
import { actFor, answerOf, quietly } from '../api/client.ts';

/** Thrown by `meQuery`: the sign-in page is the answer to it. */
export class NobodySignedIn extends Error {
  override name = 'NobodySignedIn';
}

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async (): Promise<Me> => {
    const { me } = await answerOf(quietly.GET('/session'));
    if (!me) throw new NobodySignedIn();
    actFor(me.account?.id);
    return me;
  },
  staleTime: 30_000,
  refetchOnWindowFocus: true,
  retry: false,
});

/** For pages inside the frame, which is there only when somebody is signed in. */
export function useMe(): Me {
  const { data } = useQuery(meQuery);
  if (!data) throw new Error('nobody is signed in');
  return data;
}

/** Whether the signed-in person may do something here. */
export function useMay(): (scope: string) => boolean {
  const { scopes } = useMe();
  return (scope) => scopes.includes('*') || scopes.includes(scope);
}
