/**
 * Sound to telephone sound: mp3 or WAV of any rate to 8 kHz mono G.711 u-law. Takes a second of processor time for a
 * few minutes of music, so it runs in a thread of its own: `converter.ts`.
 *
 * The rate is changed by libsamplerate's sinc filter, which takes away what lies above 4 kHz: it would come back as
 * tones that were never there.
 */
import libsamplerate from '@alexanderolsen/libsamplerate-js';
import { MPEGDecoder } from 'mpg123-decoder';
import wavefile from 'wavefile';
import { AUDIO_LIMITS, type AudioFormat, NotAudio, type TelephoneAudio } from './audio.ts';
import { TELEPHONE_RATE } from './wav.ts';

interface Decoded {
  rate: number;
  /** Mono, -1 to 1. */
  samples: Float32Array;
}

/** What WAV files say of their rate; outside of it there is no voice, or no sound card. */
const LOWEST_RATE = 4_000;
const HIGHEST_RATE = 192_000;
const MOST_LINES = 8;
/** Fed to the mp3 decoder at once. */
const MP3_PIECE_BYTES = 64 * 1024;
/** Appended before resampling, cut off after: the filter holds back the last few milliseconds of its input. */
const TAIL_MS = 50;

/** @throws NotAudio with a reason for whoever sent the file */
export async function toTelephone(data: Uint8Array): Promise<TelephoneAudio> {
  if (data.length > AUDIO_LIMITS.bytes) {
    throw new NotAudio(`a sound file may have at most ${AUDIO_LIMITS.bytes / 1024 / 1024} MB`);
  }
  const format = formatOf(data);
  const decoded = format === 'wav' ? decodeWav(data) : await decodeMp3(data);
  if (decoded.samples.length === 0) throw new NotAudio('there is no sound in the file');
  return { format, ulaw: encode(await resample(decoded)) };
}

/** By its first bytes: names and content types are only claims. */
function formatOf(data: Uint8Array): AudioFormat {
  const start = Buffer.from(data.subarray(0, 12)).toString('latin1');
  if (start.startsWith('RIFF') && start.slice(8) === 'WAVE') return 'wav';
  // An ID3v2 tag, or the eleven set bits that begin every MPEG audio frame, of layer III.
  if (start.startsWith('ID3')) return 'mp3';
  const [first = 0, second = 0] = data;
  if (first === 0xff && (second & 0xe0) === 0xe0 && (second & 0x06) === 0x02) return 'mp3';
  throw new NotAudio('the file is neither mp3 nor WAV');
}

function decodeWav(data: Uint8Array): Decoded {
  const wav = new wavefile.WaveFile();
  let lines: Float64Array[];
  let rate: number;
  try {
    wav.fromBuffer(data);
    const fmt = wav.fmt as { sampleRate: number; numChannels: number };
    rate = fmt.sampleRate;
    if (fmt.numChannels < 1 || fmt.numChannels > MOST_LINES) {
      throw new NotAudio(`a WAV file may have 1 to ${MOST_LINES} tracks of sound, not ${fmt.numChannels}`);
    }
    if (rate < LOWEST_RATE || rate > HIGHEST_RATE) {
      throw new NotAudio(
        `a WAV file may have ${LOWEST_RATE} to ${HIGHEST_RATE} samples a second, not ${rate}`,
      );
    }
    makeWide(wav);
    const given: Float64Array | Float64Array[] = wav.getSamples(false, Float64Array);
    lines = Array.isArray(given) ? given : [given];
  } catch (error) {
    if (error instanceof NotAudio) throw error;
    throw new NotAudio(`the WAV file cannot be read: ${String((error as Error)?.message ?? error)}`);
  }
  return limited({ rate, samples: mono(lines, 1) });
}

/** Every kind of sample becomes 64-bit floating point, -1 to 1. Compressed kinds are unpacked first. */
function makeWide(wav: InstanceType<typeof wavefile.WaveFile>): void {
  if (wav.bitDepth === '8a') wav.fromALaw('16');
  else if (wav.bitDepth === '8m') wav.fromMuLaw('16');
  else if (wav.bitDepth === '4') wav.fromIMAADPCM('16');
  if (wav.bitDepth !== '64') wav.toBitDepth('64');
}

