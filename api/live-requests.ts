/**
 * What changes among an account's requests, for everybody who watches: one look at the database a second for each account
 * that is watched in this process, however many watch. Nobody watches: nothing is asked.
 */
import type { Database } from '../db/client.ts';
import { watchedRequests } from '../db/queries/live-requests.ts';
import { findRequests } from '../db/queries/request-pages.ts';
import { isFinal } from '../domain/outcome.ts';
import type { Logger } from '../log.ts';
import { summariseAll } from './request-view.ts';

const LOOK_EVERY_MS = 1_000;
/** After a look that failed. */
const LOOK_AGAIN_MS = 5_000;

export interface Watcher {
  /**
   * What changed since it was last taken: each request once, as JSON of its latest state. `whole`: it is all that is
   * watched, which is said once, as soon as that is known.
   */
  take(): { requests: string[]; whole: boolean };
  /** Resolves when there is something to take. */
  changed(): Promise<void>;
  close(): void;
}

interface Told {
  json: string;
  ended: boolean;
}

interface Feed {
  /** What was last told of each request. */
  known: Map<number, Told>;
  watchers: Set<{ tell(changes: ReadonlyMap<number, string>): void }>;
  timer: NodeJS.Timeout | undefined;
  looked: boolean;
}

export interface LiveRequests {
  watch(accountId: number): Watcher;
  /** How many accounts are looked at. */
  readonly looking: number;
}

export function createLiveRequests(db: Database, log: Logger): LiveRequests {
  const feeds = new Map<number, Feed>();

  async function look(accountId: number, feed: Feed): Promise<void> {
    let next = LOOK_EVERY_MS;
    try {
      const changes = await changesOf(db, accountId, feed);
      feed.looked = true;
      for (const watcher of feed.watchers) watcher.tell(changes);
    } catch (error) {
      log.warn({ err: error, accountId }, 'requests could not be looked at for those who watch');
      next = LOOK_AGAIN_MS;
    }
    if (feed.watchers.size > 0) feed.timer = setTimeout(() => void look(accountId, feed), next);
  }

  function feedOf(accountId: number): Feed {
    const running = feeds.get(accountId);
    if (running) return running;
    const feed: Feed = { known: new Map(), watchers: new Set(), timer: undefined, looked: false };
    feeds.set(accountId, feed);
    feed.timer = setTimeout(() => void look(accountId, feed), 0);
    return feed;
  }

  return {
    get looking() {
      return feeds.size;
    },
    watch(accountId) {
      const feed = feedOf(accountId);
      // A slow reader finds the latest state of each request, not every state it was in.
      const pending = new Map([...feed.known].map(([id, { json }]): [number, string] => [id, json]));
      let snapshotDue = true;
      let wake: (() => void) | undefined;
      const ready = (): boolean => pending.size > 0 || (snapshotDue && feed.looked);
      const watcher = {
        tell(changes: ReadonlyMap<number, string>): void {
          for (const [id, json] of changes) pending.set(id, json);
          if (ready()) wake?.();
        },
      };
      feed.watchers.add(watcher);
      return {
        take() {
          const requests = [...pending.values()];
          const whole = snapshotDue && feed.looked;
          pending.clear();
          if (whole) snapshotDue = false;
          return { requests, whole };
        },
        changed: () =>
          new Promise((resolve) => {
            wake = resolve;
            if (ready()) resolve();
          }),
        close() {
          feed.watchers.delete(watcher);
          if (feed.watchers.size > 0 || feeds.get(accountId) !== feed) return;
          clearTimeout(feed.timer);
          feeds.delete(accountId);
        },
      };
    },
  };
}

/** Reads what is watched and compares it with what was told before. Notes it as told. */
async function changesOf(db: Database, accountId: number, feed: Feed): Promise<Map<number, string>> {
  // One that has ended is looked at no more once its end was told, unless it is among the newest.
  const known = [...feed.known].filter(([, told]) => !told.ended).map(([id]) => id);
  const ids = await watchedRequests(db, { accountId, known });
  const summaries = await summariseAll(db, accountId, await findRequests(db, { accountId, ids }));
  const now = summaries.map((one): [number, Told] => [
    one.id,
    { json: JSON.stringify(one), ended: isFinal(one.status) },
  ]);
  const changed = now.filter(([id, { json }]) => feed.known.get(id)?.json !== json);
  feed.known = new Map(now);
  return new Map(changed.map(([id, { json }]) => [id, json]));
}
