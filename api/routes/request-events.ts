/**
 * Watching a request as server-sent events: what happened, from where the watcher left off, and its progress
 * while it changes. Every event and snapshot comes from the database, so any API process can serve any watcher.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from '@hono/zod-openapi';
import { streamSSE } from 'hono/streaming';
import { listRequestEvents } from '../../db/queries/events.ts';
import { isFinal } from '../../domain/outcome.ts';
import { type Api, endpoint } from '../endpoint.ts';
import { invalid } from '../errors.ts';
import { summariseAll } from '../request-view.ts';
import { idParam } from '../schemas.ts';
import { requireRequest } from './requests.ts';

/** Between looks at the database: a watcher sees a change well within a second. */
const LOOK_EVERY_MS = 500;
/** A comment at least this often keeps proxies from closing a quiet stream. */
const HEARTBEAT_MS = 15_000;
/** Events sent in one look. */
const EVENTS_AT_ONCE = 500;

const DESCRIPTION = `Events come with an \`id\`; send the last one back as \`Last-Event-ID\` and the stream goes on after it.

- what happened (\`CREATED\`, \`IN_PROCESS\`, \`PAUSED\`, \`COMPLETED\`, ...): \`{"at", ...}\`
- \`progress\`: the request as in a list, whenever it changes, within a second
- \`end\`: the request has ended and nothing more will come; the last snapshot comes just before it`;

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
    },
    async ({ c, db, account, params }) => {
      const key = { accountId: account.id, requestId: params.id };
      let lastId = readLastEventId(c.req.header('last-event-id'));
      await requireRequest(db, key);
      c.header('X-Accel-Buffering', 'no');
      return streamSSE(c, async (stream) => {
        let snapshot = '';
        let quietSince = Date.now();
        while (!stream.aborted && !stream.closed) {
          // The request first: an event written with its last change is then among those read after it.
          const request = await requireRequest(db, key);
          const events = await listRequestEvents(db, { ...key, afterId: lastId, limit: EVENTS_AT_ONCE });
          for (const { id, type, at, data } of events) {
            await stream.writeSSE({ id: String(id), event: type, data: JSON.stringify({ ...data, at }) });
            lastId = id;
          }
          const [summary] = await summariseAll(db, account.id, [request]);
          const now = JSON.stringify(summary);
          if (now !== snapshot) await stream.writeSSE({ event: 'progress', data: now });
          if (isFinal(request.status) && events.length < EVENTS_AT_ONCE) {
            await stream.writeSSE({ event: 'end', data: JSON.stringify({ status: request.status }) });
            return;
          }
          if (now !== snapshot || events.length > 0) quietSince = Date.now();
          snapshot = now;
          if (Date.now() - quietSince >= HEARTBEAT_MS) {
            await stream.write(': still here\n\n');
            quietSince = Date.now();
          }
          await sleep(LOOK_EVERY_MS);
        }
      });
    },
  );
}
