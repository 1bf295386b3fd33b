import { execFile } from 'node:child_process';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { processIdentity } from '../../local/processes.ts';
import { speakUlaw } from '../../telephony/voices.ts';
import { scratchDir } from '../support/scratch-dir.ts';
import { telephonyKit, testAsterisk, testPhones } from '../support/telephony.ts';
import { bareAri, recordOf, until } from './bare-ari.ts';

const { kit } = await telephonyKit();
const run = promisify(execFile);

describe.skipIf(!kit)('several servers', () => {
  test('two side by side carry calls of the same people, each with records of its own', async ({ skip }) => {
    if (!kit) return skip();
    const phones = await testPhones(kit);
    const servers = await Promise.all([
      testAsterisk(kit, { phones: phones.sipPort }),
      testAsterisk(kit, { phones: phones.sipPort }),
    ]);
    const [one, two] = servers;
    expect(one.name).not.toBe(two.name);
    expect(one.ports.rtpStart).not.toBe(two.ports.rtpStart);
    for (const [n, server] of servers.entries()) {
      const ari = await bareAri(server, 'both');
      await ari.call(`busy-${n}`, '+919800000001');
      await ari.event((event) => event.type === 'ChannelDestroyed' && event.channel?.id === `busy-${n}`);
      ari.close();
    }
    expect(recordOf(one, 'busy-0')).not.toEqual([]);
    expect(recordOf(one, 'busy-1')).toEqual([]);
    expect((await phones.invites()).map(({ attemptId }) => attemptId)).toEqual(['busy-0', 'busy-1']);
  });

  test('one that was killed in mid-call starts again with its address, secrets and records', async ({
    skip,
  }) => {
    if (!kit) return skip();
    const phones = await testPhones(kit, { mute: true });
    const asterisk = await testAsterisk(kit, { phones: phones.sipPort });
    const before = await bareAri(asterisk, 'first');
    await before.call('cut', '+919800000000');
    await until(() => recordOf(asterisk, 'cut').find(({ type }) => type === 'ANSWER'));
    before.close();
    const pid = asterisk.pid();
    await asterisk.kill();
    expect(asterisk.pid()).toBeUndefined();
    await asterisk.restart();
    expect(asterisk.pid()).not.toBe(pid);
    expect(recordOf(asterisk, 'cut').map(({ type }) => type)).toEqual(['CHAN_START', 'ANSWER']);
    const after = await bareAri(asterisk, 'second');
    await after.call('next', '+919800000001');
    await after.event((event) => event.type === 'ChannelDestroyed' && event.channel?.id === 'next');
    after.close();
  });

  test('a paused one does not answer, and does when it goes on', async ({ skip }) => {
    if (!kit) return skip();
    const asterisk = await testAsterisk(kit, { phones: 9 });
    const ask = () =>
      fetch(`${asterisk.url}/ari/asterisk/ping`, { signal: AbortSignal.timeout(700) }).then(
        ({ status }) => status,
      );
    expect(await ask()).toBe(401);
    asterisk.pause();
    await expect(ask()).rejects.toThrow(/timeout/);
    asterisk.resume();
    expect(await ask()).toBe(401);
  });

  test('a record that was moved away is begun anew, without telling Asterisk', async ({ skip }) => {
    if (!kit) return skip();
    const phones = await testPhones(kit, { mute: true });
    const asterisk = await testAsterisk(kit, { phones: phones.sipPort });
    const ari = await bareAri(asterisk, 'moved');
    const ends = (id: string) =>
      until(() => recordOf(asterisk, id).find(({ type }) => type === 'HANGUP'), 5000).catch(() => undefined);
    await ari.call('old', '+919800000001');
    expect(await ends('old')).toBeDefined();
    renameSync(asterisk.callRecords, `${asterisk.callRecords}.1`);
    writeFileSync(asterisk.callRecords, '');
    await ari.call('new', '+919800000001');
    expect(await ends('new')).toBeDefined();
    expect(readFileSync(`${asterisk.callRecords}.1`, 'utf8')).not.toContain('"new"');
    ari.close();
  });

  test('a telephone with a voice of its own is heard to say it', async ({ skip }) => {
    if (!kit) return skip();
    const file = join(scratchDir(), 'long.ulaw');
    await speakUlaw(
      kit,
      'Thank you for calling. Our office is closed today, and opens on Monday at nine.',
      file,
    );
    const phones = await testPhones(kit, { voices: [{ digits: '777', file }] });
    const asterisk = await testAsterisk(kit, { phones: phones.sipPort });
    const ari = await bareAri(asterisk, 'voices');
    // Would hang up after two seconds by its last digit.
    await ari.call('own', '+919800000777');
    await ari.event((event) => event.type === 'Dial' && JSON.stringify(event).includes('"ANSWER"'));
    await ari.ask('POST', '/channels/own/continue?context=clarion-detect&extension=detect');
    const told = await ari.event((event) => event.type === 'StasisStart' && event.args?.[0] === 'detected');
    expect(told.args?.[1]).toBe('MACHINE');
    ari.close();
  });

  test('a server ends with the process that started it, even when that is killed', async ({ skip }) => {
    if (!kit) return skip();
    const dir = scratchDir();
    const script = join(dir, 'start.mts');
    const module = (name: string) =>
      JSON.stringify(new URL(`../../telephony/${name}.ts`, import.meta.url).href);
    writeFileSync(
      script,
      `import { startAsterisk } from ${module('asterisk')};
       import { findTelephony } from ${module('kit')};
       const kit = await findTelephony(() => {});
       const asterisk = await startAsterisk({ kit, dir: ${JSON.stringify(join(dir, 'a'))}, name: 'orphan', phones: 9 });
       (await import('node:fs')).writeSync(1, String(asterisk.pid()));
       process.kill(process.pid, 'SIGKILL');`,
    );
    const { stdout } = await run(process.execPath, ['--import', 'tsx', script]).catch((error) => error);
    expect(Number(stdout)).toBeGreaterThan(0);
    await until(() => (processIdentity(Number(stdout)) === undefined ? true : undefined), 5000);
  });
});
