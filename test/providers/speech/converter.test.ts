import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { AUDIO_LIMITS, NotAudio } from '../../../providers/speech/audio.ts';
import { createConverter } from '../../../providers/speech/converter.ts';
import { ulawWav } from '../../../providers/speech/wav.ts';
import { fromUlaw, loudnessAt, rms, type SampleKind, tone, wavFile } from '../../support/audio.ts';

const converter = createConverter();
afterAll(() => converter.close());

const heard = async (file: Buffer) => {
  const { ulaw, ...rest } = await converter.convert(file);
  return { ...rest, samples: fromUlaw(ulaw) };
};
/** The same WAV file, said to be of another format. */
const labelled = (wav: Buffer, format: number): Buffer => {
  const other = Buffer.from(wav);
  other.writeUInt16LE(format, 20);
  return other;
};
const mp3 = (name: string): Promise<Buffer> =>
  readFile(new URL(`../../data/audio/${name}.mp3`, import.meta.url));

/** The tone's own part of the sound; its beginning and end are left out. */
const middle = (samples: Float64Array): Float64Array => samples.subarray(400, samples.length - 400);

describe('WAV for the telephone', () => {
  it.each<[number, number, SampleKind]>([
    [8_000, 1, 16],
    [11_025, 1, 8],
    [16_000, 2, 16],
    [22_050, 1, 24],
    [44_100, 2, 16],
    [48_000, 2, 32],
    [48_000, 6, 24],
    [96_000, 2, 'float32'],
    [44_100, 1, 'float64'],
  ])('%i samples a second, %i lines, %s bits: pitch, loudness and length stay', async (rate, lines, kind) => {
    const line = tone({ hz: 440, ms: 1000, rate });
    const { samples, durationMs, format } = await heard(wavFile(Array(lines).fill(line), { rate, kind }));
    expect(format).toBe('wav');
    expect(durationMs).toBe(1000);
    expect(samples.length).toBe(8000);
    expect(loudnessAt(middle(samples), 440)).toBeCloseTo(0.5, 1);
    // Everything there is, is the tone: u-law keeps about 38 dB between the two.
    expect(rms(middle(samples))).toBeCloseTo(0.5 / Math.SQRT2, 1);
    const rest = Math.abs(rms(middle(samples)) ** 2 - loudnessAt(middle(samples), 440) ** 2 / 2);
    expect(rest).toBeLessThan(0.001);
  });

  it('what the telephone cannot carry is gone, and does not come back as another tone', async () => {
    for (const hz of [4_600, 6_000, 9_500]) {
      const { samples } = await heard(wavFile([tone({ hz, ms: 500 })]));
      expect(rms(middle(samples)), `${hz} Hz`).toBeLessThan(0.001);
    }
  });

  it('what the telephone carries is as loud as it was, up to 3.4 kHz', async () => {
    for (const hz of [300, 1000, 2500, 3400]) {
      const { samples } = await heard(wavFile([tone({ hz, ms: 500, rate: 48_000 })], { rate: 48_000 }));
      expect(loudnessAt(middle(samples), hz), `${hz} Hz`).toBeCloseTo(0.5, 1);
    }
  });

  it('a tone at full scale is not cut: nothing of it appears at three times its pitch', async () => {
    const { samples } = await heard(wavFile([tone({ hz: 700, ms: 500, loudness: 1 })]));
    expect(loudnessAt(middle(samples), 700)).toBeCloseTo(1, 1);
    expect(loudnessAt(middle(samples), 2100)).toBeLessThan(0.01);
  });

  it('the telephone’s own kinds of WAV are read: u-law and A-law', async () => {
    const { ulaw } = await converter.convert(
      wavFile([tone({ hz: 440, ms: 500, rate: 8000 })], { rate: 8000 }),
    );
    expect((await converter.convert(ulawWav(ulaw))).ulaw.equals(ulaw)).toBe(true);
    // A-law of a full period of a square wave of 1 kHz: 0xaa and 0x2a are its loudest values.
    const square = Buffer.from(Array.from({ length: 4000 }, (_, at) => (at % 8 < 4 ? 0xaa : 0x2a)));
    const { samples } = await heard(labelled(ulawWav(square), 6));
    expect(loudnessAt(middle(samples), 1000)).toBeCloseTo(1.28, 1);
  });

  it('two lines that say different things are both heard, each half as loud', async () => {
    const { samples } = await heard(wavFile([tone({ hz: 500, ms: 500 }), tone({ hz: 1500, ms: 500 })]));
    expect(loudnessAt(middle(samples), 500)).toBeCloseTo(0.25, 2);
    expect(loudnessAt(middle(samples), 1500)).toBeCloseTo(0.25, 2);
  });

  it('samples of 8 kHz and 16 bits come out as they went in, within what u-law can say', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.double({ min: -0.98, max: 0.98, noNaN: true }), { minLength: 1, maxLength: 200 }),
        async (values) => {
          const { samples } = await heard(wavFile([Float64Array.from(values)], { rate: 8000 }));
          expect(samples.length).toBe(values.length);
          values.forEach((value, index) => {
            // A step of u-law is a thirty-second of the value, and never less than 8 of 32,768.
            const room = Math.max(Math.abs(value) / 30, 10 / 32_768);
            expect(Math.abs((samples[index] ?? 9) - value)).toBeLessThan(room);
          });
        },
      ),
      { numRuns: 50 },
    );
  });

  it('the end is not lost, of short files and of long ones', async () => {
    for (const seconds of [0.05, 1, 40]) {
      const { samples } = await heard(wavFile([tone({ hz: 440, ms: seconds * 1000 })]));
      expect(samples.length).toBe(seconds * 8000);
      expect(rms(samples.subarray(-80)), `${seconds} s`).toBeGreaterThan(0.3);
    }
  });
});

