/** What every speech synthesiser guarantees. A new one passes this suite: `speechProviderContract('name', {...})`. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SpeechProvider, SpeechUnavailable } from '../../providers/speech/provider.ts';
import { readWav } from '../../providers/speech/read-wav.ts';
import { rms } from '../support/audio.ts';

export interface SpeechUnderTest {
  makeProvider(): Promise<SpeechProvider>;
}

export function speechProviderContract(name: string, given: SpeechUnderTest): void {
  describe(`the speech provider contract: ${name}`, () => {
    let provider: SpeechProvider;
    beforeAll(async () => {
      provider = await given.makeProvider();
    });
    afterAll(() => provider.close());

    const spoken = async (text: string, language = 'en-IN') => {
      const wav = await provider.synthesise({ text, language });
      const { rate, samples } = readWav(wav);
      return { wav, samples: Float64Array.from(samples), ms: (samples.length / rate) * 1000 };
    };
    const refusal = async (order: { text: string; language: string }): Promise<unknown> =>
      provider.synthesise(order).catch((error: unknown) => error);

    it('a sentence comes out as a whole WAV file of mono PCM that can be heard', async () => {
      const { wav, samples, ms } = await spoken('Hello Asha, your parcel is here.');
      expect(wav.readUInt32LE(4)).toBe(wav.length - 8);
      expect([wav.readUInt16LE(20), wav.readUInt16LE(22), wav.readUInt16LE(34)]).toEqual([1, 1, 16]);
      expect(ms).toBeGreaterThan(800);
      expect(ms).toBeLessThan(10_000);
      expect(rms(samples)).toBeGreaterThan(0.01);
    });

    it('the same sentence is the same sound, and another is another', async () => {
      const [one, again, other] = [
        await spoken('Press one.'),
        await spoken('Press one.'),
        await spoken('Press two.'),
      ];
      expect(again.wav.equals(one.wav)).toBe(true);
      expect(other.wav.equals(one.wav)).toBe(false);
    });

    it('a longer text takes longer, and the longest that is allowed is spoken whole', async () => {
      const short = await spoken('Good morning.');
      const long = await spoken('Good morning. '.repeat(10));
      expect(long.ms).toBeGreaterThan(short.ms * 5);
      const longest = await spoken('Good day. '.repeat(1000).slice(0, 10_000));
      expect(longest.ms).toBeGreaterThan(300_000);
    }, 60_000);

    it.each(['en', 'en-US', 'hi-IN', 'ta', 'es-MX', 'zh-CN'])('speaks %s', async (language) => {
      const text = { hi: 'नमस्ते', ta: 'வணக்கம்', es: 'Buenos días', zh: '你好' }[language.slice(0, 2)];
      expect((await spoken(text ?? 'Hello', language)).ms).toBeGreaterThan(100);
    });

    it.each([
      ['a dash and an option', '--version -w /tmp/clarion-must-not-exist'],
      ['what a shell would run', '$(touch /tmp/clarion-must-not-exist) `id` ; | & > <'],
      ['markup', '<speak><audio src="file:///etc/passwd"/></speak>'],
      ['phoneme brackets', '[[h@l@U]] name'],
      ['a zero, a line break, half a surrogate', 'a\u0000b\nc\ud800d'],
      ['emoji', '👋 hello'],
    ])('%s is only text', async (_what, text) => {
      expect((await spoken(text)).ms).toBeGreaterThan(100);
    });

    it('nothing to say is at most a moment of silence, and no error', async () => {
      expect((await spoken('...')).ms).toBeLessThan(2000);
    });

    it('a text beyond the limit, and what is no language, are refused with a reason that holds no text', async () => {
      const long = await refusal({ text: 'secret '.repeat(2000), language: 'en' });
      expect(long).toBeInstanceOf(SpeechUnavailable);
      expect((long as Error).message).toMatch(/14000 characters/);
      expect((long as Error).message).not.toMatch(/secret/);
      for (const language of ['', 'english please', '../en', '-v', 'en;id']) {
        expect(await refusal({ text: 'hello', language }), language).toBeInstanceOf(SpeechUnavailable);
      }
    });

    it('many sentences at once are all spoken', async () => {
      const texts = Array.from({ length: 20 }, (_, index) => `Number ${index}.`);
      const all = await Promise.all(texts.map((text) => spoken(text)));
      expect(new Set(all.map(({ wav }) => wav.toString('base64'))).size).toBe(20);
    });

    it('names its version in one line, the same each time', async () => {
      const version = await provider.version();
      expect(version).toMatch(/^\S.*\S$/);
      expect(await provider.version()).toBe(version);
    });
  });
}
