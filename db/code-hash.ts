/**
 * How a one-time code is kept: by scrypt, with a salt of its own. There are a million codes, so that a fast hash would
 * be no secret to whoever reads the table; by this one the search takes longer than the code lives.
 */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** 16 MB and some 50 ms a guess (RFC 7914; OWASP's password storage sheet names larger ones for secrets that last). */
const COST = { N: 2 ** 14, r: 8, p: 1 };
const KEY_BYTES = 32;

function derive(code: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(code, salt, KEY_BYTES, COST, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

/** @returns salt and key, in hexadecimal, parted by a colon */
export async function hashCode(code: string): Promise<string> {
  const salt = randomBytes(16);
  return `${salt.toString('hex')}:${(await derive(code, salt)).toString('hex')}`;
}

/** @param hash as `hashCode` makes it */
export async function isCode(code: string, hash: string): Promise<boolean> {
  const [salt = '', key = ''] = hash.split(':');
  const expected = Buffer.from(key, 'hex');
  const found = await derive(code, Buffer.from(salt, 'hex'));
  return found.length === expected.length && timingSafeEqual(found, expected);
}
