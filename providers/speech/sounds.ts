/**
 * Utterances as files that a telephone server plays without any work: raw G.711 u-law. One folder for all workers
 * of a server; a file's name is made of its content, so a sentence is spoken once, by any of them, and found again
 * after a restart. A file appears whole or not at all: after a crash what is left is a temporary file, which
 * `sound-folder.ts` clears away.
 */
import { createHash } from 'node:crypto';
import type { Storage } from '../storage/storage.ts';
import { StorageMissing } from '../storage/storage.ts';
import type { Utterance } from '../voice/trunk.ts';
import { NotAudio } from './audio.ts';
import { type Converter, createConverter } from './converter.ts';
import { type SpeechProvider, SpeechUnavailable } from './provider.ts';
import { createSoundFolder, type SoundFolder } from './sound-folder.ts';
import { BYTES_PER_MS } from './wav.ts';

export interface Sound {
  /** Path without its ending, as the telephone server sees it. */
  path: string;
  durationMs: number;
}

export interface Sounds {
  /**
   * Makes what is not there yet. May be asked ahead of time, before a call is placed, so that the person does not
   * wait for the synthesiser.
   * @returns a sound for each utterance, in their order
   * @throws SpeechUnavailable naming the reason, when one of them cannot be heard
   */
  prepare(utterances: Utterance[]): Promise<Sound[]>;
  /** Ends the synthesiser and the conversion with it. Files stay. */
  close(): Promise<void>;
}

export interface SoundsOptions {
  /** The folder as this process sees it; made when it is missing. */
  dir: string;
  /** The same folder as the telephone server sees it: another path where it runs in a container. */
  dirThere: string;
  speech: SpeechProvider;
  storage: Pick<Storage, 'read'>;
  /** Bytes of sound kept; beyond it those that nobody has asked for the longest are removed. */
  maxBytes?: number;
  converter?: Converter;
  /** Told of trouble with the folder that did no harm to a call. */
  onTrouble?: (error: unknown) => void;
}

/** About nine hours of speech. */
const MAX_BYTES = 256 * 1024 * 1024;
/** Half an hour: longer than a prompt may last. */
const MAX_PROMPT_BYTES = 30 * 60_000 * BYTES_PER_MS;
/** A text of nothing but spaces: a moment of silence, as telephone servers complain of empty files. */
const SILENCE = Buffer.alloc(20 * BYTES_PER_MS, 0xff);
/** Counted up when the conversion changes what comes out of it, so that nothing old is found. */
const CONVERSION = 1;

export function createSounds(options: SoundsOptions): Sounds {
  return new FolderOfSounds(options);
}

class FolderOfSounds implements Sounds {
  readonly #dirThere: string;
  readonly #speech: SpeechProvider;
  readonly #storage: Pick<Storage, 'read'>;
  readonly #converter: Converter;
  readonly #folder: SoundFolder;
  /** Being looked for or made, by name: whoever asks meanwhile waits for the same one. */
  readonly #underway = new Map<string, Promise<number>>();

  constructor(options: SoundsOptions) {
    const { dir, dirThere, speech, storage, maxBytes = MAX_BYTES, onTrouble = () => {} } = options;
    this.#dirThere = dirThere.replace(/\/+$/, '');
    this.#speech = speech;
    this.#storage = storage;
    this.#converter = options.converter ?? createConverter();
    this.#folder = createSoundFolder({ dir, maxBytes, onTrouble });
  }

  async prepare(utterances: Utterance[]): Promise<Sound[]> {
    return Promise.all(utterances.map((utterance) => this.#one(utterance)));
  }

  async close(): Promise<void> {
    await Promise.all([this.#speech.close(), this.#converter.close(), this.#folder.close()]);
  }

  async #one(utterance: Utterance): Promise<Sound> {
    const { name, make } = await this.#plan(utterance);
    const bytes = await (this.#underway.get(name) ?? this.#begin(name, make));
    return { path: `${this.#dirThere}/${name}`, durationMs: Math.round(bytes / BYTES_PER_MS) };
  }

  #begin(name: string, make: () => Promise<Buffer>): Promise<number> {
    const work = this.#findOrMake(name, make).finally(() => this.#underway.delete(name));
    this.#underway.set(name, work);
    return work;
  }

  async #findOrMake(name: string, make: () => Promise<Buffer>): Promise<number> {
    try {
      const found = await this.#folder.find(name);
      if (found !== undefined) return found;
      const sound = await make();
      await this.#folder.keep(name, sound);
      return sound.length;
    } catch (error) {
      if (error instanceof SpeechUnavailable) throw error;
      throw new SpeechUnavailable(error instanceof Error ? error.message : String(error), { cause: error });
    }
  }

  async #plan(utterance: Utterance): Promise<{ name: string; make: () => Promise<Buffer> }> {
    if (utterance.kind === 'PROMPT') return this.#planPrompt(utterance.prompt, utterance.sound);
    const { text, language } = utterance;
    if (text.trim() === '') return { name: 'silence', make: async () => SILENCE };
    const version = await this.#speech.version();
    const name = nameOf('text', [version, CONVERSION, language.toLowerCase(), text]);
    return { name, make: () => this.#speak(text, language) };
  }

  /** A storage key is written once and never again, so it stands for its content. */
  #planPrompt(prompt: string, key: string | undefined) {
    if (key === undefined) throw new SpeechUnavailable(`the prompt "${prompt}" has no sound`);
    return { name: nameOf('prompt', [key]), make: () => this.#fetch(prompt, key) };
  }

  async #speak(text: string, language: string): Promise<Buffer> {
    const wav = await this.#speech.synthesise({ text, language });
    try {
      const { ulaw } = await this.#converter.convert(wav);
      return ulaw;
    } catch (error) {
      // Punctuation alone may be no sound at all.
      if (error instanceof NotAudio && wav.length < 200) return SILENCE;
      throw error;
    }
  }

  async #fetch(prompt: string, key: string): Promise<Buffer> {
    const pieces: Buffer[] = [];
    let bytes = 0;
    try {
      for await (const piece of await this.#storage.read(key)) {
        pieces.push(piece as Buffer);
        bytes += (piece as Buffer).length;
        if (bytes > MAX_PROMPT_BYTES) {
          throw new SpeechUnavailable(`the prompt "${prompt}" is longer than half an hour`);
        }
      }
    } catch (error) {
      if (!(error instanceof StorageMissing)) throw error;
      throw new SpeechUnavailable(`the sound of the prompt "${prompt}" is not in storage`);
    }
    return bytes === 0 ? SILENCE : Buffer.concat(pieces);
  }
}

const nameOf = (kind: 'text' | 'prompt', content: unknown[]): string =>
  `${kind}-${createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 40)}`;
