/** The thread that `converter.ts` starts: one file in, one telephone sound out, in order. */
import { parentPort } from 'node:worker_threads';
import { NotAudio } from './audio.ts';
import { toTelephone } from './convert.ts';

export interface ConvertOrder {
  data: Uint8Array;
}
export type ConvertReply =
  | { kind: 'DONE'; format: 'mp3' | 'wav'; ulaw: Uint8Array }
  | { kind: 'REFUSED'; why: string }
  | { kind: 'FAILED'; why: string };

async function answer({ data }: ConvertOrder): Promise<ConvertReply> {
  try {
    return { kind: 'DONE', ...(await toTelephone(data)) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return error instanceof NotAudio ? { kind: 'REFUSED', why } : { kind: 'FAILED', why };
  }
}

parentPort?.on('message', (order: ConvertOrder) => {
  answer(order).then((reply) => parentPort?.postMessage(reply));
});
