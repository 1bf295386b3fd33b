/**
 * Takes, judges and answers mails that bring lists, for as long as a worker lives. Taking and judging are work of the
 * processes that read lists, as parsing would delay calls; answering is work of those that send mail.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type AnswerMailsDeps, answerMails } from '../activities/answer-mails.ts';
import { type JudgeMailDeps, judgeMails } from '../activities/judge-mail.ts';
import { purgeMails } from '../activities/purge-mails.ts';
import { sweepMails } from '../activities/sweep-mails.ts';

/** A person waits for the answer in front of their mail program; seconds are soon enough. */
const EVERY_MS = 1_000;
const ANSWER_EVERY_MS = 2_000;
const PURGE_EVERY_MS = 3_600_000;

/** @param keepDays how long the mails themselves are kept after the verdict. @returns a function that stops it */
export function startMailJudging(deps: JudgeMailDeps & { keepDays: number }): () => Promise<void> {
  let purgedAt = 0;
  return repeat(EVERY_MS, async () => {
    await judgeMails(deps).catch((error) => deps.log.warn({ err: error }, 'mails could not be judged'));
    if (Date.now() - purgedAt < PURGE_EVERY_MS) return;
    purgedAt = Date.now();
    await purgeMails(deps).catch((error) => deps.log.warn({ err: error }, 'old mails were not removed'));
    await sweepMails(deps).catch((error) =>
      deps.log.warn({ err: error }, 'what crashes left of mails was not removed'),
    );
  });
}

/** @returns a function that stops it and waits for what is under way */
export function startMailAnswering(deps: AnswerMailsDeps): () => Promise<void> {
  return repeat(ANSWER_EVERY_MS, async () => {
    await answerMails(deps).catch((error) => deps.log.warn({ err: error }, 'mails could not be answered'));
  });
}

function repeat(everyMs: number, round: () => Promise<void>): () => Promise<void> {
  const stopping = new AbortController();
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await round();
      await sleep(everyMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };
  const running = run();
  return async () => {
    stopping.abort();
    await running;
  };
}
