/**
 * What makes a change of a receipt show. A digest of its canonical form (RFC 8785) shows that a copy was altered by
 * accident; the platform's signature (Ed25519) of the same bytes, that nobody else wrote it. The key is derived from
 * CLARION_SECRET, so that every process of a platform signs alike; its public half is for everybody.
 */
import { createHash, createPrivateKey, createPublicKey, hkdfSync, sign } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Receipt } from '../domain/receipt.ts';

export interface SealedReceipt {
  receipt: Receipt;
  /** `sha256:` and hexadecimal. */
  digest: string;
  signature: {
    algorithm: 'Ed25519';
    /** The first 16 hexadecimal digits of the SHA-256 of the public key. */
    keyId: string;
    /** Base64. */
    value: string;
  };
}

export interface ReceiptSeal {
  keyId: string;
  /** SPKI, PEM. */
  publicKey: string;
  seal(receipt: Receipt): SealedReceipt;
  /** The bytes that are digested and signed. */
  canonical(receipt: Receipt): string;
}

/** Other uses of the secret derive other keys. A number after it would be another key for receipts. */
const PURPOSE = 'clarion receipts 1';
/** RFC 8410: what comes before the 32 bytes of an Ed25519 key in PKCS #8. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** @param secret CLARION_SECRET */
export function createReceiptSeal(secret: string): ReceiptSeal {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', PURPOSE, 32));
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8_PREFIX, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const open = createPublicKey(key);
  const keyId = createHash('sha256')
    .update(open.export({ format: 'der', type: 'spki' }))
    .digest('hex')
    .slice(0, 16);
  const canonical = (receipt: Receipt): string => canonicalize(receipt) ?? '';
  return {
    keyId,
    publicKey: open.export({ format: 'pem', type: 'spki' }).toString(),
    canonical,
    seal: (receipt) => {
      const bytes = Buffer.from(canonical(receipt));
      return {
        receipt,
        digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
        signature: { algorithm: 'Ed25519', keyId, value: sign(null, bytes, key).toString('base64') },
      };
    },
  };
}
