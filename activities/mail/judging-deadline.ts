/** The time one mail may wait for others while it is judged: look-ups and fetching end with it, all together. */
import { addAbortSignal, type Readable } from 'node:stream';
import type { LookUp } from '../../providers/mail-in/dns.ts';

/** What judging a mail waits for. */
interface Waiting {
  lookUp: LookUp;
  fetchRemote?: ((remote: { bucket: string; key: string }) => Promise<Readable>) | undefined;
}

/** After the deadline no look-up and no fetching is waited for: to the mail it is as if nobody had answered. */
export function underDeadline<D extends Waiting>(deps: D, deadline: AbortSignal): D {
  const { lookUp, fetchRemote } = deps;
  return {
    ...deps,
    lookUp: (name, type) => within(deadline, () => lookUp(name, type)),
    fetchRemote:
      fetchRemote &&
      (async (remote) =>
        addAbortSignal(deadline, await within(deadline, () => fetchRemote(remote), destroyLate))),
  };
}

const destroyLate = (stream: Readable): void => {
  stream.on('error', () => {});
  stream.destroy();
};

/** @param late what is done with an answer nobody waits for any more. @throws an error as of `node:dns`: ETIMEOUT */
async function within<T>(
  deadline: AbortSignal,
  ask: () => Promise<T>,
  late: (answer: T) => void = () => {},
): Promise<T> {
  const over = () => Object.assign(new Error('the time of this mail is over'), { code: 'ETIMEOUT' });
  if (deadline.aborted) throw over();
  let end = (): void => {};
  const ended = new Promise<never>((_, reject) => {
    end = () => reject(over());
  });
  deadline.addEventListener('abort', end, { once: true });
  const answer = ask();
  try {
    return await Promise.race([answer, ended]);
  } catch (error) {
    answer.then(late, () => {});
    throw error;
  } finally {
    deadline.removeEventListener('abort', end);
  }
}
