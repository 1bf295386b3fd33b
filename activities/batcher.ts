/**
 * Turns many small calls that come at the same time into few large ones: while one batch is being worked
 * on, the calls that arrive wait and make the next.
 */
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * @param run does a batch, whole or not at all; its answers are in the order of the items. When it throws, the
 *   items are done one by one, so that one that cannot be done fails alone
 * @param most items a batch
 * @param gatherMs how long the first of a batch waits for company. Most of a small transaction's cost is the
 *   transaction: at hundreds of calls a second a few milliseconds make batches several times as large
 */
export function createBatcher<Item, Answer>(
  run: (items: Item[]) => Promise<Answer[]>,
  most: number,
  gatherMs = 0,
): (item: Item) => Promise<Answer> {
  let waiting: { item: Item; resolve: (answer: Answer) => void; reject: (error: unknown) => void }[] = [];
  let busy = false;

  const each = async (batch: typeof waiting): Promise<void> => {
    for (const entry of batch) {
      try {
        const [answer] = await run([entry.item]);
        entry.resolve(answer as Answer);
      } catch (error) {
        entry.reject(error);
      }
    }
  };

  const drain = async (): Promise<void> => {
    busy = true;
    while (waiting.length > 0) {
      if (gatherMs > 0 && waiting.length < most) await sleep(gatherMs);
      const batch = waiting.slice(0, most);
      waiting = waiting.slice(most);
      try {
        const answers = await run(batch.map((entry) => entry.item));
        for (const [index, entry] of batch.entries()) entry.resolve(answers[index] as Answer);
      } catch (error) {
        if (batch.length === 1) for (const entry of batch) entry.reject(error);
        else await each(batch);
      }
    }
    busy = false;
  };

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!busy) queueMicrotask(() => (busy ? undefined : drain()));
    });
}