describe('mp3 for the telephone', () => {
  it('stereo of 44.1 kHz: pitch, loudness and length stay', async () => {
    const { samples, durationMs, format } = await heard(await mp3('tone-440-stereo-44100'));
    expect(format).toBe('mp3');
    // The encoder adds up to four frames of 26 ms around the sound.
    expect(durationMs).toBeGreaterThanOrEqual(1000);
    expect(durationMs).toBeLessThan(1110);
    expect(loudnessAt(samples.subarray(1000, 7000), 440)).toBeCloseTo(0.5, 1);
  });

  it('what lies above the telephone is gone from it', async () => {
    const { samples } = await heard(await mp3('tones-440-and-6000-mono-48000'));
    const part = samples.subarray(1000, 7000);
    expect(loudnessAt(part, 440)).toBeCloseTo(0.3, 1);
    // 6 kHz would come back as 2 kHz.
    expect(loudnessAt(part, 2000)).toBeLessThan(0.002);
  });

  it('low rates (MPEG-2) and files that begin with a tag are read', async () => {
    const size = 2000;
    const tag = Buffer.concat([
      Buffer.from('ID3\x03\x00\x00', 'latin1'),
      Buffer.from([0, 0, (size >> 7) & 0x7f, size & 0x7f]),
      Buffer.alloc(size),
    ]);
    const { samples } = await heard(Buffer.concat([tag, await mp3('tone-1000-mono-22050')]));
    expect(loudnessAt(samples.subarray(1000, 7000), 1000)).toBeCloseTo(0.5, 1);
  });
});

describe('files that cannot be used', () => {
  const refusal = async (file: Buffer): Promise<string> => {
    const error = await converter.convert(file).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(NotAudio);
    return (error as Error).message;
  };

  it.each([
    ['nothing', Buffer.alloc(0), /neither mp3 nor WAV/],
    ['text', Buffer.from('number,name\n+919811000010,Asha\n'), /neither mp3 nor WAV/],
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n0000', 'latin1'), /neither mp3 nor WAV/],
    ['a WAV file without sound', wavFile([new Float64Array()]), /no sound/],
    ['a WAV file that breaks off in its header', wavFile([tone({ hz: 440, ms: 10 })]).subarray(0, 30), /WAV/],
    ['a tag and nothing after it', Buffer.from('ID3\x03\x00\x00\x00\x00\x00\x00', 'latin1'), /no mp3 sound/],
    [
      'noise that begins like mp3',
      Buffer.concat([Buffer.from([0xff, 0xfb]), Buffer.alloc(5000, 0x5a)]),
      /mp3/,
    ],
    [
      'a WAV file of a kind nobody else reads',
      labelled(wavFile([tone({ hz: 440, ms: 10 })]), 85),
      /save it as PCM/,
    ],
    ['a rate nobody records at', wavFile([tone({ hz: 440, ms: 10 })], { rate: 500_000 }), /samples a second/],
  ])('%s is refused with a reason', async (_what, file, words) => {
    expect(await refusal(file)).toMatch(words);
  });

  it('more than 10 MB, and more than ten minutes, are refused', async () => {
    expect(await refusal(Buffer.alloc(AUDIO_LIMITS.bytes + 1))).toMatch(/at most 10 MB/);
    const long = wavFile([new Float64Array(8000 * 601)], { rate: 8000, kind: 8 });
    expect(await refusal(long)).toMatch(/at most 10 minutes/);
  });

  it('whatever bytes come after a true beginning, the answer is a sound or a refusal, and the next file is converted', async () => {
    const start = wavFile([tone({ hz: 440, ms: 20 })]);
    const beginnings = [start.subarray(0, 12), start.subarray(0, 44), Buffer.from([0xff, 0xfb, 0x90, 0x64])];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...beginnings),
        fc.uint8Array({ maxLength: 3000 }),
        async (beginning, rest) => {
          const answer = await converter
            .convert(Buffer.concat([beginning, rest]))
            .catch((error: unknown) => error);
          expect(answer instanceof NotAudio || (answer as { durationMs: number }).durationMs >= 0).toBe(true);
        },
      ),
      { numRuns: 100 },
    );
    expect((await converter.convert(start)).durationMs).toBe(20);
  });
});

describe('the thread of the conversion', () => {
  it('leaves the event loop free while a long file is converted', async () => {
    const file = wavFile([tone({ hz: 440, ms: 60_000 })]);
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    const { durationMs } = await converter.convert(file);
    clearInterval(timer);
    expect(durationMs).toBe(60_000);
    expect(turns).toBeGreaterThan(5);
  });

  it('is replaced when a file takes too long: that file alone fails', async () => {
    const impatient = createConverter({ deadlineMs: 1 });
    await expect(impatient.convert(wavFile([tone({ hz: 440, ms: 60_000 })]))).rejects.toThrow(
      /more than 1 ms/,
    );
    await impatient.close();
  });

  it('answers in the order asked, and not at all once it is closed', async () => {
    const another = createConverter();
    const lengths = [30, 20, 10];
    const all = Promise.all(lengths.map((ms) => another.convert(wavFile([tone({ hz: 440, ms })]))));
    expect((await all).map(({ durationMs }) => durationMs)).toEqual(lengths);
    await another.close();
    await expect(another.convert(wavFile([tone({ hz: 440, ms: 10 })]))).rejects.toThrow(/closed/);
  });
});
