/** `npm run telephony` as a user has it: the whole stack with a real Asterisk, from the API to the telephone. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { runDoctor } from '../../local/doctor.ts';
import { freePort } from '../../local/ports.ts';
import { isAlive, signalProcess, stackProcesses } from '../../local/processes.ts';
import { readInvites } from '../../telephony/phones.ts';
import { telephonyKit } from '../support/telephony.ts';

const { kit } = await telephonyKit();
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const START_LIMIT_MS = 120_000;
const handoverSchema = z.object({
  url: z.string(),
  apiKey: z.string(),
  ariUrl: z.string(),
  ariUser: z.string(),
  ariPassword: z.string(),
  sipPort: z.number(),
  phonesSipPort: z.number(),
  softphonePassword: z.string(),
  callRecords: z.string(),
  phonesDir: z.string(),
});
type Handover = z.infer<typeof handoverSchema>;

describe.skipIf(!kit)('npm run telephony', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'clarion-telephony-'));
  let stack: ChildProcess;
  let at: Handover;

  beforeAll(async () => {
    if (!kit) return;
    const { DATABASE_URL: _, TEMPORAL_ADDRESS: __, npm_lifecycle_event: ___, ...env } = process.env;
    let output = '';
    stack = spawn(process.execPath, ['local/start.mjs', '--telephony'], {
      cwd: ROOT,
      env: { ...env, CLARION_DATA_DIR: dataDir, PORT: String(await freePort()) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    stack.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    const deadline = Date.now() + START_LIMIT_MS;
    while (!output.includes('register a SIP softphone')) {
      if (stack.exitCode !== null || Date.now() > deadline) throw new Error(`not ready: ${output}`);
      await sleep(50);
    }
    at = handoverSchema.parse(JSON.parse(readFileSync(join(dataDir, 'local.json'), 'utf8')));
  }, START_LIMIT_MS);

  afterAll(() => {
    for (const { pid } of stackProcesses(dataDir)) signalProcess(pid, 'SIGKILL');
    if (stack?.exitCode === null) stack.kill('SIGKILL');
    rmSync(dataDir, { recursive: true, force: true });
  });

  const ask = async (path: string, body?: object): Promise<Record<string, unknown>> => {
    const reply = await fetch(`${at.url}/api/v1${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        authorization: `Bearer ${at.apiKey}`,
        ...(body ? { 'content-type': 'application/json', 'idempotency-key': 'one' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return (await reply.json()) as Record<string, unknown>;
  };

  test('a person of a request is really called, once, and the network answers for the outcome', async () => {
    const order = { flowName: 'demo-survey', records: [{ number: '+919800000004' }] };
    const { requests } = z
      .object({ requests: z.array(z.object({ id: z.unknown() })) })
      .parse(await ask('/requests', order));
    const path = `/requests/${String(requests[0]?.id)}`;
    const deadline = Date.now() + 60_000;
    while ((await ask(path)).status !== 'COMPLETED' && Date.now() < deadline) await sleep(200);
    expect(await ask(path)).toMatchObject({ status: 'COMPLETED', outcomes: { INVALID: 1 } });
    expect(readInvites(at.phonesDir).map(({ called }) => called)).toEqual(['+919800000004']);
    expect(readFileSync(at.callRecords, 'utf8')).toContain('"HANGUP"');
  });

  test('the doctor finds the telephone server well', async () => {
    const { checks } = await runDoctor({ env: { CLARION_DATA_DIR: dataDir }, fix: false });
    expect(checks.find(({ name }) => name === 'Telephony')).toMatchObject({ ok: true });
  });

  test('an Asterisk that dies is started again, with the same address', async () => {
    const before = stackProcesses(dataDir).find(({ part }) => part === 'asterisk');
    signalProcess(before?.pid ?? 0, 'SIGKILL');
    const ping = () =>
      fetch(`${at.ariUrl}/ari/asterisk/ping`).then(
        ({ status }) => status,
        () => 0,
      );
    const deadline = Date.now() + 30_000;
    while (stackProcesses(dataDir).some(({ pid }) => pid === before?.pid) && Date.now() < deadline)
      await sleep(20);
    while ((await ping()) !== 401 && Date.now() < deadline) await sleep(50);
    expect(await ping()).toBe(401);
  });

  test('everything ends with it', async () => {
    const all = stackProcesses(dataDir);
    expect(all.map(({ part }) => part)).toEqual(expect.arrayContaining(['asterisk', 'phones']));
    const ended = new Promise((resolve) => stack.once('close', resolve));
    stack.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(all.filter(({ pid }) => isAlive(pid))).toEqual([]);
    expect(existsSync(join(dataDir, 'local.json'))).toBe(false);
  });
});
