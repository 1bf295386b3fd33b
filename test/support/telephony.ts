/**
 * Real telephony for test files: an Asterisk and simulated telephones that end with the file. Where they
 * cannot be had the tests are skipped and say why; in CI they are never skipped, and fail.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { explain } from '../../local/trouble.ts';
import { type AsteriskOptions, type RunningAsterisk, startAsterisk } from '../../telephony/asterisk.ts';
import { findTelephony, type TelephonyKit } from '../../telephony/kit.ts';
import { type PhonesOptions, type RunningPhones, startPhones } from '../../telephony/phones.ts';

export type TestTelephony = { kit: TelephonyKit; why: undefined } | { kit: undefined; why: string };

/**
 * At the top of a test file, with its result: `describe.skipIf(!telephony.kit)('...')`.
 * @throws Trouble in CI (the variable CI is set) when there is no kit
 */
export async function telephonyKit(): Promise<TestTelephony> {
  try {
    return { kit: await findTelephony((line) => console.log(line)), why: undefined };
  } catch (error) {
    const why = explain(error);
    if (process.env.CI || why === undefined) throw error;
    console.warn(`Tests with a real Asterisk are skipped: ${why}`);
    return { kit: undefined, why };
  }
}

/** A short path: Asterisk keeps a socket in it. */
function ownDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'clarion-tel-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** Call in `describe` or at the top of a file, or in `beforeAll`. */
export async function testPhones(
  kit: TelephonyKit,
  options: Partial<PhonesOptions> = {},
): Promise<RunningPhones> {
  const phones = await startPhones({ kit, dir: ownDir(), ...options });
  afterAll(() => phones.stop());
  return phones;
}

/** Call in `describe` or at the top of a file, or in `beforeAll`. */
export async function testAsterisk(
  kit: TelephonyKit,
  options: Partial<AsteriskOptions> & Pick<AsteriskOptions, 'phones'>,
): Promise<RunningAsterisk> {
  const asterisk = await startAsterisk({ kit, dir: ownDir(), name: 'test', ...options });
  afterAll(() => asterisk.kill());
  return asterisk;
}
