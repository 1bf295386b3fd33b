/**
 * The environment, read once and checked. Only the mains (`worker/main.ts`, `api/main.ts`, `local/`) read
 * it; everything else is handed what it needs.
 */
import { z } from 'zod';

const port = z.coerce.number().int().min(1).max(65_535);

const environment = z.object({
  /** API and console. */
  PORT: port.default(8080),
  HOST: z.string().default('127.0.0.1'),
  CLARION_DATA_DIR: z.string().min(1).default('.clarion'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' }),
  TEMPORAL_ADDRESS: z.string().regex(/^[^:/\s]+:\d+$/, 'must be host:port'),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  /** Where operators look at workflows; only linked to. */
  TEMPORAL_UI_URL: z.url().optional(),
  /** 60 makes a simulated minute last a second; 0 means no waiting at all. */
  CLARION_SIMULATION_SPEED: z.coerce.number().min(0).max(1_000_000).default(10),
  /** Mail: an SES endpoint. Without one the AWS default of the region is used. */
  CLARION_SES_ENDPOINT: z.url().optional(),
  /** Where the mails of a local SES can be read; only linked to. */
  CLARION_INBOX_URL: z.url().optional(),
  AWS_REGION: z.string().default('us-east-1'),
  CLARION_MAIL_FROM: z.string().min(3).default('Clarion <clarion@localhost>'),
  /** Base of links in mails. */
  CLARION_PUBLIC_URL: z.url().optional(),
  CLARION_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** Which work this worker process takes: queues of `workflows/contract.ts`, comma separated. */
  CLARION_QUEUES: z
    .string()
    .default('requests,ingest,voice,sms,email')
    .transform((list) => list.split(',').map((name) => name.trim()))
    .pipe(z.array(z.enum(['requests', 'ingest', 'voice', 'sms', 'email'])).min(1)),
  /** Webhooks of flows may reach loopback and private addresses. For development alone. */
  CLARION_WEBHOOKS_PRIVATE: z.stringbool().default(false),
  /** Calls one worker process carries at once. */
  CLARION_VOICE_SLOTS: z.coerce.number().int().min(1).max(10_000).default(1000),
});

export type Config = z.infer<typeof environment>;

/** A setting of the environment is missing or wrong. The message names each variable, one a line. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/**
 * @param env usually `process.env`
 * @throws ConfigError naming every variable at fault
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  // A variable that is set to nothing counts as not set, as in shells and compose files.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    return given[name] === undefined
      ? `${name} is not set`
      : `${name} ${issue.message} (it is "${given[name]}")`;
  });
  throw new ConfigError([...new Set(lines)].join('\n'));
}
