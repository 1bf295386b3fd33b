/** Bytes of a list to text, piece by piece, in whichever encoding the file is. */
import { isUtf8 } from 'node:buffer';
import {
  detectEncoding,
  type Encoding,
  firstInvalidUtf8,
  openBytesUtf8,
  refuseMarkup,
} from '../../domain/list/encoding.ts';
import { ListRejected } from '../../domain/list/rejection.ts';

/** Enough of a file to judge its encoding by. */
const HEAD_BYTES = 4096;
const NOTHING = Buffer.alloc(0);

/**
 * @param tooLarge made and thrown once more than `limitBytes` have come
 * @throws ListRejected NOT_CSV, BAD_ENCODING
 */
export async function* readText(
  source: AsyncIterable<Buffer>,
  limitBytes: number,
  tooLarge: () => ListRejected,
): AsyncGenerator<string> {
  let held: Buffer = NOTHING;
  let decoder: Decoder | undefined;
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > limitBytes) throw tooLarge();
    if (decoder) {
      yield decoder.decode(chunk, false);
      continue;
    }
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    if (held.length < HEAD_BYTES) continue;
    decoder = openDecoder(held);
    yield decoder.first(held);
  }
  decoder ??= openDecoder(held);
  yield bytes < HEAD_BYTES
    ? decoder.first(held) + decoder.decode(NOTHING, true)
    : decoder.decode(NOTHING, true);
}

interface Decoder {
  /** Of the file's first bytes, mark included. */
  first(bytes: Buffer): string;
  decode(bytes: Buffer, last: boolean): string;
}

function openDecoder(head: Buffer): Decoder {
  const { encoding, skip } = detectEncoding(head);
  const decode = encoding === 'utf-8' ? utf8Decoder(skip) : utf16Decoder(encoding);
  return {
    first(bytes) {
      const text = decode(bytes.subarray(skip), false);
      refuseMarkup(text);
      return text;
    },
    decode,
  };
}

/** @param offset of the first byte to come */
function utf8Decoder(offset: number): (bytes: Buffer, last: boolean) => string {
  let open: Buffer = NOTHING;
  let line = 1;
  let at = offset;
  return (chunk, last) => {
    const bytes = open.length === 0 ? chunk : Buffer.concat([open, chunk]);
    const whole = last ? bytes : bytes.subarray(0, bytes.length - openBytesUtf8(bytes));
    if (!isUtf8(whole)) {
      const wrong = firstInvalidUtf8(whole);
      line += countLines(whole.subarray(0, wrong));
      throw new ListRejected(
        'BAD_ENCODING',
        `line ${line} is not UTF-8 (byte ${at + wrong + 1} of the file); save the list as "CSV UTF-8"`,
      );
    }
    open = bytes.subarray(whole.length);
    line += countLines(whole);
    at += whole.length;
    return whole.toString('utf8');
  };
}

function countLines(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) lines += 1;
  return lines;
}

function utf16Decoder(encoding: Exclude<Encoding, 'utf-8'>): (bytes: Buffer, last: boolean) => string {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  let at = 0;
  return (bytes, last) => {
    try {
      const text = decoder.decode(bytes, { stream: !last });
      at += bytes.length;
      return text;
    } catch {
      throw new ListRejected(
        'BAD_ENCODING',
        `the file looks like UTF-16 but is not well formed after byte ${at}; save the list as "CSV UTF-8"`,
      );
    }
  };
}
