/**
 * The environment, read once and checked. Only the mains (`worker/main.ts`, `api/main.ts`, `local/`) read
 * it; everything else is handed what it needs.
 */
import { z } from 'zod';

const port = z.coerce.number().int().min(1).max(65_535);

const list = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(z.array(z.string().min(1)).min(1));

const environment = z
  .object({
    /** API and console. */
    PORT: port.default(8080),
    HOST: z.string().default('127.0.0.1'),
    /** Proxies whose `X-Forwarded-For` is believed: addresses and networks, comma separated. */
    CLARION_TRUSTED_PROXIES: list
      .pipe(
        z.array(
          z.union(
            [z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()],
            'must be addresses or networks, such as 10.0.0.0/8',
          ),
        ),
      )
      .optional(),
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
    /** Signs sessions and encrypts second factors. Needed by the API; the same in each of its processes, for good. */
    CLARION_SECRET: z.string().min(32, 'must have 32 characters or more').optional(),
    CLARION_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
    /** Which work this worker process takes: queues of `workflows/contract.ts`, comma separated. */
    CLARION_QUEUES: z
      .string()
      .default('requests,ingest,voice,sms,email')
      .transform((names) => names.split(',').map((name) => name.trim()))
      .pipe(z.array(z.enum(['requests', 'ingest', 'voice', 'sms', 'email'])).min(1)),
    /** Webhooks of flows may reach loopback and private addresses. For development alone. */
    CLARION_WEBHOOKS_PRIVATE: z.stringbool().default(false),
    /** Calls one worker process carries at once. */
    CLARION_VOICE_SLOTS: z.coerce.number().int().min(1).max(10_000).default(1000),
    /** Lists by mail: the domain of the accounts' addresses. Without it none are taken. */
    CLARION_MAIL_IN_DOMAIN: z
      .string()
      .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i, 'must be a domain, such as lists.example.com')
      .transform((domain) => domain.toLowerCase())
      .optional(),
    /** Where mail is taken by SMTP. Without a port it is not. */
    CLARION_MAIL_IN_PORT: port.optional(),
    CLARION_MAIL_IN_HOST: z.string().min(1).default('127.0.0.1'),
    /** PEM files for STARTTLS. */
    CLARION_MAIL_IN_TLS_CERT: z.string().min(1).optional(),
    CLARION_MAIL_IN_TLS_KEY: z.string().min(1).optional(),
    /** JSON file of names under .test, .example, .invalid, .localhost and .local, for trying it out. */
    CLARION_MAIL_IN_NAMES: z.string().min(1).optional(),
    /** Amazon SES: the topic it tells of mails on, and the bucket it puts them into. */
    CLARION_MAIL_IN_SNS_TOPIC: z
      .string()
      .regex(/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/, 'must be the ARN of an SNS topic')
      .optional(),
    CLARION_MAIL_IN_S3_BUCKET: z.string().min(3).max(63).optional(),
    /** An S3 other than AWS's own. */
    CLARION_MAIL_IN_S3_ENDPOINT: z.url().optional(),
    /** How long mails are kept after their verdict; what became of them is kept. */
    CLARION_MAIL_IN_KEEP_DAYS: z.coerce.number().int().min(0).max(3650).default(14),
    /** Where the do-not-call register is asked: the table loaded from its file, or a service over HTTP. */
    CLARION_REGISTER: z.enum(['local', 'http']).default('local'),
    /** JSON file that says how the service is asked. */
    CLARION_REGISTER_HTTP: z.string().min(1).optional(),
    /** By what calls are made: the simulated network, or Asterisk servers. */
    CLARION_VOICE: z.enum(['simulated', 'asterisk']).default('simulated'),
    /** ARI of each server, `http://host:8088`, comma separated. */
    CLARION_ASTERISK_URLS: list.pipe(z.array(z.url({ protocol: /^https?$/ }))).optional(),
    /** The same on every server. */
    CLARION_ASTERISK_USER: z.string().min(1).default('clarion'),
    CLARION_ASTERISK_PASSWORD: z.string().min(1).optional(),
    /** PJSIP endpoint of calls of accounts without a trunk of their own. */
    CLARION_ASTERISK_ENDPOINT: z.string().min(1).default('trunk'),
    /** Each server's `cel-custom/clarion.csv` as the worker sees it, in the order of the URLs. */
    CLARION_ASTERISK_CALL_RECORDS: list.optional(),
    /** Folder of sounds as the worker sees it, and as the servers do where that is another path. */
    CLARION_ASTERISK_SOUNDS: z.string().min(1).optional(),
    CLARION_ASTERISK_SOUNDS_THERE: z.string().min(1).optional(),
    /** Speech synthesiser: the program `espeak-ng`. */
    CLARION_ESPEAK: z.string().min(1).default('espeak-ng'),
  })
  .superRefine((given, context) => {
    if (given.CLARION_REGISTER === 'http' && given.CLARION_REGISTER_HTTP === undefined) {
      context.addIssue({ code: 'custom', path: ['CLARION_REGISTER_HTTP'], message: 'is needed' });
    }
    checkMailIn(given, context);
    if (given.CLARION_VOICE !== 'asterisk') return;
    for (const name of [
      'CLARION_ASTERISK_URLS',
      'CLARION_ASTERISK_PASSWORD',
      'CLARION_ASTERISK_SOUNDS',
    ] as const) {
      if (given[name] === undefined) context.addIssue({ code: 'custom', path: [name], message: 'is needed' });
    }
    const { CLARION_ASTERISK_URLS: urls, CLARION_ASTERISK_CALL_RECORDS: records } = given;
    if (urls && records && urls.length !== records.length) {
      context.addIssue({
        code: 'custom',
        path: ['CLARION_ASTERISK_CALL_RECORDS'],
        message: `must name one file for each of the ${urls.length} servers`,
      });
    }
  });

/** What of taking mail cannot do without what else. */
function checkMailIn(given: Record<string, unknown>, context: z.RefinementCtx): void {
  const need = (name: string): void => {
    if (given[name] === undefined) context.addIssue({ code: 'custom', path: [name], message: 'is needed' });
  };
  const { CLARION_MAIL_IN_PORT: smtp, CLARION_MAIL_IN_SNS_TOPIC: ses } = given;
  if (smtp !== undefined || ses !== undefined) need('CLARION_MAIL_IN_DOMAIN');
  if (given.CLARION_MAIL_IN_TLS_CERT !== undefined) need('CLARION_MAIL_IN_TLS_KEY');
  if (given.CLARION_MAIL_IN_TLS_KEY !== undefined) need('CLARION_MAIL_IN_TLS_CERT');
}

export type Config = z.infer<typeof environment>;

/** The settings of the register's service, where one is asked. */
export const registerSettingsFile = (config: Config): string | undefined =>
  config.CLARION_REGISTER === 'http' ? config.CLARION_REGISTER_HTTP : undefined;

/** Not repeated in messages, which end in logs. */
const SECRETS = new Set(['CLARION_SECRET', 'CLARION_ASTERISK_PASSWORD']);

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
      : `${name} ${issue.message} (it is "${SECRETS.has(name) ? '***' : given[name]}")`;
  });
  throw new ConfigError([...new Set(lines)].join('\n'));
}
