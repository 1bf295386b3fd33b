/** When a request will be over, as the server forecasts it: asked now and then while somebody watches. */
import type { RequestDetail } from '../client/index.ts';
import { showMoment } from './moments.ts';
import type { Server } from './server.ts';

/** A forecast costs the server up to a second; in between the clock goes on. */
const ASK_EVERY_MS = 60_000;

const hasRemainder = ({ status, open, completed, added }: RequestDetail): boolean =>
  status === 'IN_PROCESS' && !open && completed < added;

/** The forecast of a request that runs, in words; undefined where there is nothing to forecast, or nobody may ask. */
export async function endsAbout(
  server: Server,
  request: RequestDetail,
  zone: string,
): Promise<string | undefined> {
  if (!hasRemainder(request)) return undefined;
  const asked = server.POST('/requests/forecast', { body: { requestId: request.id } });
  const found = await asked.then(
    ({ data }) => data,
    () => undefined,
  );
  if (!found?.finishAt) return undefined;
  const at = (moment: string): string => showMoment(moment, zone, new Date(found.now));
  const { p5, median, p95 } = found.finishAt;
  return `ends about ${at(median)} (${at(p5)} to ${at(p95)}), with ${found.attempts.median} more attempts`;
}

/** @returns gives the median of the finish, RFC 3339, as it was last heard; undefined until then. Never waits */
export function createEstimates(server: Server): (request: RequestDetail) => string | undefined {
  const known = new Map<number, { askedAt: number; finishAt: string | undefined }>();
  return (request) => {
    if (request.status !== 'IN_PROCESS' || request.open || request.completed >= request.added)
      return undefined;
    const before = known.get(request.id);
    if (before && Date.now() - before.askedAt < ASK_EVERY_MS) return before.finishAt;
    const asked = { askedAt: Date.now(), finishAt: before?.finishAt };
    known.set(request.id, asked);
    server.POST('/requests/forecast', { body: { requestId: request.id } }).then(
      ({ data }) => {
        asked.finishAt = data?.finishAt?.median;
      },
      // It may have ended meanwhile, or the key may not ask: the rate so far tells as well.
      () => {},
    );
    return asked.finishAt;
  };
}
