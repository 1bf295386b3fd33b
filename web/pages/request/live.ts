/**
 * Keeps what the page knows of a request up to date: a stream of events, made again whenever it breaks off, and looking
 * every few seconds while there is none.
 */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ClarionError, type RequestDetail } from '../../../client/index.ts';
import { api } from '../../api/client.ts';
import { requestQuery } from '../requests/data.ts';
import { detailsQuery } from './data.ts';

/** `polling`: there is no stream at present. */
export type Liveness = 'live' | 'polling' | 'still';

/** Breakdowns are asked for again at most this often, however fast calls end. */
const DETAILS_EVERY_MS = 1500;
const AGAIN_MS = { first: 1000, most: 15_000 };
/** While there is no stream. */
export const POLL_MS = 3000;

const rest = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = window.setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      window.clearTimeout(timer);
      resolve();
    });
  });

/** @param isRunning false: nothing of it changes by itself any more, and nobody watches */
export function useLive(accountId: number | undefined, id: number, isRunning: boolean): Liveness {
  const queries = useQueryClient();
  const [isConnected, setConnected] = useState(false);
  useEffect(() => {
    if (!isRunning) return;
    const ended = new AbortController();
    const { signal } = ended;
    const { queryKey } = requestQuery(accountId, id);
    let timer: number | undefined;
    const refreshDetails = (): void => {
      timer ??= window.setTimeout(() => {
        timer = undefined;
        void queries.invalidateQueries({ queryKey: detailsQuery(accountId, id).queryKey });
      }, DETAILS_EVERY_MS);
    };
    const watch = async (): Promise<void> => {
      let lastEventId: string | undefined;
      let wait = AGAIN_MS.first;
      while (!signal.aborted) {
        try {
          const from = lastEventId === undefined ? {} : { lastEventId };
          for await (const event of api.watchRequest(id, { ...from, signal })) {
            wait = AGAIN_MS.first;
            setConnected(true);
            refreshDetails();
            if (event.type === 'progress') {
              queries.setQueryData<RequestDetail>(queryKey, (old) => old && { ...old, ...event.request });
            } else if (event.type === 'event') {
              if (event.id !== '') lastEventId = event.id;
              if (event.event === 'CHANGED') {
                void queries.invalidateQueries({ queryKey });
                void queries.invalidateQueries({ queryKey: ['request-policies', accountId, id] });
              }
            } else {
              void queries.invalidateQueries({ queryKey });
              void queries.invalidateQueries({ queryKey: ['request-records', accountId, id] });
              return;
            }
          }
        } catch (error) {
          // What the API refuses now it will refuse again: the page's own question says why.
          if (error instanceof ClarionError && error.status < 429) return setConnected(false);
        }
        setConnected(false);
        await rest(wait, signal);
        wait = Math.min(wait * 2, AGAIN_MS.most);
      }
    };
    void watch();
    return () => {
      ended.abort();
      // The last look is left to whoever shows the page's end.
      window.clearTimeout(timer);
      setConnected(false);
      void queries.invalidateQueries({ queryKey: detailsQuery(accountId, id).queryKey });
    };
  }, [accountId, id, isRunning, queries]);
  if (!isRunning) return 'still';
  return isConnected ? 'live' : 'polling';
}
