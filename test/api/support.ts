/** The API on a real database and real storage, as its tests call it. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll } from 'vitest';
import { importBlacklist } from '../../activities/import-blacklist.ts';
import { importRegister } from '../../activities/import-register.ts';
import { createSurveyList } from '../../activities/survey-list.ts';
import { createApp, type Deps } from '../../api/app.ts';
import { makeKey } from '../../api/auth.ts';
import type { Database } from '../../db/client.ts';
import { createApiKey } from '../../db/queries/api-keys.ts';
import { approveFlow, createFlow, publishFlow } from '../../db/queries/flows.ts';
import { findRegistered } from '../../db/queries/register.ts';
import { flowDefinition } from '../../domain/flow/schema.ts';
import type { FlowType } from '../../domain/outcome.ts';
import { localRegister } from '../../providers/register/local-table.ts';
import { createSoundIntake } from '../../providers/speech/intake.ts';
import { localFiles } from '../../providers/storage/local-files.ts';
import { testAccount, testDatabase } from '../support/database.ts';

/** A flow that greets and hangs up. `name` is declared, and required if asked for. */
export const definition = (over: Record<string, unknown> = {}) => ({
  schemaVersion: 1,
  start: 'begin',
  widgets: {
    begin: { type: 'start', next: 'greet' },
    greet: {
      type: 'text-to-speech',
      text: 'Hello $flow.key.name',
      next: 'bye',
    },
    bye: { type: 'hang-up' },
  },
  variables: [{ name: 'name' }],
  ...over,
});

/** Replies are looked into freely by tests, which say what they expect. */
export type Reply = ReturnType<typeof JSON.parse>;

export interface Caller {
  accountId: number;
  key: string;
  /** Calls the API below `/api/v1`. A plain object as `json` is sent as JSON. */
  call(
    method: string,
    path: string,
    options?: { json?: unknown; form?: FormData; headers?: Record<string, string> },
  ): Promise<Response>;
  /** The same, and its reply as JSON. */
  json(method: string, path: string, json?: unknown, headers?: Record<string, string>): Promise<Reply>;
}

/** What the API is handed in tests, on a database and a folder of their own. */
export function apiDeps(db: Database, directory: string): Deps {
  const sound = createSoundIntake();
  afterAll(() => sound.close());
  const storage = localFiles(directory);
  const register = localRegister((question) => findRegistered(db, question));
  return {
    db,
    storage,
    notify: async () => {},
    importRegister,
    importBlacklist,
    surveyList: createSurveyList({ db, storage, register }),
    register,
    sound,
    temporalReady: async () => true,
    log: pino({ level: process.env.CLARION_TEST_LOG ?? 'silent' }),
    secret: 'a secret of tests that is long enough',
    links: { temporalUi: 'http://127.0.0.1:8233', inbox: 'http://127.0.0.1:8005' },
  };
}

export async function testApi(over: Partial<Deps> = {}) {
  const db = await testDatabase();
  const directory = await mkdtemp(join(tmpdir(), 'clarion-api-'));
  afterAll(() => rm(directory, { recursive: true, force: true }));
  const notified: number[] = [];
  const logged: string[] = [];
  const deps: Deps = {
    ...apiDeps(db, directory),
    notify: async (requestId) => {
      notified.push(requestId);
    },
    log: pino({ level: 'info' }, { write: (line: string) => logged.push(line) }),
    ...over,
  };
  const app = createApp(deps);

  async function callerWith(accountId: number | null, scopes: string[], header = {}): Promise<Caller> {
    const { key, prefix, hash } = makeKey();
    await createApiKey(db, { accountId, name: 'test', prefix, hash, scopes });
    const call: Caller['call'] = async (method, path, { json, form, headers } = {}) =>
      app.request(`/api/v1${path}`, {
        method,
        headers: {
          Authorization: `Bearer ${key}`,
          ...(json !== undefined && { 'content-type': 'application/json' }),
          ...header,
          ...headers,
        },
        ...(json !== undefined && { body: typeof json === 'string' ? json : JSON.stringify(json) }),
        ...(form && { body: form }),
      });
    return {
      accountId: accountId ?? 0,
      key,
      call,
      json: async (method, path, json, headers): Promise<Reply> =>
        (await call(method, path, { json, ...(headers && { headers }) })).json(),
    };
  }

  return {
    app,
    db,
    deps,
    directory,
    notified,
    logged,
    callerWith,
    /** A new account with a key of all scopes. */
    async caller(scopes = ['*'], account: Parameters<typeof testAccount>[1] = {}): Promise<Caller> {
      return callerWith(await testAccount(db, account), scopes);
    },
    /** A key of operations that acts for an account. */
    operations: (accountId?: number) =>
      callerWith(null, ['*'], accountId === undefined ? {} : { 'X-Account-Id': String(accountId) }),
    /** A published flow. Returns its id. */
    async flow(
      accountId: number,
      input: {
        name?: string;
        type?: FlowType;
        transactional?: boolean;
        definition?: unknown;
        published?: boolean;
        approved?: boolean;
      } = {},
    ): Promise<number> {
      const draft = input.definition ?? definition();
      const { name = `flow-${randomBytes(4).toString('hex')}`, type = 'outbound' } = input;
      const made = await createFlow(db, {
        accountId,
        name,
        type,
        draft,
        transactional: input.transactional ?? false,
      });
      if (!made) throw new Error(`no flow ${name}`);
      if (input.published === false) return made.id;
      const { version } = await publishFlow(db, {
        accountId,
        flowId: made.id,
        definition: flowDefinition.parse(draft),
        publishedBy: 'system',
      });
      if (input.approved) await approveFlow(db, { accountId, flowId: made.id, version });
      return made.id;
    },
  };
}

/** A form with files, and fields. */
export function formWith(
  files: Record<string, string | Uint8Array<ArrayBuffer>>,
  fields: Record<string, string> = {},
): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const [name, content] of Object.entries(files)) form.append('files', new File([content], name));
  return form;
}