/** The mean of all lines: two that carry the same voice stay as loud as one. */
function mono(lines: ArrayLike<number>[], gain: number): Float32Array {
  const length = Math.min(...lines.map((line) => line.length));
  const out = new Float32Array(length);
  const share = gain / lines.length;
  for (const line of lines) {
    for (let index = 0; index < length; index++) {
      const value = line[index] ?? 0;
      // Floating-point files may hold anything.
      out[index] = (out[index] ?? 0) + (Number.isFinite(value) ? value * share : 0);
    }
  }
  return out;
}

async function decodeMp3(data: Uint8Array): Promise<Decoded> {
  const decoder = new MPEGDecoder();
  await decoder.ready;
  try {
    const pieces: Float32Array[] = [];
    let samples = 0;
    let damaged = 0;
    let rate = 0;
    for (let at = 0; at < data.length; at += MP3_PIECE_BYTES) {
      const part = decoder.decode(data.subarray(at, at + MP3_PIECE_BYTES));
      damaged += part.errors.length;
      if (part.samplesDecoded === 0) continue;
      if (rate !== 0 && part.sampleRate !== rate) {
        throw new NotAudio('the mp3 file changes its sample rate midway');
      }
      rate = part.sampleRate;
      pieces.push(mono(part.channelData, 1));
      samples += part.samplesDecoded;
      if ((samples / rate) * 1000 > AUDIO_LIMITS.ms) throw tooLong();
    }
    if (samples === 0 || damaged > pieces.length) throw new NotAudio('the file holds no mp3 sound');
    return limited({ rate, samples: joined(pieces, samples) });
  } finally {
    decoder.free();
  }
}

function joined(pieces: Float32Array[], length: number): Float32Array {
  const out = new Float32Array(length);
  let at = 0;
  for (const piece of pieces) {
    out.set(piece, at);
    at += piece.length;
  }
  return out;
}

const tooLong = (): NotAudio =>
  new NotAudio(`a sound file may last at most ${AUDIO_LIMITS.ms / 60_000} minutes`);

function limited(decoded: Decoded): Decoded {
  if ((decoded.samples.length / decoded.rate) * 1000 > AUDIO_LIMITS.ms) throw tooLong();
  return decoded;
}

async function resample({ rate, samples }: Decoded): Promise<Float32Array> {
  if (rate === TELEPHONE_RATE) return samples;
  const length = Math.max(1, Math.round((samples.length * TELEPHONE_RATE) / rate));
  const padded = new Float32Array(samples.length + Math.ceil((rate * TAIL_MS) / 1000));
  padded.set(samples);
  // 121 dB of attenuation, and flat to 3.6 kHz: more than the 3.4 kHz the telephone network carries.
  const resampler = await libsamplerate.create(1, rate, TELEPHONE_RATE, {
    converterType: libsamplerate.ConverterType.SRC_SINC_MEDIUM_QUALITY,
  });
  try {
    return resampler.simple(padded).subarray(0, length);
  } finally {
    resampler.destroy();
  }
}

/** The largest value G.711 u-law can hold, of 16 bits, less its bias (ITU-T G.711, table 2a). */
const LOUDEST = 32_635;
const BIAS = 132;

/** @param samples -1 to 1; what is louder is cut */
function encode(samples: Float32Array): Uint8Array {
  const out = new Uint8Array(samples.length);
  for (let index = 0; index < samples.length; index++) {
    const value = Math.round((samples[index] ?? 0) * 32_767);
    const sign = value < 0 ? 0x80 : 0;
    const magnitude = Math.min(Math.abs(value), LOUDEST) + BIAS;
    // The place of the highest set bit above the seventh is the segment; the four bits below it the step.
    const segment = 24 - Math.clz32(magnitude);
    out[index] = ~(sign | (segment << 4) | ((magnitude >> (segment + 3)) & 0x0f));
  }
  return out;
}
