/** Real calls through the whole engine: every ending, through the demo flows; recordings; calls to us. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { recordingName } from '../../domain/recording.ts';
import { localFiles } from '../../providers/storage/local-files.ts';
import { callIn } from '../../telephony/call-in.ts';
import type { TelephonyKit } from '../../telephony/kit.ts';
import { TONE_HERTZ, toneUlaw } from '../../telephony/voices.ts';
import { startFetching } from '../../worker/fetching.ts';
import { kitSounds, trunkOn } from '../support/asterisk-trunk.ts';
import { people, testFlow } from '../support/campaign.ts';
import { testAccount } from '../support/database.ts';
import { testEngine } from '../support/engine.ts';
import { scratchDir } from '../support/scratch-dir.ts';
import { telephonyKit, testAsterisk, testPhones } from '../support/telephony.ts';
import { testTrunk } from '../support/trunks.ts';
import { PROMPTED, RECORDED, REMARK, TRANSFERRED, TWO_KEYS } from './flows.ts';
import {
  decodeGsm,
  demoFlow,
  expectOneInviteEach,
  type LedgerCall,
  ledgerCalls,
  type Person,
  quartersOf,
  quickPolicy,
  storeRequest,
  widgetsOf,
} from './support.ts';

const { kit } = await telephonyKit();

/** Long after any question has begun, however slow the machine, and before it is given up. */
const PRESS_AFTER_MS = 8_000;

/** One Asterisk, telephones with and without a voice, and an engine whose calls they are. */
async function stage(theKit: TelephonyKit) {
  const dir = scratchDir();
  const phones = await testPhones(theKit, { pressAfterMs: PRESS_AFTER_MS });
  const mutes = await testPhones(theKit, { mute: true });
  const asterisk = await testAsterisk(theKit, { phones: phones.sipPort, lines: { mute: mutes.sipPort } });
  const sounds = kitSounds(theKit, asterisk, dir);
  const trunk = await trunkOn([asterisk], sounds);
  afterAll(async () => {
    await trunk.close();
    await sounds.close();
  });
  const engine = await testEngine({ voice: () => trunk, speed: 1 });
  const storage = localFiles(join(dir, 'storage'));
  const log = { info: () => {}, warn: () => {} } as never;
  afterAll(startFetching({ db: engine.database, trunk, storage, now: () => new Date(), log }));
  return {
    dir,
    phones,
    mutes,
    asterisk,
    engine,
    storageDir: join(dir, 'storage'),
    database: engine.database,
  };
}

