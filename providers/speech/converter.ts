/**
 * Conversion of sound, off the event loop: a thread that is started when it is first needed and ended by `close`. A
 * file that makes it hang or die costs that file alone: the thread is replaced.
 */
import { Worker } from 'node:worker_threads';
import { type AudioFormat, NotAudio } from './audio.ts';
import type { ConvertOrder, ConvertReply } from './convert-thread.ts';
import { BYTES_PER_MS } from './wav.ts';

export interface ConvertedAudio {
  /** What was given. */
  format: AudioFormat;
  /** G.711 u-law, 8 kHz, mono, without a header. */
  ulaw: Buffer;
  durationMs: number;
}

export interface Converter {
  /**
   * mp3 or WAV to what the telephone plays. Files wait for one another.
   * @throws NotAudio for a file that cannot be used, with a reason for its sender; Error when conversion itself failed
   */
  convert(data: Uint8Array): Promise<ConvertedAudio>;
  close(): Promise<void>;
}

/** Ten minutes of sound take two seconds here; a slow machine gets thirty times that. */
const DEADLINE_MS = 60_000;

export function createConverter({ deadlineMs = DEADLINE_MS } = {}): Converter {
  return new ThreadConverter(deadlineMs);
}

class ThreadConverter implements Converter {
  readonly #deadlineMs: number;
  #thread: Worker | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #waiting: { resolve(reply: ConvertReply): void; reject(error: Error): void } | undefined;
  #closed = false;

  constructor(deadlineMs: number) {
    this.#deadlineMs = deadlineMs;
  }

  convert(data: Uint8Array): Promise<ConvertedAudio> {
    const mine = this.#turn.then(() => this.#ask(data));
    this.#turn = mine.catch(() => {});
    return mine;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#thread?.terminate();
    await this.#turn;
  }

  async #ask(data: Uint8Array): Promise<ConvertedAudio> {
    if (this.#closed) throw new Error('the converter is closed');
    const reply = await this.#reply(data);
    if (reply.kind === 'REFUSED') throw new NotAudio(reply.why);
    if (reply.kind === 'FAILED') throw new Error(`the sound could not be converted: ${reply.why}`);
    const { buffer, byteOffset, byteLength } = reply.ulaw;
    const ulaw = Buffer.from(buffer, byteOffset, byteLength);
    return { format: reply.format, ulaw, durationMs: Math.round(ulaw.length / BYTES_PER_MS) };
  }

  async #reply(data: Uint8Array): Promise<ConvertReply> {
    this.#thread ??= this.#start();
    const thread = this.#thread;
    let timer: ReturnType<typeof setTimeout> | undefined;
    // An idle thread keeps no process alive; a working one does.
    thread.ref();
    try {
      return await new Promise<ConvertReply>((resolve, reject) => {
        this.#waiting = { resolve, reject };
        const late = new Error(`the sound could not be converted: it took more than ${this.#deadlineMs} ms`);
        timer = setTimeout(() => reject(late), this.#deadlineMs);
        thread.postMessage({ data } satisfies ConvertOrder);
      });
    } catch (error) {
      // Whatever it is doing, the next file begins with a fresh one.
      this.#thread = undefined;
      await thread.terminate();
      throw error;
    } finally {
      this.#waiting = undefined;
      clearTimeout(timer);
      thread.unref();
    }
  }

  #start(): Worker {
    // The mp3 decoder tells the console of every damaged frame; what matters comes as a reply.
    const thread = new Worker(new URL('./convert-thread.mjs', import.meta.url), { stderr: true });
    thread.stderr.resume();
    const gone = (why: string): void => {
      if (this.#thread !== thread) return;
      this.#thread = undefined;
      this.#waiting?.reject(new Error(`the sound could not be converted: ${why}`));
    };
    thread.on('message', (reply: ConvertReply) => this.#waiting?.resolve(reply));
    thread.on('error', (error) => gone(error.message));
    thread.on('exit', () => gone('its thread ended'));
    return thread;
  }
}
