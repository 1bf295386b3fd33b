/**
 * Whether receipts are as the platform wrote them: the digest of the canonical form (RFC 8785), and the Ed25519
 * signature of the same bytes. Works without a server, on files of one receipt or of one a line.
 */
import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import canonicalize from 'canonicalize';
import { usage } from './exit.ts';

export interface Checked {
  /** The attempt's id, or where in the file it stands. */
  name: string;
  ok: boolean;
  /** A sentence for a person. */
  why: string;
}

interface Sealed {
  receipt: { attempt?: { id?: unknown } };
  digest: string;
  signature: { algorithm: string; keyId: string; value: string };
}

/** @param text of a PEM file. @throws CommandError USAGE */
export function readKey(text: string, path: string): KeyObject {
  try {
    const key = createPublicKey(text);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Said below.
  }
  throw usage(`${path} is no Ed25519 public key in PEM`, '`clarion receipt key > platform.pem` writes it.');
}

/** As the platform names its keys. */
const keyIdOf = (key: KeyObject): string =>
  createHash('sha256')
    .update(key.export({ format: 'der', type: 'spki' }))
    .digest('hex')
    .slice(0, 16);

/** The receipts of a file: JSON, or a line of it each. @throws CommandError USAGE, naming the line */
export function readReceipts(text: string, path: string): { name: string; value: unknown }[] {
  const whole = text.replace(/^\uFEFF/, '').trim();
  if (whole === '') throw usage(`${path} is empty`);
  try {
    const value: unknown = JSON.parse(whole);
    return (Array.isArray(value) ? value : [value]).map((one, at) => ({
      name: `receipt ${at + 1}`,
      value: one,
    }));
  } catch {
    return whole.split(/\r?\n/).flatMap((line, at) => {
      if (line.trim() === '') return [];
      try {
        return [{ name: `line ${at + 1}`, value: JSON.parse(line) as unknown }];
      } catch {
        throw usage(`line ${at + 1} of ${path} is not JSON`);
      }
    });
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isSealed(value: unknown): value is Sealed {
  if (!isObject(value) || !isObject(value.receipt) || !isObject(value.signature)) return false;
  const { algorithm, keyId, value: signed } = value.signature;
  return [value.digest, algorithm, keyId, signed].every((one) => typeof one === 'string');
}

export function checkReceipt(
  { name: place, value }: { name: string; value: unknown },
  key: KeyObject,
): Checked {
  if (!isSealed(value))
    return { name: place, ok: false, why: 'is no receipt: receipt, digest or signature is missing' };
  const { receipt, digest, signature } = value;
  const id = receipt.attempt?.id;
  const name = typeof id === 'string' ? id : place;
  const no = (why: string): Checked => ({ name, ok: false, why });
  let bytes: Buffer;
  try {
    bytes = Buffer.from(canonicalize(receipt) ?? '');
  } catch {
    return no('has no canonical form: it was altered');
  }
  if (`sha256:${createHash('sha256').update(bytes).digest('hex')}` !== digest) {
    return no('was altered: its digest is that of another receipt');
  }
  if (signature.algorithm !== 'Ed25519') return no(`is signed by ${signature.algorithm}, which is not known`);
  if (signature.keyId !== keyIdOf(key)) return no(`is signed with another key: ${signature.keyId}`);
  return verify(null, bytes, key, Buffer.from(signature.value, 'base64'))
    ? { name, ok: true, why: 'as the platform wrote it' }
    : no('was altered: its signature is not the platform’s');
}
