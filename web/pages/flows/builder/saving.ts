/** What is kept on the server and what is here: saving, and telling when somebody else was quicker. */
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ClarionError, type Flow } from '../../../../client/index.ts';
import { answerOf, api } from '../../../api/client.ts';
import { useMe } from '../../../session/me.ts';
import { builder } from '../../../strings/en/flow-builder.ts';
import { flowQuery } from '../data.ts';
import type { Draft } from './draft.ts';

/** What of a flow is no part of its definition. */
export interface About {
  name: string;
  transactional: boolean;
}

const aboutOf = ({ name, transactional }: Flow): About => ({ name, transactional });

export const isChanged = (error: unknown): boolean =>
  error instanceof ClarionError && error.problem?.code === 'FLOW_CHANGED';

export function useSaving(first: Flow, initial: Draft, isMended: boolean) {
  const { account } = useMe();
  const queries = useQueryClient();
  const [flow, setFlow] = useState(first);
  const [about, setAbout] = useState(aboutOf(first));
  /** The very draft that the server has; undefined: none of those here. */
  const [saved, setSaved] = useState<Draft | undefined>(isMended ? undefined : initial);
  /** Their flow, when somebody saved since this one was loaded. */
  const [theirs, setTheirs] = useState<Flow>();
  const query = flowQuery(account?.id, first.id);

  const took = (next: Flow, draft: Draft | undefined): void => {
    setFlow(next);
    setSaved(draft);
    queries.setQueryData(query.queryKey, next);
    void queries.invalidateQueries({ queryKey: ['flows'] });
  };
  /** Whose draft is to stay is asked where an error says that there are two. */
  const meet = async (error: unknown): Promise<void> => {
    if (isChanged(error)) setTheirs(await queries.fetchQuery({ ...query, staleTime: 0 }));
  };
  const save = useMutation({
    /** `over`: the revision that is to be replaced; else the one that was seen. */
    mutationFn: async ({ draft, over }: { draft: Draft; over?: number }): Promise<Flow> => {
      const body = {
        definition: draft as Record<string, unknown>,
        ...(about.name !== flow.name && { name: about.name }),
        ...(about.transactional !== flow.transactional && { transactional: about.transactional }),
        revision: over ?? flow.revision,
      };
      return answerOf(api.PUT('/flows/{id}', { params: { path: { id: first.id } }, body }));
    },
    onSuccess: (next, { draft }) => {
      took(next, draft);
      setTheirs(undefined);
      notifications.show({ message: builder.saved, autoClose: 2000 });
    },
    onError: (error) => meet(error),
  });
  return {
    flow,
    about,
    setAbout,
    saved,
    theirs,
    save,
    meet,
    /** Goes on with what the server has, as after a choice between two drafts, or a publication. */
    takeTheirs(next: Flow, draft: Draft): void {
      took(next, draft);
      setAbout(aboutOf(next));
      setTheirs(undefined);
    },
    /** The draft is the same; something else of the flow is new. */
    refresh: async (): Promise<void> => {
      const next = await queries.fetchQuery({ ...query, staleTime: 0 });
      setFlow((old) => ({ ...next, definition: old.definition, revision: old.revision }));
      void queries.invalidateQueries({ queryKey: ['flows'] });
      void queries.invalidateQueries({ queryKey: ['flow-versions', account?.id, first.id] });
    },
    letBe: () => setTheirs(undefined),
    isAboutChanged: about.name !== flow.name || about.transactional !== flow.transactional,
  };
}
export type Saving = ReturnType<typeof useSaving>;
