/** A simulated transfer: the second person's script, played on the timeline of the first person's call. */
import type { CallEnding, TransferOrder, TransferResult } from '../trunk.ts';
import { CAUSES, NETWORK_RING_LIMIT_MS, scriptFor, TALK_MS } from './people.ts';
import type { Happening, Timeline } from './timeline.ts';

export interface Transfer {
  /** The first person has gone, or their call was ended. */
  personLeft(): void;
  /** The second call is ended from outside. */
  drop(): void;
}

/** @param done told once */
export function startTransfer(
  timeline: Timeline,
  order: TransferOrder,
  done: (result: TransferResult) => void,
): Transfer {
  const script = scriptFor({
    to: order.to,
    priorAttempts: 0,
    detectMachine: false,
    awaitGreetingEnd: false,
  });
  const startsAt = timeline.now();
  const plans: Happening[] = [];
  let answeredAt: Date | undefined;
  let over = false;
  const end = (endedBy: TransferResult['endedBy'], outcome: CallEnding['outcome'], cause: string): void => {
    if (over) return;
    over = true;
    for (const plan of plans) timeline.cancel(plan);
    done({ endedBy, leg: { outcome, cause, answeredAt, endedAt: new Date() } });
  };
  const plan = (afterMs: number, happen: () => void): void => {
    plans.push(timeline.at(startsAt + afterMs, happen));
  };
  const notAnswered = (outcome: CallEnding['outcome'], cause: string) => () => {
    if (answeredAt === undefined) end('NOT_CONNECTED', outcome, cause);
  };
  if (script.kind === 'ENDS') plan(script.afterMs, notAnswered(script.outcome, script.cause));
  if (script.kind === 'ANSWERS') {
    const talkMs = script.hangsUpAfterMs ?? TALK_MS;
    plan(script.afterMs, () => {
      answeredAt = new Date();
      plan(script.afterMs + talkMs, () => end('OTHER_LEFT', 'ANSWERED', CAUSES.clearing));
    });
  }
  plan(Math.min(order.ringTimeoutMs, NETWORK_RING_LIMIT_MS), notAnswered('NO_ANSWER', CAUSES.noAnswer));
  const outcome = (): CallEnding['outcome'] => (answeredAt === undefined ? 'CANCELLED' : 'ANSWERED');
  return {
    personLeft: () => end('HUNG_UP', outcome(), CAUSES.clearing),
    drop: () => end(answeredAt === undefined ? 'NOT_CONNECTED' : 'OTHER_LEFT', outcome(), CAUSES.clearing),
  };
}
