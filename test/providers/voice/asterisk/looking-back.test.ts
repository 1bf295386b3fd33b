/** What a trunk on a real Asterisk makes of a call record that was rotated, or is not there any more. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { VoiceTrunk } from '../../../../providers/voice/trunk.ts';
import type { RunningAsterisk } from '../../../../telephony/asterisk.ts';
import { kitSounds, trunkOn } from '../../../support/asterisk-trunk.ts';
import { scratchDir } from '../../../support/scratch-dir.ts';
import { telephonyKit, testAsterisk, testPhones } from '../../../support/telephony.ts';

const { kit } = await telephonyKit();
const dir = scratchDir();

describe.skipIf(!kit)('an attempt whose worker died', () => {
  if (!kit) return;
  let asterisk: RunningAsterisk;
  const trunks: VoiceTrunk[] = [];
  /** One that remembers nothing. */
  const newTrunk = async (): Promise<VoiceTrunk> => {
    const trunk = await trunkOn([asterisk], kitSounds(kit, asterisk, dir));
    trunks.push(trunk);
    return trunk;
  };
  beforeAll(async () => {
    const phones = await testPhones(kit);
    asterisk = await testAsterisk(kit, { phones: phones.sipPort });
    return async () => {
      for (const trunk of trunks) await trunk.close();
    };
  });
  /** Sent away by hand before anybody has picked up; the record has its end. */
  const unanswered = async (over: () => void): Promise<string> => {
    const trunk = await newTrunk();
    const attemptId = randomUUID();
    const call = await trunk.place({
      attemptId,
      to: '+919800001242',
      callerId: undefined,
      ringTimeoutMs: 20_000,
      maxCallMs: 60_000,
      detectMachine: false,
      awaitGreetingEnd: false,
      priorAttempts: 0,
    });
    over();
    await call.hangUp();
    await call.ended();
    return attemptId;
  };
  const placedAt = new Date(Date.now() - 60_000);

  it('is told as it ended from a record that was rotated in the middle of the call', async () => {
    const attemptId = await unanswered(() =>
      renameSync(asterisk.callRecords, join(asterisk.callRecords, '..', 'clarion-2026-11-22.csv')),
    );
    const trunk = await newTrunk();
    expect(await trunk.reconcile(attemptId, placedAt)).toMatchObject({
      kind: 'ENDED',
      ending: { answeredAt: undefined },
    });
    expect(await trunk.reconcile(randomUUID(), placedAt)).toEqual({ kind: 'NEVER_PLACED' });
  });

  it('is UNKNOWN, and so is one that was never placed, once the record was taken away', async () => {
    const attemptId = await unanswered(() => {
      const elsewhere = join(asterisk.callRecords, '..', 'elsewhere');
      mkdirSync(elsewhere);
      for (const name of ['clarion.csv', 'clarion-2026-11-22.csv']) {
        renameSync(join(asterisk.callRecords, '..', name), join(elsewhere, name));
      }
    });
    const trunk = await newTrunk();
    expect(await trunk.reconcile(attemptId, placedAt)).toMatchObject({ kind: 'UNKNOWN' });
    expect(await trunk.reconcile(randomUUID(), placedAt)).toMatchObject({ kind: 'UNKNOWN' });
  });
});