describe.skipIf(!kit)('real calls', async () => {
  if (!kit) return;
  const { dir, phones, mutes, asterisk, engine, storageDir, database } = await stage(kit);
  const { sql } = database;

  /** Runs a request to its end; its calls by number. */
  async function runRequest(
    definition: Record<string, unknown>,
    persons: Person[],
    over: Parameters<typeof quickPolicy>[1] = {},
    accountId = engine.accountId,
  ) {
    const flowId = await testFlow(database, accountId, definition, `flow-${Math.random()}`);
    const policy = quickPolicy(definition, over);
    const requestId = await storeRequest(database, { accountId, flowId, policy, people: persons });
    await engine.notify(requestId);
    expect(await engine.finished(requestId)).toMatchObject({ status: 'COMPLETED', added: persons.length });
    const calls = await ledgerCalls(database, requestId);
    return {
      ...{ accountId, flowId, requestId, calls },
      of: (number: string): LedgerCall[] => calls.filter(({ address }) => address === number),
    };
  }
  const only = (calls: LedgerCall[]): LedgerCall => {
    expect(calls).toHaveLength(1);
    return calls[0] as LedgerCall;
  };

  /** Recordings of a call, once all are fetched. */
  const recordingsOf = (attemptId: string) =>
    engine.until(async () => {
      const rows = await sql<
        {
          kind: 'CALL' | 'RECORD' | 'PLAY_AND_RECORD';
          name: string;
          status: string;
          widget: string | null;
          startedAt: Date;
          durationMs: number;
          bytes: number;
          storageKey: string | null;
        }[]
      >`select kind, name, status, widget, started_at as "startedAt", duration_ms as "durationMs", bytes,
               storage_key as "storageKey"
        from recordings where attempt_id = ${attemptId} order by started_at, id`;
      return rows.every(({ status }) => status !== 'RECORDING') && rows;
    });
  const heard = (storageKey: string | null) => decodeGsm(kit, join(storageDir, storageKey ?? 'none'));

  describe.concurrent('at the same time', () => {
    test('a list of every ending through the survey: outcome, keys, journey and retries of each are right', async () => {
      const each = Array.from({ length: 9 }, (_, digit) => people(digit, 3, 10 + 10 * digit)).flat();
      const machines = people(9, 3, 110);
      const { calls, of, requestId } = await runRequest(
        demoFlow('demo-survey'),
        [...each, ...machines].map((number, n) => ({
          number,
          ...(n % 2 === 0 && { variables: { name: 'Asha', amount: '120' } }),
        })),
      );
      const asked = (number: string) =>
        [...each, ...machines].indexOf(number) % 2 === 0
          ? ['start', 'greet', 'has-amount', 'amount', 'question']
          : ['start', 'greet', 'has-amount', 'question'];
      const seen = (number: string) =>
        of(number).map((call) => [call.outcome, call.cause, call.keys, widgetsOf(call)]);
      const unanswered = (outcome: string, cause: unknown) => [outcome, cause, null, []];
      const silent = (number: string) => [
        'ANSWERED',
        '16 normal call clearing',
        null,
        [...asked(number), 'goodbye', 'end'],
      ];
      for (const number of people(0, 3, 10)) expect(seen(number)).toEqual([silent(number)]);
      const twice: [number, unknown[]][] = [
        [1, unanswered('BUSY', '17 user busy (SIP 486)')],
        [2, unanswered('NO_ANSWER', expect.stringMatching(/^19 no answer from user/))],
      ];
      for (const [digit, attempt] of twice) {
        for (const number of people(digit, 3, 10 + 10 * digit))
          expect(seen(number)).toEqual([attempt, attempt]);
      }
      for (const number of people(3, 3, 40))
        expect(seen(number)).toEqual([unanswered('DECLINED', '21 call rejected (SIP 603)')]);
      for (const number of people(4, 3, 50))
        expect(seen(number)).toEqual([unanswered('INVALID', '1 unallocated number (SIP 404)')]);
      for (const number of [...people(5, 3, 60), ...people(6, 3, 70)]) {
        const key = number.at(-2);
        expect(seen(number)).toEqual([
          ['ANSWERED', '16 normal call clearing', key, [...asked(number), 'thanks', 'end']],
        ]);
      }
      // They leave before anybody has begun to talk to them.
      for (const number of people(7, 3, 80)) expect(only(of(number)).outcome).toBe('ANSWERED');
      for (const number of people(8, 3, 90)) {
        expect(seen(number)).toEqual([
          unanswered('FAILED', '34 no circuit available (SIP 503)'),
          silent(number),
        ]);
      }
      // Without a branch for machines the call ends at once. How many are known is for `detection.test.ts` to say.
      const taken = machines.map((number) => only(of(number)));
      const told = taken.filter(({ outcome }) => outcome === 'MACHINE');
      for (const call of told) expect([call.keys, widgetsOf(call)]).toEqual([null, ['start']]);
      expect(told).not.toEqual([]);
      expect(calls.filter(({ outcome }) => outcome === null)).toEqual([]);
      expect(await engine.outcomes(requestId)).toEqual({
        ANSWERED: 15 + taken.length - told.length,
        BUSY: 3,
        NO_ANSWER: 3,
        DECLINED: 3,
        INVALID: 3,
        MACHINE: told.length,
      });
    }, 150_000);

    test('a machine is left the notice after its greeting; people confirm theirs', async () => {
      const machines = people(9, 3, 120);
      const persons = people(6, 2, 121);
      const { of } = await runRequest(
        demoFlow('demo-notice'),
        [...machines, ...persons].map((number) => ({ number, variables: { message: 'The water is off.' } })),
      );
      for (const number of machines) {
        const call = only(of(number));
        expect(call.outcome).toBe('MACHINE');
        expect(widgetsOf(call)).toEqual(['start', 'leave-notice', 'end']);
      }
      for (const number of persons) {
        const call = only(of(number));
        expect([call.outcome, call.keys]).toEqual(['ANSWERED', number.at(-2)]);
        expect(widgetsOf(call)).toEqual(['start', 'notice', 'acknowledge', 'thanks', 'end']);
      }
    });

    test('recordings of calls and people bear their names, play, and hold the tone that was hummed', async () => {
      const [hums = '', other = ''] = ['+919800014990', '+919800015990'];
      const { accountId, flowId, of } = await runRequest(RECORDED, [{ number: hums }, { number: other }]);
      for (const number of [hums, other]) {
        const call = only(of(number));
        expect(widgetsOf(call), JSON.stringify(call.entries)).toEqual([
          'start',
          'ask-name',
          'remark',
          'thanks',
          'bye',
        ]);
        const recordings = await recordingsOf(call.id);
        expect(recordings.map(({ kind, status }) => [kind, status])).toEqual([
          ['CALL', 'STORED'],
          ['PLAY_AND_RECORD', 'STORED'],
          ['RECORD', 'STORED'],
        ]);
        for (const { kind, name, widget, startedAt, storageKey, durationMs } of recordings) {
          const named = { kind, accountId, flowId, cli: '+912269000001', dnis: number, widget: 'ask-name' };
          expect(name).toBe(recordingName({ ...named, startMs: startedAt.getTime() }));
          expect(widget).toBe({ CALL: null, PLAY_AND_RECORD: 'ask-name', RECORD: 'remark' }[kind]);
          const samples = await heard(storageKey);
          expect(samples.length / 8).toBe(durationMs);
          const quarters = Math.floor(durationMs / 250);
          // The whole call has our own voice in it; the person alone does nothing but hum.
          const least = kind === 'CALL' ? 12 : Math.max(4, quarters - 4);
          expect([kind, quartersOf(samples, TONE_HERTZ) >= least, quarters]).toEqual([kind, true, quarters]);
        }
      }
    });

    test('a recording in which nothing was heard is named EMPTY, and the flow takes the branch for it', async () => {
      const accountId = await testAccount(database);
      await testTrunk(database, accountId, 'silent', { endpoint: 'mute', callerIds: ['+912269000002'] });
      const number = people(0, 1, 130)[0] ?? '';
      const { of } = await runRequest(REMARK, [{ number }], {}, accountId);
      const call = only(of(number));
      expect(widgetsOf(call)).toEqual(['start', 'remark', 'sorry', 'bye']);
      const [recording] = await recordingsOf(call.id);
      expect(recording).toMatchObject({
        kind: 'RECORD',
        status: 'EMPTY',
        durationMs: 0,
        bytes: 0,
        storageKey: null,
      });
      expect(recording?.name).toMatch(/^record_\d+_\d+_912269000002_919800001300_\d{13}\.gsm$/);
      expect((await mutes.invites()).map(({ called }) => called)).toEqual([number]);
    });

    test('an approved prompt is heard; one that waits for approval is left out, and the journey says so', async () => {
      const key = 'prompts/tone.ulaw';
      mkdirSync(join(storageDir, 'prompts'), { recursive: true });
      writeFileSync(join(storageDir, key), toneUlaw(1000, 3000, 0.3));
      for (const [name, status] of [
        ['a_tone', 'APPROVED'],
        ['a_secret', 'PENDING'],
      ] as const) {
        await sql`insert into prompts
        (account_id, name, tags, status, format, bytes, sha256, duration_ms, original_key, telephone_key, created_by)
        values (${engine.accountId}, ${name}, '{}', ${status}, 'wav', 24000, 'x', 3000, ${key}, ${key}, 'test')`;
      }
      const number = people(0, 1, 140)[0] ?? '';
      const { of } = await runRequest(PROMPTED, [{ number }]);
      const call = only(of(number));
      expect(call.entries.filter(({ event }) => event === 'PROMPT_MISSING')).toMatchObject([
        { widget: 'secret', data: { prompt: 'a_secret' } },
      ]);
      const [recording] = await recordingsOf(call.id);
      const quarters = quartersOf(await heard(recording?.storageKey ?? null), 1000);
      // Three seconds, once.
      expect(quarters).toBeGreaterThanOrEqual(9);
      expect(quarters).toBeLessThanOrEqual(12);
    });

    test('a transfer rings the other once, and the flow goes on by what became of that', async () => {
      const others = { leaves: '+919800002007', busy: '+919800002001', away: '+919800002002' };
      const persons = people(0, 3, 150).map((number, n) => ({
        number,
        variables: { to: Object.values(others)[n] ?? '' },
      }));
      const { of } = await runRequest(TRANSFERRED, persons);
      const expected = [
        ['back', 'ANSWERED', others.leaves],
        ['engaged', 'BUSY', others.busy],
        ['nobody', 'NO_ANSWER', others.away],
      ];
      for (const [n, [widget, outcome, to = '']] of expected.entries()) {
        const call = only(of(persons[n]?.number ?? ''));
        expect([call.outcome, widgetsOf(call)]).toEqual(['ANSWERED', ['start', 'connect', widget, 'bye']]);
        expect(only(of(to))).toMatchObject({ outcome, step: 1 });
      }
    });
  });

  describe('calls to us', () => {
    const did = '+912269000777';
    const call = (dialled: string, from: string, presses = '') =>
      callIn({
        ...{ kit, dir, asteriskSipPort: asterisk.sipPort, did: dialled, from, presses },
        firstPressAfterMs: 2_500,
      });
    const received = (from: string) => sql`
      select a.outcome, a.cause, a.keys, a.sender, a.answered_at, j.entries
      from attempts a left join journeys j on j.attempt_id = a.id
      where a.direction = 'in' and a.address = ${from} and a.settled_at is not null`;

    test('are answered by the flow of the number, hear their keys taken, and are in the ledger', async () => {
      const flowId = await testFlow(database, engine.accountId, TWO_KEYS, 'reception', 'inbound');
      await sql`update flows set transactional = false where id = ${flowId}`;
      await sql`insert into dids (account_id, number, flow_id) values (${engine.accountId}, ${did}, ${flowId})`;
      const from = '+919811111101';
      expect(await call(did, from, '42')).toMatchObject({ kind: 'ANSWERED', endedBy: 'US' });
      const [row] = await engine.until(async () => {
        const rows = await received(from);
        return rows.length > 0 && rows;
      });
      expect(row).toMatchObject({ outcome: 'ANSWERED', keys: '42', sender: did });
      expect(widgetsOf(row as unknown as LedgerCall)).toEqual(['start', 'ask', 'thanks', 'bye']);
    });

    test('of a blacklisted caller are refused before they are answered', async () => {
      const from = '+919811111102';
      await sql`insert into blacklist_phones (account_id, number) values (${engine.accountId}, ${from})`;
      expect(await call(did, from)).toMatchObject({ kind: 'REFUSED', status: 403 });
      expect(await received(from)).toMatchObject([
        { outcome: 'BLOCKED', cause: 'BLACKLISTED', answered_at: null, entries: null },
      ]);
    });

    test('to a number that is none of ours are refused, and leave nothing behind', async () => {
      const from = '+919811111103';
      expect(await call('+912269000778', from)).toMatchObject({ kind: 'REFUSED', status: 404 });
      expect(await sql`select 1 from attempts where address = ${from}`).toHaveLength(0);
    });
  });

  test('in all this, every call in the ledger rang one telephone once, and nothing else rang', async () => {
    await expectOneInviteEach(database, [phones, mutes]);
    expect(await sql`select 1 from open_attempts`).toHaveLength(0);
  });
});
