/** People who sign in, as tests of the API need them: a browser's jar of cookies, and users with passwords. */
import { createHmac } from 'node:crypto';
import { hashPassword } from '../../db/password-hash.ts';
import { addMembership, ensureUser, setPassword } from '../../db/queries/users.ts';
import type { Role } from '../../domain/role.ts';
import type { Reply, testApi } from './support.ts';

export const PASSWORD = 'correct horse battery';
/** Made once: each hash costs a third of a second. */
const PASSWORD_HASH = hashPassword(PASSWORD);

let lastPerson = 0;
let lastAddress = 0;

type Api = Awaited<ReturnType<typeof testApi>>;

/** A user with a password, and a role in an account where one is named. */
export async function person(
  api: Pick<Api, 'db'>,
  input: { accountId?: number; role?: Role; operations?: boolean } = {},
): Promise<{ id: number; email: string }> {
  const email = `person-${++lastPerson}@example.com`;
  const { id } = await ensureUser(api.db, { email, name: `Person ${lastPerson}` });
  const { accountId, role = 'owner' } = input;
  if (accountId !== undefined) await addMembership(api.db, { userId: id, accountId, role });
  if (input.operations) await api.db.sql`update users set operations = true where id = ${id}`;
  await setPassword(api.db, { userId: id, passwordHash: await PASSWORD_HASH, emailProved: true });
  return { id, email };
}

/** A browser on a page of the console: keeps cookies, and says where its calls come from. */
export function browser(api: Pick<Api, 'app'>) {
  // An address of its own: limits by address are for one browser each.
  const remoteAddress = `198.51.${lastAddress >> 8}.${lastAddress++ & 255}`;
  const jar = new Map<string, string>();
  const call = async (
    method: string,
    path: string,
    json?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> => {
    const init = {
      method,
      headers: {
        host: 'console.test',
        ...(method !== 'GET' && { origin: 'http://console.test' }),
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...(jar.size > 0 && { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') }),
        ...headers,
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
    };
    const response = await api.app.request(`/api/v1${path}`, init, {
      incoming: { socket: { remoteAddress } },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '' || /max-age=0/i.test(cookie)) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  };
  return {
    jar,
    call,
    json: async (method: string, path: string, json?: unknown, headers?: Record<string, string>) => {
      const response = await call(method, path, json, headers);
      return (response.status === 204 ? undefined : await response.json()) as Reply;
    },
    signIn: (email: string, password = PASSWORD) => call('POST', '/session', { email, password }),
  };
}

/** The code of an authenticator app (RFC 6238: SHA-1, six digits, 30 seconds) from an `otpauth://` URI. */
export function codeOf(uri: string, at = Date.now()): string {
  const text = new URL(uri).searchParams.get('secret') ?? '';
  const bits = [...text.replace(/=+$/, '')]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from(bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? []);
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac('sha1', key).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7f_ff_ff_ff) % 1_000_000).padStart(6, '0');
}
