/** Both registers keep the contract; the one over HTTP keeps its limits, and its word when the service is away. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { findRegistered } from '../../../db/queries/register.ts';
import { readAnswers, writeAnswers } from '../../../db/queries/register-answers.ts';
import type { RegisterEntry } from '../../../domain/register.ts';
import { httpRegister } from '../../../providers/register/http.ts';
import { readHttpRegister } from '../../../providers/register/http-settings.ts';
import { localRegister } from '../../../providers/register/local-table.ts';
import { registerContract } from '../../contract/register-provider.ts';
import { testAccount, testDatabase } from '../../support/database.ts';
import { putOnRegister } from '../../support/register.ts';

const db = await testDatabase();
const local = localRegister((question) => findRegistered(db, question));

describe('the local table', () => {
  registerContract(async (entries) => {
    const accountId = await testAccount(db);
    for (const [number, entry] of entries) await putOnRegister(db, accountId, [number], entry);
    return { register: local, accountId };
  });
});

interface Asked {
  method: string;
  url: string;
  authorization: string | undefined;
  numbers: string[];
}

/** A register on a port, that answers as one does which people run. */
async function service(entries: ReadonlyMap<string, RegisterEntry>) {
  const asked: Asked[] = [];
  const faults: ((response: ServerResponse) => void)[] = [];
  const shown = (number: string) => {
    const entry = entries.get(number);
    const clock = (minute: number | null | undefined) =>
      minute == null ? undefined : `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
    const bits = (mask: number | null | undefined) =>
      [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => ((mask ?? 0) >> bit) & 1);
    return {
      msisdn: number.slice(1),
      dnd: entry ? 'Y' : 'N',
      ...(entry && {
        refuses: bits(entry.categories),
        hours: { from: clock(entry.fromMinute), to: clock(entry.toMinute) },
      }),
      ...(entry?.days && { days: bits(entry.days).join(',') }),
    };
  };
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const numbers: string[] =
      request.method === 'POST'
        ? JSON.parse(body).numbers
        : [decodeURIComponent(request.url?.split('/').at(-1) ?? '')];
    asked.push({
      method: request.method ?? '',
      url: request.url ?? '',
      authorization: request.headers.authorization,
      numbers,
    });
    const fault = faults.shift();
    if (fault) return fault(response);
    const plus = numbers.map((number) => (number.startsWith('+') ? number : `+${number}`));
    response.setHeader('content-type', 'application/json');
    const reply =
      request.method === 'POST'
        ? { asOf: 'r7', result: { items: plus.map(shown) } }
        : { asOf: 'r7', ...shown(plus[0] ?? '') };
    response.end(JSON.stringify(reply));
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, faults };
}

const shape = {
  registered: 'dnd',
  registeredValues: ['Y'],
  categories: 'refuses',
  preferredFrom: 'hours.from',
  preferredTo: 'hours.to',
  preferredDays: 'days',
  version: 'asOf',
};
const batch = { method: 'POST', answer: { ...shape, list: 'result.items', number: 'msisdn' } };

/** How the settings name a variable of the environment. */
const variable = (name: string): string => `$\{${name}}`;

function registerAt(url: string, over: object = {}, now: () => Date = () => new Date()) {
  const given = {
    url,
    requestsPerSecond: 10_000,
    headers: { authorization: `Bearer ${variable('DND_TOKEN')}` },
    ...over,
  };
  return httpRegister({
    settings: readHttpRegister(JSON.stringify(given), { DND_TOKEN: 'secret-7' }),
    cache: { read: (input) => readAnswers(db, input), write: (answers) => writeAnswers(db, answers) },
    own: local,
    now,
  });
}

const forget = () => db.sql`delete from register_answers`;

describe('a service that is asked about many at once', () => {
  registerContract(async (entries) => {
    await forget();
    const { url } = await service(entries);
    return { register: registerAt(`${url}/batch`, batch), accountId: await testAccount(db) };
  });
});

describe('a service that is asked about one at a time', () => {
  registerContract(async (entries) => {
    await forget();
    const { url } = await service(entries);
    const over = { answer: shape, numberFormat: 'digits', concurrency: 20 };
    return { register: registerAt(`${url}/v1/{number}`, over), accountId: await testAccount(db) };
  });
});

const REGISTERED = '+919876543210';
const FREE = '+919876543211';
const holds = new Map([[REGISTERED, { categories: 1, fromMinute: null, toMinute: null, days: null }]]);

async function asked(over: object = {}, now?: () => Date) {
  await forget();
  const http = await service(holds);
  const register = registerAt(`${http.url}/batch`, { ...batch, ...over }, now);
  const accountId = await testAccount(db);
  const lookUp = async (...numbers: string[]) => {
    const answer = await register.lookUp(accountId, numbers);
    return { ...answer, on: [...answer.entries.keys()].sort() };
  };
  return { ...http, accountId, lookUp };
}

const away = (response: ServerResponse): void => {
  response.statusCode = 503;
  response.end('no');
};

describe('answers of a service', () => {
  it('are asked for with the secret of the environment, in batches, and kept until they expire', async () => {
    let now = Date.now();
    const { lookUp, asked: requests } = await asked({ batchSize: 2, cacheMs: 60_000 }, () => new Date(now));
    expect((await lookUp(REGISTERED, FREE, '+919876543212')).on).toEqual([REGISTERED]);
    expect(requests.map(({ numbers }) => numbers.length)).toEqual([2, 1]);
    expect(requests[0]).toMatchObject({ method: 'POST', authorization: 'Bearer secret-7' });
    const again = await lookUp(REGISTERED, FREE);
    expect(again).toMatchObject({ on: [REGISTERED], version: 'r7', unanswered: 0, oldest: new Date(now) });
    expect(requests).toHaveLength(2);
    now += 60_001;
    await lookUp(REGISTERED);
    expect(requests).toHaveLength(3);
  });

  it('are joined by what the account has loaded itself', async () => {
    const { lookUp, accountId } = await asked();
    await putOnRegister(db, accountId, [FREE]);
    const { on, version } = await lookUp(REGISTERED, FREE);
    expect(on).toEqual([REGISTERED, FREE].sort());
    expect(version).toMatch(/^account \d+, r7$/);
  });
});

describe('a service that does not answer', () => {
  it.each([
    ['block', [FREE, REGISTERED].sort()],
    ['allow', []],
  ])('leaves it to the policy: %s; and is asked again soon', async (onFailure, on) => {
    let now = Date.now();
    const over = { onFailure, failureCacheMs: 10_000 };
    const { lookUp, faults, asked: requests } = await asked(over, () => new Date(now));
    faults.push(away, away);
    expect(await lookUp(REGISTERED, FREE)).toMatchObject({ on, unanswered: 2, version: null });
    expect(requests).toHaveLength(2);
    expect((await lookUp(FREE)).unanswered).toBe(1);
    now += 10_001;
    expect(await lookUp(REGISTERED, FREE)).toMatchObject({ on: [REGISTERED], unanswered: 0 });
  });

  it('once, is asked once more before that counts', async () => {
    const { lookUp, faults } = await asked();
    faults.push(away);
    expect(await lookUp(REGISTERED, FREE)).toMatchObject({ on: [REGISTERED], unanswered: 0 });
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ['never ends', () => {}],
    ['is no JSON', (response) => void response.end('<html>')],
    ['has no list', (response) => void response.end('{"result":{}}')],
    [
      'leaves a number out',
      (response) => void response.end('{"result":{"items":[{"msisdn":"919876543210","dnd":"N"}]}}'),
    ],
    [
      'does not say whether',
      (response) => void response.end('{"result":{"items":[{"msisdn":"919876543211"}]}}'),
    ],
    ['breaks off', (response) => void response.destroy()],
    [
      'leads elsewhere',
      (response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    ],
  ])('as its settings say counts as silent: the reply %s', async (_, fault) => {
    const { lookUp, faults } = await asked({ timeoutMs: 150 });
    faults.push(fault, fault);
    expect(await lookUp(FREE)).toMatchObject({ on: [FREE], unanswered: 1 });
  });

  it('again and again, is left alone for a while', async () => {
    let now = Date.now();
    const over = {
      batchSize: 1,
      concurrency: 1,
      failureCacheMs: 1_000,
      breaker: { failures: 3, pauseMs: 5_000 },
    };
    const { lookUp, faults, asked: requests } = await asked(over, () => new Date(now));
    faults.push(away, away, away);
    const numbers = Array.from({ length: 20 }, (_, index) => `+9198765432${10 + index}`);
    expect(await lookUp(...numbers)).toMatchObject({ unanswered: 20 });
    expect(requests).toHaveLength(3);
    now += 1_001;
    expect(await lookUp(FREE)).toMatchObject({ unanswered: 1 });
    expect(requests).toHaveLength(3);
    now += 5_000;
    expect(await lookUp(FREE)).toMatchObject({ on: [], unanswered: 0 });
  });
});

describe('settings of a service', () => {
  it.each([
    ['{', 'not JSON'],
    ['{"url":"ftp://a/{number}"}', 'url: must be an http or https URL'],
    ['{"url":"https://a/"}', 'url: must hold {number}'],
    ['{"url":"https://a/{number}","onFailure":"guess"}', 'onFailure'],
    ['{"url":"https://a/{number}","cache":5}', 'cache'],
    [
      `{"url":"https://a/{number}","headers":{"x-key":"${variable('NOT_SET')}"}}`,
      'x-key of the HTTP register needs the variable NOT_SET',
    ],
  ])('that are wrong say where: %s', (text, message) => {
    expect(() => readHttpRegister(text, {})).toThrow(message);
  });
});
