/**
 * The HTTP API put together: what every call passes through (ids, headers, logs, metrics, errors), and the
 * routes. It holds no state of its own; any number of processes can serve the same database.
 */
import { randomUUID } from 'node:crypto';
import { OpenAPIHono } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { purgeReplies } from '../db/queries/idempotency.ts';
import { consoleRoutes } from './console.ts';
import type { Deps, Env } from './context.ts';
import { API_ROOT } from './endpoint.ts';
import { ApiError, internalProblem, problemResponse } from './errors.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { accountRoutes } from './routes/accounts.ts';
import { apiKeyRoutes } from './routes/api-keys.ts';
import { backTestRoutes } from './routes/back-test.ts';
import { blacklistRoutes } from './routes/blacklist.ts';
import { blacklistImportRoutes } from './routes/blacklist-imports.ts';
import { callRoutes } from './routes/calls.ts';
import { cloneRoutes } from './routes/clone.ts';
import { contactLimitRoutes } from './routes/contact-limits.ts';
import { didRoutes } from './routes/dids.ts';
import { docsRoutes, openApiDocument } from './routes/docs.ts';
import { explainRoutes } from './routes/explain.ts';
import { flowVersionRoutes } from './routes/flow-versions.ts';
import { flowRoutes } from './routes/flows.ts';
import { forecastRoutes } from './routes/forecast.ts';
import { holidayCalendarRoutes } from './routes/holiday-calendars.ts';
import { homeRoutes } from './routes/home.ts';
import { listTemplateRoutes } from './routes/list-template.ts';
import { mailHookRoutes, mailInRoutes } from './routes/mail-in.ts';
import { meRoutes } from './routes/me.ts';
import { promotionalHoursRoutes } from './routes/promotional-hours.ts';
import { promptReviewRoutes } from './routes/prompt-review.ts';
import { promptRoutes } from './routes/prompts.ts';
import { proofRoutes } from './routes/proof.ts';
import { receiptRoutes } from './routes/receipts.ts';
import { recordingRoutes } from './routes/recordings.ts';
import { recordRoutes } from './routes/records.ts';
import { registerRoutes } from './routes/register.ts';
import { reportRoutes } from './routes/reports.ts';
import { requestControlRoutes } from './routes/request-control.ts';
import { requestDetailsRoutes } from './routes/request-details.ts';
import { requestEditRoutes } from './routes/request-edit.ts';
import { accountEventRoutes, requestEventRoutes } from './routes/request-events.ts';
import { requestRoutes } from './routes/requests.ts';
import { retryRoutes } from './routes/retry-failures.ts';
import { searchRoutes } from './routes/search.ts';
import { sessionRoutes } from './routes/session.ts';
import { splitRoutes } from './routes/splits.ts';
import { systemRoutes } from './routes/system.ts';
import { tariffRoutes } from './routes/tariff.ts';
import { testCallRoutes } from './routes/test-call.ts';
import { trunkRoutes } from './routes/trunks.ts';
import { userRoutes } from './routes/users.ts';
import { whitelistRoutes } from './routes/whitelist.ts';
import { whitelistPhoneRoutes } from './routes/whitelist-phones.ts';
import { whitelistSourceRoutes } from './routes/whitelist-sources.ts';
import { createSignIn } from './sign-in/library.ts';

export type { Deps } from './context.ts';

/** Names each call, times it, and writes one line about it: ids and the path's template, never its values. */
function observed(deps: Deps, metrics: Metrics): MiddlewareHandler<Env> {
  return async (c, next) => {
    const given = c.req.header('x-request-id');
    const requestId = given && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
    c.set('requestId', requestId);
    const begun = performance.now();
    await next();
    const { method } = c.req;
    const ms = performance.now() - begun;
    const route = c.get('route') ?? 'unmatched';
    const { status } = c.res;
    c.header('X-Request-Id', requestId);
    const policy = c.get('policy');
    if (policy !== undefined) c.header('Content-Security-Policy', policy);
    for (const cookie of c.get('cookies') ?? []) c.header('Set-Cookie', cookie, { append: true });
    metrics.observe({ method, route, status, seconds: ms / 1000 });
    deps.log.info(
      {
        httpRequest: requestId,
        method,
        route,
        status,
        ms: Math.round(ms),
        accountId: c.get('accountId'),
        keyId: c.get('keyId'),
        userId: c.get('userId'),
      },
      'answered',
    );
  };
}

