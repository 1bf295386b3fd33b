/** WAV headers of our own: for what a synthesiser streams out, and for browsers that play the telephone's sound. */

/** Samples of the telephone a second (ITU-T G.711). */
export const TELEPHONE_RATE = 8000;
/** G.711: a byte a sample, so eight bytes a millisecond. */
export const BYTES_PER_MS = TELEPHONE_RATE / 1000;

/** Codes of `wFormatTag` (RFC 2361). */
const PCM = 1;
const MU_LAW = 7;

function header(format: number, rate: number, bits: number, dataBytes: number): Buffer {
  // Formats other than PCM carry the size of an extension, and the number of samples in a chunk of its own.
  const extended = format !== PCM;
  const fmtBytes = extended ? 18 : 16;
  const out = Buffer.alloc(12 + 8 + fmtBytes + (extended ? 12 : 0) + 8);
  let at = out.write('RIFF', 0, 'latin1');
  at = out.writeUInt32LE(out.length - 8 + dataBytes + (dataBytes % 2), at);
  at += out.write('WAVEfmt ', at, 'latin1');
  at = out.writeUInt32LE(fmtBytes, at);
  at = out.writeUInt16LE(format, at);
  at = out.writeUInt16LE(1, at);
  at = out.writeUInt32LE(rate, at);
  at = out.writeUInt32LE((rate * bits) / 8, at);
  at = out.writeUInt16LE(bits / 8, at);
  at = out.writeUInt16LE(bits, at);
  if (extended) {
    at = out.writeUInt16LE(0, at);
    at += out.write('fact', at, 'latin1');
    at = out.writeUInt32LE(4, at);
    at = out.writeUInt32LE(dataBytes, at);
  }
  at += out.write('data', at, 'latin1');
  out.writeUInt32LE(dataBytes, at);
  return out;
}

const withHeader = (head: Buffer, data: Buffer): Buffer =>
  // Chunks begin at even places.
  Buffer.concat(data.length % 2 === 1 ? [head, data, Buffer.alloc(1)] : [head, data]);

/** @param ulaw G.711 u-law bytes @returns a WAV file that browsers and players take */
export const ulawWav = (ulaw: Buffer): Buffer =>
  withHeader(header(MU_LAW, TELEPHONE_RATE, 8, ulaw.length), ulaw);

/** @param samples 16-bit little-endian PCM, mono */
export const pcmWav = (samples: Buffer, rate: number): Buffer =>
  withHeader(header(PCM, rate, 16, samples.length), samples);

/**
 * Makes a WAV file whole whose header was written before its length was known, as programs do that write to a pipe:
 * both lengths are set to what is there.
 * @throws RangeError when it is no WAV file with a `data` chunk
 */
export function mendLengths(wav: Buffer): Buffer {
  if (wav.toString('latin1', 0, 4) !== 'RIFF' || wav.toString('latin1', 8, 12) !== 'WAVE') {
    throw new RangeError('no WAV file');
  }
  let at = 12;
  while (at + 8 <= wav.length) {
    if (wav.toString('latin1', at, at + 4) === 'data') {
      const dataBytes = wav.length - at - 8;
      const mended = Buffer.from(wav);
      mended.writeUInt32LE(wav.length - 8, 4);
      mended.writeUInt32LE(Math.min(dataBytes, wav.readUInt32LE(at + 4)), at + 4);
      return mended;
    }
    const bytes = wav.readUInt32LE(at + 4);
    at += 8 + bytes + (bytes % 2);
  }
  throw new RangeError('a WAV file without sound');
}
