import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningAsterisk } from '../../telephony/asterisk.ts';
import { type CallInOptions, callIn } from '../../telephony/call-in.ts';
import type { TelephonyKit } from '../../telephony/kit.ts';
import { scratchDir } from '../support/scratch-dir.ts';
import { telephonyKit, testAsterisk } from '../support/telephony.ts';
import { type BareAri, bareAri } from './bare-ari.ts';

const { kit } = await telephonyKit();

describe.skipIf(!kit)('calls to us', () => {
  const dir = scratchDir();
  let asterisk: RunningAsterisk;
  let ari: BareAri;

  beforeAll(async () => {
    if (!kit) return;
    // Nobody is called here.
    asterisk = await testAsterisk(kit, { phones: 9 });
    ari = await bareAri(asterisk, 'clarion-inbound');
  });
  afterAll(() => ari?.close());

  const call = (theKit: TelephonyKit, options: Partial<CallInOptions> & { did: string }) =>
    callIn({ kit: theKit, dir, asteriskSipPort: asterisk.sipPort, from: '+919811111111', ...options });
  const offered = (did: string) =>
    ari.event((event) => event.type === 'StasisStart' && event.args?.[0] === did);

  test('a call is offered with what was dialled and who calls, and rings until it is answered', async ({
    skip,
  }) => {
    if (!kit) return skip();
    const result = call(kit, { did: '+911140000001', presses: '42', hangsUpAfterMs: 2500 });
    const offer = await offered('+911140000001');
    const id = offer.channel?.id ?? '';
    expect(offer.channel?.caller?.number).toBe('+919811111111');
    expect(id.startsWith(`${asterisk.name}-`)).toBe(true);
    await ari.ask('POST', `/channels/${id}/ring`);
    await ari.ask('POST', `/channels/${id}/answer`);
    await ari.event((event) => event.type === 'StasisEnd' && event.channel?.id === id);
    const keys = ari.events.filter(
      ({ type, channel }) => type === 'ChannelDtmfReceived' && channel?.id === id,
    );
    expect(keys.map(({ digit }) => digit)).toEqual(['4', '2']);
    expect(await result).toMatchObject({ kind: 'ANSWERED', endedBy: 'CALLER' });
  });

  test('the caller sees that we hang up', async ({ skip }) => {
    if (!kit) return skip();
    const result = call(kit, { did: '911140000002' });
    const { channel } = await offered('911140000002');
    await ari.ask('POST', `/channels/${channel?.id}/answer`);
    await ari.ask('DELETE', `/channels/${channel?.id}`);
    expect(await result).toMatchObject({ kind: 'ANSWERED', endedBy: 'US' });
  });

  test('a call that is refused before it is answered is turned away with the reason', async ({ skip }) => {
    if (!kit) return skip();
    const result = call(kit, { did: '911140000003' });
    const { channel } = await offered('911140000003');
    await ari.ask('DELETE', `/channels/${channel?.id}?reason_code=21`);
    expect(await result).toMatchObject({ kind: 'REFUSED', status: 403 });
  });

  test('a caller who gives up while it rings ends the call', async ({ skip }) => {
    if (!kit) return skip();
    const result = call(kit, { did: '911140000004', givesUpAfterMs: 500 });
    const { channel } = await offered('911140000004');
    await ari.ask('POST', `/channels/${channel?.id}/ring`);
    expect(await result).toMatchObject({ kind: 'GAVE_UP' });
    await ari.event((event) => event.type === 'StasisEnd' && event.channel?.id === channel?.id);
  });

  test('without a worker the caller is turned away as by a full network, after a wait', async ({ skip }) => {
    if (!kit) return skip();
    const folder = join(dir, 'nobody');
    mkdirSync(folder);
    const other = await testAsterisk(kit, { phones: 9 });
    const result = await callIn({
      ...{ kit, dir: folder, asteriskSipPort: other.sipPort },
      ...{ did: '911140000005', from: '+919811111111' },
    });
    expect(result).toMatchObject({ kind: 'REFUSED', status: 503 });
    expect(result.rangMs).toBeGreaterThan(4000);
  });
});
