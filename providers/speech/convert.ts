/**
 * Sound to telephone sound: mp3 or WAV of any rate to 8 kHz mono G.711 u-law. Takes a second of processor time for a
 * few minutes of music, so it runs in a thread of its own: `converter.ts`.
 *
 * The rate is changed by libsamplerate's sinc filter, which takes away what lies above 4 kHz: it would come back as
 * tones that were never there.
 */
import libsamplerate from '@alexanderolsen/libsamplerate-js';
import { MPEGDecoder } from 'mpg123-decoder';
import { AUDIO_LIMITS, type AudioFormat, NotAudio, type TelephoneAudio } from './audio.ts';
import { type DecodedSound, readWav } from './read-wav.ts';
import { TELEPHONE_RATE } from './wav.ts';

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
  const decoded =
    format === 'wav'
      ? readWav(Buffer.from(data.buffer, data.byteOffset, data.length))
      : await decodeMp3(data);
  if ((decoded.samples.length / decoded.rate) * 1000 > AUDIO_LIMITS.ms) throw tooLong();
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

/** The mean of all tracks: two that carry the same voice stay as loud as one. */
function mono(tracks: Float32Array[]): Float32Array {
  const [first = new Float32Array(), ...others] = tracks;
  const out = new Float32Array(first);
  for (const track of others) {
    for (let index = 0; index < out.length; index++) out[index] = (out[index] ?? 0) + (track[index] ?? 0);
  }
  return tracks.length > 1 ? out.map((sum) => sum / tracks.length) : out;
}

async function decodeMp3(data: Uint8Array): Promise<DecodedSound> {
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
      pieces.push(mono(part.channelData));
      samples += part.samplesDecoded;
      if ((samples / rate) * 1000 > AUDIO_LIMITS.ms) throw tooLong();
    }
    if (samples === 0 || damaged > pieces.length) throw new NotAudio('the file holds no mp3 sound');
    return { rate, samples: joined(pieces, samples) };
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

async function resample({ rate, samples }: DecodedSound): Promise<Float32Array> {
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
