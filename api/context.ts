/** What the API is handed when it starts, and what it knows about each call. */

import type { Readable } from 'node:stream';
import type { Database } from '../db/client.ts';
import type { Account } from '../db/queries/accounts.ts';
import type { RegisterImport } from '../db/queries/register-load.ts';
import type { BlacklistRules } from '../domain/blacklist-file.ts';
import type { PeopleGroup } from '../domain/forecast/facts.ts';
import type { RowResult } from '../domain/outcome.ts';
import type { RegisterEntry } from '../domain/register.ts';
import type { Role } from '../domain/role.ts';
import type { RowRules } from '../domain/row.ts';
import type { TariffRate } from '../domain/tariff.ts';
import type { Logger } from '../log.ts';
import type { Storage } from '../providers/storage/storage.ts';
import type { ClientAddress } from './client-address.ts';
import type { Console } from './console.ts';
import type { Session } from './sign-in/library.ts';

export interface Deps {
  db: Database;
  /** Where uploads go until they are ingested. */
  storage: Storage;
  /** Tells a request's workflow to look at the database. May fail: the sweeper tells again. */
  notify(requestId: number): Promise<void>;
  /** Loads a file of numbers into a do-not-call register. @throws ListRejected, RegisterRefused */
  importRegister(
    db: Database,
    file: {
      accountId: number;
      fileName: string;
      country: string;
      content: Readable;
      mode: 'FULL' | 'UPDATE';
      operation: 'ADD' | 'REMOVE';
      allowShrink: boolean;
    },
  ): Promise<RegisterImport>;
  /** Loads a file into the blacklist, in the transaction it is given. @throws ListRejected when it cannot be used */
  importBlacklist(
    tx: Database,
    file: BlacklistRules & { accountId: number; content: Readable },
  ): Promise<{
    added: number;
    updated: number;
    rejected: number;
    firstRejected: { row: number; message: string }[];
  }>;
  /** Reads a list as a launch would, and stores nothing. @throws ListRejected for one that would be turned away whole */
  surveyList(input: {
    accountId: number;
    source:
      | { upload: { key: string; format: 'csv' | 'zip' } }
      | {
          records: readonly {
            number: string;
            variables: Record<string, string>;
            timeZone?: string | undefined;
          }[];
        };
    rules: RowRules;
    phoneColumn: string | null;
    declared: readonly string[];
    rates: readonly TariffRate[];
  }): Promise<{
    loaded: number;
    rejected: { result: RowResult; count: number; rows: number[] }[];
    people: PeopleGroup[];
    recognised: {
      phoneColumn: string;
      zoneColumn: string | null;
      headless: boolean;
      variables: string[];
    } | null;
    sample: {
      row: number;
      given: string;
      number: string | null;
      result: RowResult;
      detail: string | null;
      variables: Record<string, string>;
    }[];
  }>;
  /** Asks the do-not-call registers that apply to an account. */
  register: {
    /** Kept with every scrub. */
    readonly name: string;
    /** Its answers come from a service; it has connections of its own. Absent: no. */
    readonly asksOutside?: boolean;
    lookUp(
      accountId: number,
      numbers: readonly string[],
    ): Promise<{ entries: Map<string, RegisterEntry[]>; version: string | null }>;
  };
  /** Sound files that people send in, and what browsers play of them. */
  sound: {
    take(
      data: Uint8Array,
    ): Promise<
      | { kind: 'TAKEN'; format: 'mp3' | 'wav'; ulaw: Buffer; durationMs: number }
      | { kind: 'REFUSED'; why: string }
    >;
    /** G.711 u-law as a WAV file. */
    asWav(ulaw: Buffer): Buffer;
  };
  /** Lists by mail. Absent: none are taken. */
  mailIn?: {
    /** Domain of the accounts' addresses. */
    domain: string;
    /** Takes what SNS posts about mails. Absent: mail comes by SMTP alone. */
    takeNotification?: ((body: string) => Promise<'TAKEN' | 'FORGED'>) | undefined;
  };
  /** Who calls when proxies stand in between. Absent: no proxy is trusted. */
  clientAddress?: ClientAddress;
  /** Whether Temporal answers. */
  temporalReady(): Promise<boolean>;
  log: Logger;
  /** Signs the cookies of sessions and encrypts second factors: 32 characters or more, the same in every process. */
  secret: string;
  /** Where people reach the API and the console. */
  publicUrl?: string;
  /** The built console; absent where it has not been built. */
  console?: Console;
  /** Where people look further. */
  links: { temporalUi?: string; inbox?: string };
}

/** Who is calling. */
export interface Caller {
  /** One of the two: a program's key, or a person's session. */
  keyId: number | undefined;
  session: Session | undefined;
  /** `key:<id>` or `user:<id>`, as audit entries and `createdBy` name it. */
  actor: string;
  scopes: readonly string[];
  operations: boolean;
  /** The role of a session's user in the account; absent for keys, and for operations who do not belong to it. */
  role: Role | undefined;
  /** The account acted for. Absent for operations that named none. */
  account: Account | undefined;
  /** The caller's network address, where the server knows it. */
  address: string | undefined;
  /** Host of the page that makes the call; absent when it names none, empty when it cannot be read. */
  site: string | undefined;
}

/** Hono's variables: set by the first middleware, read by the last. */
export interface Env {
  Variables: {
    requestId: string;
    /** The path's template, such as `/api/v1/requests/{id}`: for logs and metrics, which hold no values. */
    route: string | undefined;
    keyId: number | undefined;
    userId: number | undefined;
    /** `Content-Security-Policy` where it is not the common one. */
    policy: string | undefined;
    /** Cookies of the session to send back. */
    cookies: readonly string[] | undefined;
    accountId: number | undefined;
  };
  /** The Node server's own objects, where there is one (`app.request` in tests has none). */
  Bindings: { incoming?: { socket?: { remoteAddress?: string } } };
}
