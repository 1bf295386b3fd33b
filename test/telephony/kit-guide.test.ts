/** The lines to carriers in docs/telephony.md are real: Asterisk takes them as they are written there. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { telephonyKit, testAsterisk } from '../support/telephony.ts';

const { kit } = await telephonyKit();
const GUIDE = fileURLToPath(new URL('../../docs/telephony.md', import.meta.url));

describe.skipIf(!kit)('docs/telephony.md', () => {
  const dir = mkdtempSync(join(tmpdir(), 'clarion-tel-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  test('its examples of lines load without a complaint, each as an endpoint', async ({ skip }) => {
    if (!kit) return skip();
    const examples = [...readFileSync(GUIDE, 'utf8').matchAll(/```ini\n; (carriers\/\w+\.conf)\n(.*?)```/gs)];
    expect(examples).toHaveLength(2);
    mkdirSync(join(dir, 'carriers'));
    // Names would be looked up, and registered at: nobody is asked here.
    const atHome = (text: string) =>
      text
        .replace(/(sip:|@)sip\.alpha\.example/g, '$1127.0.0.1:9')
        .replaceAll('sip.alpha.example', '127.0.0.1');
    for (const [, path = '', text = ''] of examples) writeFileSync(join(dir, path), atHome(text));
    const asterisk = await testAsterisk(kit, { dir, phones: 9 });
    const authorization = `Basic ${Buffer.from(`${asterisk.user}:${asterisk.password}`).toString('base64')}`;
    const reply = await fetch(`${asterisk.url}/ari/endpoints/PJSIP`, { headers: { authorization } });
    const names = ((await reply.json()) as { resource: string }[]).map(({ resource }) => resource);
    expect(names.sort()).toEqual(['alpha-sip', 'beta-sip', 'softphone', 'trunk']);
    const complaints = readFileSync(asterisk.messages, 'utf8').split('\n');
    expect(complaints.filter((line) => /ERROR|WARNING/.test(line) && !line.includes('musiconhold'))).toEqual(
      [],
    );
  });
});
