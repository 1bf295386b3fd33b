/** A telephone of the user's own, as docs/telephony.md tells: it registers, rings, and nobody registers in its place. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { RunningAsterisk } from '../../telephony/asterisk.ts';
import { freeUdpPort } from '../../telephony/free-ports.ts';
import type { TelephonyKit } from '../../telephony/kit.ts';
import { message, scenario } from '../../telephony/phone-scenario.ts';
import { scratchDir } from '../support/scratch-dir.ts';
import { telephonyKit, testAsterisk, testPhones } from '../support/telephony.ts';
import { bareAri } from './bare-ari.ts';

const { kit } = await telephonyKit();
const run = promisify(execFile);

const register = (cseq: number, more: string[]): string =>
  `<send retrans="500">${message(
    'REGISTER sip:[remote_ip]:[remote_port] SIP/2.0',
    'Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]',
    'From: <sip:softphone@[remote_ip]>;tag=[pid]',
    'To: <sip:softphone@[remote_ip]>',
    'Call-ID: [call_id]',
    `CSeq: ${cseq} REGISTER`,
    'Contact: <sip:softphone@[local_ip]:[local_port]>',
    'Max-Forwards: 70',
    'Expires: 300',
    ...more,
    'Content-Length: 0',
  )}</send>`;

describe.skipIf(!kit)('a softphone', () => {
  const dir = scratchDir();

  /** @returns whether Asterisk let it in */
  async function registered(theKit: TelephonyKit, at: RunningAsterisk, port: number, password: string) {
    const steps = [
      register(1, []),
      '<recv response="401" auth="true"/>',
      register(2, [`[authentication username=softphone password=${password}]`]),
      '<recv response="200"/>',
    ];
    writeFileSync(join(dir, 'register.xml'), scenario('register', steps));
    const args = [
      '-sf',
      join(dir, 'register.xml'),
      '-i',
      '127.0.0.1',
      '-p',
      String(port),
      '-ci',
      '127.0.0.1',
    ];
    return run(theKit.sipp, [...args, '-m', '1', '-nostdin', `127.0.0.1:${at.sipPort}`], { cwd: dir }).then(
      () => true,
      () => false,
    );
  }

  test('registers with its password, and a call by the line `softphone` rings it', async ({ skip }) => {
    if (!kit) return skip();
    const asterisk = await testAsterisk(kit, { phones: 9 });
    const port = await freeUdpPort();
    expect(await registered(kit, asterisk, port, 'wrong')).toBe(false);
    expect(await registered(kit, asterisk, port, asterisk.softphonePassword)).toBe(true);
    // Whoever listens where it registered from.
    const telephone = await testPhones(kit, { sipPort: port, mute: true });
    const ari = await bareAri(asterisk, 'soft');
    await ari.call('ring', '+919800000003', { line: 'softphone' });
    const ended = await ari.event(
      ({ type, channel }) => type === 'ChannelDestroyed' && channel?.id === 'ring',
    );
    expect(ended.cause).toBe(21);
    expect((await telephone.invites()).map(({ called }) => called)).toEqual(['+919800000003']);
    ari.close();
  });
});
