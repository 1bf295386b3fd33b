/**
 * What is being played to one call. Each playback ends when Asterisk says so, when the call ends, or, should the
 * word be lost, when it must be over by the length of its sounds.
 */
import { randomUUID } from 'node:crypto';
import type { Sound } from '../../speech/sounds.ts';
import { type Latch, latch } from '../latch.ts';
import { AriMissing } from './ari.ts';
import type { AsteriskCall } from './call.ts';

export interface Playback {
  /** Never rejects. Broken off: by the end of the call, which follows, or because the sounds cannot be played. */
  readonly finished: Promise<'DONE' | 'BROKEN_OFF'>;
  stop(): Promise<void>;
}

const NOTHING: Playback = { finished: Promise.resolve('DONE'), stop: async () => {} };

/** Beyond the length of the sounds: for starting each, and for a connection that is just coming back. */
const GRACE_MS = 5_000;

export class Playbacks {
  readonly #call: AsteriskCall;
  readonly #playing = new Map<string, Latch<'DONE' | 'BROKEN_OFF'>>();

  constructor(call: AsteriskCall) {
    this.#call = call;
  }

  /** Plays sounds in order. */
  play(sounds: Sound[]): Playback {
    if (sounds.length === 0 || this.#call.hasEnded) return NOTHING;
    const id = randomUUID();
    const end = latch<'DONE' | 'BROKEN_OFF'>();
    this.#playing.set(id, end);
    const media = sounds.map((sound) => `sound:${sound.path}`);
    const durationMs = sounds.reduce((sum, sound) => sum + sound.durationMs, 0);
    const deadline = setTimeout(() => this.finished(id), durationMs + GRACE_MS);
    void this.#start(id, media);
    const finished = end.promise.finally(() => clearTimeout(deadline));
    return { finished, stop: () => this.#stop(id) };
  }

  /** @param state Asterisk's word: `done`, or `failed` */
  finished(id: string, state = 'done'): void {
    this.#playing.get(id)?.settle(state === 'failed' ? 'BROKEN_OFF' : 'DONE');
    this.#playing.delete(id);
  }

  finishAll(): void {
    for (const id of [...this.#playing.keys()]) this.finished(id, 'failed');
  }

  /** After a lost connection: what Asterisk no longer plays has ended. */
  async resume(): Promise<void> {
    for (const playbackId of [...this.#playing.keys()]) {
      await this.#call.link
        .command('look at a playback', (client) => client.playbacks.get({ playbackId }))
        .catch((error) => {
          if (error instanceof AriMissing) this.finished(playbackId);
        });
    }
  }

  async #start(playbackId: string, media: string[]): Promise<void> {
    const { attemptId: channelId, log } = this.#call;
    try {
      await this.#call.insist('play', (client) =>
        client.channels.playWithId({ channelId, playbackId, media }),
      );
    } catch (error) {
      if (!this.#call.hasEnded) log.warn({ attemptId: channelId, err: error }, 'sounds could not be played');
      this.finished(playbackId, 'failed');
    }
  }

  async #stop(playbackId: string): Promise<void> {
    if (!this.#playing.has(playbackId)) return;
    // Refused when it has just ended.
    await this.#call.link
      .command('stop playing', (client) => client.playbacks.stop({ playbackId }))
      .catch(() => {});
    this.finished(playbackId);
  }
}
