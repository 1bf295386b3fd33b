/**
 * Which encoding a list is in, judged by its first bytes: UTF-8, or UTF-16 of either byte order, each with
 * or without a byte order mark. What is no text at all is named by what it looks like.
 */
import { ListRejected } from './rejection.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** `skip`: bytes of the byte order mark. */
export interface Detected {
  encoding: Encoding;
  skip: number;
}

/** First bytes of files that people take for lists. */
const SIGNATURES: [string, string][] = [
  ['504b0304', 'a zip file or an Excel workbook (.xlsx)'],
  ['504b0506', 'an empty zip file'],
  ['d0cf11e0', 'an old Excel workbook (.xls)'],
  ['25504446', 'a PDF'],
  ['1f8b', 'a gzip file'],
  ['526172211a', 'a RAR archive'],
  ['377abcaf', 'a 7-Zip archive'],
  ['89504e47', 'a PNG picture'],
  ['ffd8ff', 'a JPEG picture'],
  ['47494638', 'a GIF picture'],
  ['7b5c727466', 'an RTF document'],
  ['53514c697465', 'an SQLite database'],
];
const MARKUP = /^\s*<(!doctype|html|\?xml|table|workbook)\b/i;

/** Bytes looked at; the more, the surer where there is no mark. */
const HEAD_BYTES = 4096;

const toHex = (bytes: Uint8Array): string => [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');

/**
 * @param head the first bytes of a file, as many as are at hand
 * @throws ListRejected NOT_CSV for what is not text
 */
export function detectEncoding(head: Uint8Array): Detected {
  const bytes = head.subarray(0, HEAD_BYTES);
  const first = toHex(bytes.subarray(0, 8));
  if (first.startsWith('efbbbf')) return { encoding: 'utf-8', skip: 3 };
  if (first.startsWith('fffe0000') || first.startsWith('0000feff')) {
    throw new ListRejected('BAD_ENCODING', 'the file is UTF-32; save it as UTF-8');
  }
  if (first.startsWith('fffe')) return { encoding: 'utf-16le', skip: 2 };
  if (first.startsWith('feff')) return { encoding: 'utf-16be', skip: 2 };
  const signature = SIGNATURES.find(([start]) => first.startsWith(start));
  if (signature) throw notCsv(signature[1]);
  return { encoding: byZeroBytes(bytes), skip: 0 };
}

const notCsv = (looksLike: string): ListRejected =>
  new ListRejected('NOT_CSV', `the file is not csv: it looks like ${looksLike}; save the list as csv`);

/** Text in UTF-8 has no zero byte; digits, separators and line ends in UTF-16 have one each, all on one side. */
function byZeroBytes(bytes: Uint8Array): Encoding {
  let even = 0;
  let odd = 0;
  bytes.forEach((byte, at) => {
    if (byte === 0) at % 2 === 0 ? even++ : odd++;
  });
  if (even + odd === 0) return 'utf-8';
  // A twentieth of the bytes at least: a stray zero in other data is no sign of UTF-16.
  const enough = bytes.length / 20;
  if (even === 0 && odd >= enough) return 'utf-16le';
  if (odd === 0 && even >= enough) return 'utf-16be';
  throw notCsv('a binary file');
}

/** @throws ListRejected NOT_CSV for web pages and XML, which some programs save under `.csv` or `.xls` */
export function refuseMarkup(text: string): void {
  if (MARKUP.test(text.slice(0, 200))) throw notCsv('a web page or XML');
}

/** How many bytes at the end of `bytes` are the beginning of a character that goes on after them: 0 to 3. */
export function openBytesUtf8(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? back : 0;
    }
  }
  return 0;
}

/** Index of the first byte that is not part of well-formed UTF-8 (Unicode, table 3-7), or -1. */
export function firstInvalidUtf8(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return -1;
}

function sequenceLength(bytes: Uint8Array, at: number): number {
  const byte = bytes[at] ?? 0;
  if (byte < 0x80) return 1;
  const second = bytes[at + 1] ?? 0;
  const follows = (offset: number): boolean => ((bytes[at + offset] ?? 0) & 0xc0) === 0x80;
  if (byte >= 0xc2 && byte <= 0xdf) return follows(1) ? 2 : 0;
  if (byte >= 0xe0 && byte <= 0xef) {
    const low = byte === 0xe0 ? 0xa0 : 0x80;
    const high = byte === 0xed ? 0x9f : 0xbf;
    return second >= low && second <= high && follows(2) ? 3 : 0;
  }
  if (byte >= 0xf0 && byte <= 0xf4) {
    const low = byte === 0xf0 ? 0x90 : 0x80;
    const high = byte === 0xf4 ? 0x8f : 0xbf;
    return second >= low && second <= high && follows(2) && follows(3) ? 4 : 0;
  }
  return 0;
}
