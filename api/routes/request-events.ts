/**
 * Watching a request as server-sent events: what happened, from where the watcher left off, and its progress
 * while it changes. Every event and snapshot comes from the database, so any API process can serve any watcher.
 */
import { z } from '@hono/zod-openapi';
import { listRequestEvents } from '../../db/queries/events.ts';
import { isFinal } from '../../domain/outcome.ts';
import { type Api, endpoint } from '../endpoint.ts';
import { invalid } from '../errors.ts';
import { createLiveRequests } from '../live-requests.ts';
import { liveStream } from '../live-stream.ts';
import { summariseAll } from '../request-view.ts';
import { idParam } from '../schemas.ts';
import { requireRequest } from './requests.ts';

/** Between looks at the database: a watcher sees a change well within a second. */
const LOOK_EVERY_MS = 500;
/** While nothing has changed for a while: a request that waits for its hours is looked at less often. */
const QUIET_LOOK_EVERY_MS = 2_000;
const QUIET_AFTER_MS = 20_000;
/** How often a stream without news looks whether it may go on. */
const WAKE_EVERY_MS = 5_000;
/** Events sent in one look. */
const EVENTS_AT_ONCE = 500;

const DESCRIPTION = `Events come with an \`id\`; send the last one back as \`Last-Event-ID\` and the stream goes on after it.

- what happened (\`CREATED\`, \`IN_PROCESS\`, \`PAUSED\`, \`COMPLETED\`, ...): \`{"at", ...}\`
- \`progress\`: the request as in a list, whenever it changes, within a second (two after a long silence)
- \`end\`: the request has ended and nothing more will come; the last snapshot comes just before it
- \`closed\`: the key was revoked or the session has ended`;

function readLastEventId(given: string | undefined): number {
  if (given === undefined || given === '') return 0;
  if (/^\d{1,15}$/.test(given)) return Number(given);
  throw invalid('Last-Event-ID', 'must be the id of an event of this stream');
}

export function requestEventRoutes(api: Api): void {
  endpoint(
    api,
    {
      method: 'get',
      path: '/requests/{id}/events',
      tag: 'Requests',
      summary: 'Watch a request live (server-sent events)',
      description: DESCRIPTION,
      scope: 'requests:read',
      params: idParam,
      reply: z.string(),
      replyType: 'text/event-stream',
      errors: ['TOO_MANY_STREAMS'],
    },
    async (call) => {
      const { c, db, account, params } = call;
      const key = { accountId: account.id, requestId: params.id };
      let lastId = readLastEventId(c.req.header('last-event-id'));
      await requireRequest(db, key);
      return liveStream(api, call, async (stream) => {
        let snapshot = '';
        let changedAt = Date.now();
        for (;;) {
          // The request first: an event written with its last change is then among those read after it.
          const request = await requireRequest(db, key);
          const events = await listRequestEvents(db, { ...key, afterId: lastId, limit: EVENTS_AT_ONCE });
          for (const { id, type, at, data } of events) {
            await stream.send({ id: String(id), event: type, data: JSON.stringify({ ...data, at }) });
            lastId = id;
          }
          const [summary] = await summariseAll(db, account.id, [request]);
          const now = JSON.stringify(summary);
          if (now !== snapshot) await stream.send({ event: 'progress', data: now });
          if (isFinal(request.status) && events.length < EVENTS_AT_ONCE) {
            await stream.send({ event: 'end', data: JSON.stringify({ status: request.status }) });
            return;
          }
          if (now !== snapshot || events.length > 0) changedAt = Date.now();
          snapshot = now;
          const quiet = Date.now() - changedAt >= QUIET_AFTER_MS;
          if (!(await stream.wait(quiet ? QUIET_LOOK_EVERY_MS : LOOK_EVERY_MS))) return;
        }
      });
    },
  );
}

const LIST_DESCRIPTION = `One stream for a whole list: of the newest requests, and of the newest of those that have not ended.

- \`request\`: a request as in a list: first each of them as it stands, then whenever one changes or is new, once a second at most
- \`ready\`: all of them have been sent as they stand
- \`closed\`: the key was revoked or the session has ended

A connection that breaks off is simply made again: the first events say how everything stands.`;

/** Registered before `/requests/{id}`, which would take `events` for an id. */
export function accountEventRoutes(api: Api): void {
  const live = createLiveRequests(api.deps.db, api.deps.log);
  endpoint(
    api,
    {
      method: 'get',
      path: '/requests/events',
      tag: 'Requests',
      summary: 'Watch all requests live (server-sent events)',
      description: LIST_DESCRIPTION,
      scope: 'requests:read',
      reply: z.string(),
      replyType: 'text/event-stream',
      errors: ['TOO_MANY_STREAMS'],
    },
    async (call) => {
      const { account } = call;
      return liveStream(api, call, async (stream) => {
        const watcher = live.watch(account.id);
        try {
          while (await stream.wait(WAKE_EVERY_MS, watcher.changed())) {
            const { requests, whole } = watcher.take();
            for (const data of requests) await stream.send({ event: 'request', data });
            if (whole)
              await stream.send({ event: 'ready', data: JSON.stringify({ requests: requests.length }) });
          }
        } finally {
          watcher.close();
        }
      });
    },
  );
}