/** Between two clearings of replies that are no longer kept. */
const PURGE_EVERY_MS = 3_600_000;

/** Forgets old replies now and then, after a reply of its own: no timer to stop, and any process may do it. */
function purging(deps: Deps): MiddlewareHandler<Env> {
  let lastAt = 0;
  return async (_c, next) => {
    await next();
    if (Date.now() - lastAt < PURGE_EVERY_MS) return;
    lastAt = Date.now();
    purgeReplies(deps.db).catch((error: unknown) =>
      deps.log.warn({ err: error }, 'old replies were not cleared'),
    );
  };
}

const csp = {
  defaultSrc: ["'self'"],
  // Swagger UI sets styles on elements, and its own icons are data URLs.
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  frameAncestors: ["'none'"],
};

/** @returns a Hono app: `app.fetch` for a server, `app.request` for a test */
export function createApp(deps: Deps): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>();
  const signIn = createSignIn({
    db: deps.db,
    secret: deps.secret,
    publicUrl: deps.publicUrl,
    log: deps.log,
  });
  const api = { app, deps, signIn };
  const metrics = createMetrics(deps.db);

  app.use(observed(deps, metrics));
  app.post(`${API_ROOT}/*`, purging(deps));
  app.use(
    secureHeaders({
      contentSecurityPolicy: csp,
      // Plain HTTP on a loopback address must keep working; a proxy that ends TLS adds this itself.
      strictTransportSecurity: false,
    }),
  );
  app.onError((error, c) => {
    if (error instanceof ApiError) return problemResponse(error);
    const { response, reference } = internalProblem();
    deps.log.error({ err: error, reference, httpRequest: c.get('requestId') }, 'a call failed');
    return response;
  });
  app.notFound(() => problemResponse(new ApiError('NOT_FOUND', 'There is nothing at this address.')));

  systemRoutes(app, deps, metrics);
  docsRoutes(app);
  mailHookRoutes(app, deps);
  for (const add of [
    accountEventRoutes,
    requestRoutes,
    forecastRoutes,
    backTestRoutes,
    recordRoutes,
    requestControlRoutes,
    requestEditRoutes,
    requestEventRoutes,
    requestDetailsRoutes,
    proofRoutes,
    retryRoutes,
    cloneRoutes,
    splitRoutes,
    testCallRoutes,
    callRoutes,
    reportRoutes,
    receiptRoutes,
    explainRoutes,
    searchRoutes,
    receiptRoutes,
    recordingRoutes,
    flowRoutes,
    flowVersionRoutes,
    listTemplateRoutes,
    promptRoutes,
    promptReviewRoutes,
    blacklistRoutes,
    blacklistImportRoutes,
    whitelistRoutes,
    whitelistPhoneRoutes,
    whitelistSourceRoutes,
    mailInRoutes,
    registerRoutes,
    contactLimitRoutes,
    holidayCalendarRoutes,
    promotionalHoursRoutes,
    contactLimitRoutes,
    trunkRoutes,
    tariffRoutes,
    didRoutes,
    accountRoutes,
    apiKeyRoutes,
    meRoutes,
    sessionRoutes,
    userRoutes,
  ]) {
    add(api);
  }
  app.get(`${API_ROOT}/openapi.json`, (c) => {
    c.set('route', `${API_ROOT}/openapi.json`);
    return c.json(openApiDocument(app));
  });
  if (deps.console) consoleRoutes(app, deps.console);
  else homeRoutes(app, deps);
  return app;
}
