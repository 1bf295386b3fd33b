/** For those who run it: is the process up, can it do its work, and how is it doing. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Deps, Env } from '../context.ts';
import type { Metrics } from '../metrics.ts';

/** A part that does not answer within this time counts as not ready. */
const READY_TIMEOUT_MS = 2_000;

async function answers(ask: () => Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), READY_TIMEOUT_MS);
  });
  const asked = Promise.resolve()
    .then(ask)
    .then(
      (answer) => answer !== false,
      () => false,
    );
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}

export function systemRoutes(app: OpenAPIHono<Env>, deps: Deps, metrics: Metrics): void {
  app.get('/healthz', (c) => {
    c.set('route', '/healthz');
    return c.json({ status: 'up' });
  });
  app.get('/readyz', async (c) => {
    c.set('route', '/readyz');
    const [database, temporal] = await Promise.all([
      answers(() => deps.db.sql`select 1`),
      answers(() => deps.temporalReady()),
    ]);
    const ready = database && temporal;
    return c.json({ status: ready ? 'ready' : 'not ready', database, temporal }, ready ? 200 : 503);
  });
  app.get('/metrics', async (c) => {
    c.set('route', '/metrics');
    return c.body(await metrics.text(), 200, { 'content-type': metrics.contentType });
  });
}
