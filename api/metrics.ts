/** What Prometheus reads: how calls of the API went, and how requests and attempts stand. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Database } from '../db/client.ts';
import { countAttemptsByOutcome, countRequestsByStatus } from '../db/queries/requests.ts';
import { lineHealth } from '../db/queries/trunk-health.ts';

export interface Metrics {
  observe(call: { method: string; route: string; status: number; seconds: number }): void;
  /** The text Prometheus scrapes. */
  text(): Promise<string>;
  contentType: string;
}

/** Requests created within this many days are counted: older ones no longer change. */
const DAYS = 7;

/** A registry of its own, so that several apps live in one process. */
export function createMetrics(db: Database): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const durations = new Histogram({
    name: 'clarion_http_request_duration_seconds',
    help: 'How long calls of the HTTP API took, by route template.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 60],
    registers: [registry],
  });
  new Gauge({
    name: 'clarion_requests',
    help: `Requests created in the last ${DAYS} days, by status.`,
    labelNames: ['status'],
    registers: [registry],
    async collect() {
      this.reset();
      for (const row of await countRequestsByStatus(db, { days: DAYS })) {
        this.set({ status: row.status }, row.count);
      }
    },
  });
  new Gauge({
    name: 'clarion_attempts',
    help: `Settled attempts of requests created in the last ${DAYS} days, by outcome.`,
    labelNames: ['outcome'],
    registers: [registry],
    async collect() {
      this.reset();
      for (const row of await countAttemptsByOutcome(db, { days: DAYS })) {
        this.set({ outcome: row.outcome }, row.count);
      }
    },
  });
  new Gauge({
    name: 'clarion_trunk_workers',
    help: 'Workers that can call by a trunk (state up) and that cannot (down).',
    labelNames: ['account', 'trunk', 'state'],
    registers: [registry],
    async collect() {
      this.reset();
      for (const { accountId: account, trunk, up, down } of await lineHealth(db)) {
        this.set({ account, trunk, state: 'up' }, up);
        this.set({ account, trunk, state: 'down' }, down);
      }
    },
  });
  const failures = new Counter({
    name: 'clarion_http_internal_errors_total',
    help: 'Calls that failed by a fault of ours.',
    registers: [registry],
  });
  return {
    observe({ method, route, status, seconds }) {
      durations.observe({ method, route, status: String(status) }, seconds);
      if (status === 500) failures.inc();
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
