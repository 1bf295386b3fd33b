/**
 * Lets every activity say that its worker lives, so that one whose worker was killed is tried again within
 * seconds rather than when its longest allowed time is over.
 */
import { Context } from '@temporalio/activity';

/** The server takes an activity for dead after 15 s of silence: `HEARTBEAT_TIMEOUT` of `workflows/steps.ts`. */
export const HEARTBEAT_MS = 6_000;

type Activity<Input, Output> = (input: Input) => Promise<Output>;

/** The same activity, with a heartbeat for as long as it works. */
export function beating<Input, Output>(activity: Activity<Input, Output>): Activity<Input, Output> {
  return async (input) => {
    const context = Context.current();
    const heart = setInterval(() => context.heartbeat(), HEARTBEAT_MS);
    try {
      return await activity(input);
    } finally {
      clearInterval(heart);
    }
  };
}
