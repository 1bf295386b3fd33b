/**
 * A synthesiser without a voice, for trials and tests on machines that have none: each character is a short tone of a
 * pitch of its own, spaces are silence. The same text always sounds the same, and a longer text lasts longer.
 */
import { checkOrder, type SpeechProvider } from './provider.ts';
import { pcmWav } from './wav.ts';

/** Not the telephone's rate, so that whoever uses it must convert, as with a real one. */
const RATE = 16_000;
/** About as fast as people speak: fifteen characters a second. */
const CHARACTER_MS = 66;
const LOUDNESS = 8_000;
const FADE_SAMPLES = 40;

export function createSimulatedSpeech(): SpeechProvider {
  return {
    name: 'simulated',
    version: async () => 'simulated speech 1',
    async synthesise(order) {
      checkOrder(order);
      return pcmWav(Buffer.concat([...order.text].map(toneOf)), RATE);
    },
    close: async () => {},
  };
}

function toneOf(character: string): Buffer {
  const length = Math.round((RATE * CHARACTER_MS) / 1000);
  const samples = Buffer.alloc(length * 2);
  if (/\s/.test(character)) return samples;
  const pitchHz = 300 + ((character.codePointAt(0) ?? 0) % 64) * 25;
  for (let index = 0; index < length; index++) {
    const fade = Math.min(1, index / FADE_SAMPLES, (length - index) / FADE_SAMPLES);
    const value = LOUDNESS * fade * Math.sin((2 * Math.PI * pitchHz * index) / RATE);
    samples.writeInt16LE(Math.round(value), index * 2);
  }
  return samples;
}
