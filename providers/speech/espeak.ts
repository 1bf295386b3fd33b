/**
 * Speech by eSpeak NG, a program on this machine. Each text is one process: the text goes in by its standard input
 * and never through a shell, the sound comes out of its standard output. A process that dies, hangs or says too much
 * costs its own sentence.
 */
import { spawn } from 'node:child_process';
import { createVoices } from './espeak-voices.ts';
import { checkOrder, type SpeechOrder, type SpeechProvider, SpeechUnavailable } from './provider.ts';
import { mendLengths } from './wav.ts';

export interface EspeakOptions {
  /** Path of the program, or its name on PATH. */
  command?: string;
  /** One sentence may take this long. */
  deadlineMs?: number;
  /** Processes at once; further sentences wait. */
  atOnce?: number;
}

/** Ten thousand characters take half a second of processor time. */
const DEADLINE_MS = 20_000;
const AT_ONCE = 4;
/** Fifteen minutes at eSpeak's 22,050 samples a second: more is no sentence. */
const MAX_SOUND_BYTES = 64 * 1024 * 1024;
/** What is kept of the program's complaints. */
const MAX_COMPLAINT_CHARACTERS = 300;

/** @returns the provider, whether the program is there or not: its absence is a `SpeechUnavailable` of each order */
export function createEspeak(options: EspeakOptions = {}): SpeechProvider {
  return new Espeak(options);
}

class Espeak implements SpeechProvider {
  readonly name = 'espeak-ng';
  readonly #command: string;
  readonly #deadlineMs: number;
  readonly #voiceFor: (language: string) => Promise<string>;
  readonly #closing = new AbortController();
  #free: number;
  readonly #queue: (() => void)[] = [];
  #version: Promise<string> | undefined;

  constructor({ command = 'espeak-ng', deadlineMs = DEADLINE_MS, atOnce = AT_ONCE }: EspeakOptions) {
    this.#command = command;
    this.#deadlineMs = deadlineMs;
    this.#free = atOnce;
    this.#voiceFor = createVoices(async () => (await this.#run(['--voices'], '')).toString('utf8'));
  }

  version(): Promise<string> {
    if (this.#version === undefined) {
      const asked = this.#run(['--version'], '').then((out) => versionIn(out.toString('utf8')));
      this.#version = asked;
      // A program that is not there now may be installed later.
      asked.catch(() => {
        this.#version = undefined;
      });
    }
    return this.#version;
  }

  async synthesise(order: SpeechOrder): Promise<Buffer> {
    checkOrder(order);
    const voice = await this.#voiceFor(order.language);
    const sound = await this.#run(['--stdin', '-b', '1', '-v', voice, '--stdout'], plain(order.text));
    try {
      return mendLengths(sound);
    } catch {
      throw new SpeechUnavailable(`${this.#command} gave no sound for a text in ${order.language}`);
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
  }

  /** Runs the program once its turn has come. @throws SpeechUnavailable */
  async #run(args: string[], input: string): Promise<Buffer> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#queue.push(resolve));
    try {
      return await this.#process(args, input);
    } finally {
      const next = this.#queue.shift();
      if (next) next();
      else this.#free += 1;
    }
  }

  #process(args: string[], input: string): Promise<Buffer> {
    const command = this.#command;
    return new Promise((resolve, reject) => {
      const fail = (why: string) => reject(new SpeechUnavailable(`${command} ${why}`));
      if (this.#closing.signal.aborted) return fail('is not asked any more: we are stopping');
      const child = spawn(command, args, {
        stdio: ['pipe', 'pipe', 'pipe'],
        timeout: this.#deadlineMs,
        killSignal: 'SIGKILL',
        signal: this.#closing.signal,
      });
      const out: Buffer[] = [];
      let bytes = 0;
      let complaint = '';
      child.stdout.on('data', (piece: Buffer) => {
        bytes += piece.length;
        if (bytes > MAX_SOUND_BYTES) child.kill('SIGKILL');
        else out.push(piece);
      });
      child.stderr.on('data', (piece: Buffer) => {
        if (complaint.length < MAX_COMPLAINT_CHARACTERS) complaint += piece.toString('utf8');
      });
      // It may end before it has read everything; how it ended says more than a broken pipe.
      child.stdin.on('error', () => {});
      child.once('error', (error: NodeJS.ErrnoException) =>
        fail(error.code === 'ENOENT' ? 'is not installed' : `cannot be run: ${error.message}`),
      );
      child.once('close', (code, signal) => {
        if (code === 0) return resolve(Buffer.concat(out));
        if (bytes > MAX_SOUND_BYTES) return fail(`gave more than ${MAX_SOUND_BYTES} bytes of sound`);
        if (signal) return fail(`was ended (${signal}): no answer within ${this.#deadlineMs} ms`);
        const said = complaint.trim().slice(0, MAX_COMPLAINT_CHARACTERS);
        fail(`failed with status ${code}${said === '' ? '' : `: ${said}`}`);
      });
      child.stdin.end(input);
    });
  }
}

/** `eSpeak NG text-to-speech: 1.52.0  Data at: /usr/...`: the place is no part of how it sounds. */
const versionIn = (said: string): string =>
  `espeak-ng ${/text-to-speech:\s*(\S+)/.exec(said)?.[1] ?? 'of unknown version'}`;

/**
 * Only words and pauses: control characters end nothing early, and `[[`, which would begin eSpeak's phoneme
 * alphabet, is read as two brackets.
 */
function plain(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ').replaceAll('[[', '[ [');
}
