/** The compose service's start, tried without a container: the same script, the same templates, Debian's Asterisk. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { freePort } from '../../local/ports.ts';
import { freeUdpPort } from '../../telephony/free-ports.ts';
import type { TelephonyKit } from '../../telephony/kit.ts';
import { scratchDir } from '../support/scratch-dir.ts';
import { telephonyKit } from '../support/telephony.ts';

const { kit } = await telephonyKit();
const SCRIPT = fileURLToPath(new URL('../../telephony/entrypoint.sh', import.meta.url));
const TEMPLATES = fileURLToPath(new URL('../../telephony/asterisk', import.meta.url));
// A sed or a shell would make something else of it.
const PASSWORD = 'a&b|c/d$e';
const CARRIER = '[acme]\ntype=endpoint\naors=acme\ndisallow=all\nallow=ulaw\n[acme]\ntype=aor\n';

describe.skipIf(!kit)('the start of the Asterisk container', () => {
  const dir = scratchDir();
  let child: ChildProcess | undefined;
  afterAll(() => void child?.kill('SIGKILL'));

  function start(theKit: TelephonyKit, env: Record<string, string>): ChildProcess {
    for (const name of ['carriers', 'records']) mkdirSync(join(dir, name), { recursive: true });
    writeFileSync(join(dir, 'carriers/acme.conf'), CARRIER);
    const { modulesDir, dataDir, asterisk } = theKit;
    return spawn('sh', [SCRIPT], {
      env: {
        PATH: process.env.PATH,
        TEMPLATES,
        ROOT: join(dir, 'a'),
        CARRIERS: join(dir, 'carriers'),
        CALL_RECORDS: join(dir, 'records'),
        MODULES_DIR: modulesDir,
        DATA_DIR: dataDir,
        ASTERISK: asterisk,
        ...env,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  }

  test('fills every word in, takes the operator’s carriers, and Asterisk answers to the password', async ({
    skip,
  }) => {
    if (!kit) return skip();
    const [ari, sip] = [await freePort(), await freeUdpPort()];
    child = start(kit, {
      ...{ ARI_PASSWORD: PASSWORD, ARI_PORT: String(ari), SIP_PORT: String(sip) },
      ...{ SYSTEM_NAME: 'container-1', EXTERNAL_ADDRESS: '203.0.113.5' },
    });
    const authorization = `Basic ${Buffer.from(`clarion:${PASSWORD}`).toString('base64')}`;
    const ask = () =>
      fetch(`http://127.0.0.1:${ari}/ari/endpoints`, { headers: { authorization } })
        .then((reply) => reply.json())
        .catch(() => undefined);
    const deadline = Date.now() + 20_000;
    let endpoints: unknown = await ask();
    while (!Array.isArray(endpoints) && Date.now() < deadline) {
      await sleep(50);
      endpoints = await ask();
    }
    expect(endpoints).toEqual(
      expect.arrayContaining(['acme', 'softphone'].map((resource) => expect.objectContaining({ resource }))),
    );
    const etc = join(dir, 'a/etc');
    for (const name of readdirSync(etc).filter((entry) => entry.endsWith('.conf'))) {
      expect(readFileSync(join(etc, name), 'utf8'), name).not.toMatch(/@[A-Z_]+@/);
    }
    expect(readFileSync(join(etc, 'transport-udp.conf'), 'utf8')).toContain(
      'external_media_address=203.0.113.5',
    );
  });

  test('does not start without a password', async ({ skip }) => {
    if (!kit) return skip();
    const refused = start(kit, { ROOT: join(dir, 'b') });
    let words = '';
    refused.stderr?.setEncoding('utf8').on('data', (text: string) => {
      words += text;
    });
    expect(await new Promise((resolve) => refused.once('close', resolve))).not.toBe(0);
    expect(words).toContain('set CLARION_ASTERISK_PASSWORD');
  });
});
