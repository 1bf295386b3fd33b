/** The environment of a local stack: what the user gave, and what each part is told. */
import { isIPv4 } from 'node:net';
import { resolve } from 'node:path';
import { type Config, ConfigError, readConfig } from '../config.ts';

export interface LocalSettings {
  config: Config;
  /** PORT when the user gave one. */
  wantedPort: number | undefined;
  /** Servers of the user's own, used instead of embedded ones. */
  databaseUrl: string | undefined;
  temporalAddress: string | undefined;
  sesEndpoint: string | undefined;
  dataDir: string;
  sampleCampaign: boolean;
  /** With a real Asterisk, as `npm run telephony` starts it. */
  telephony: boolean;
  /** An address of this machine at which telephones on other machines reach it. */
  sipHost: string | undefined;
}

/**
 * @throws ConfigError naming every variable at fault, before anything is started
 * @throws Error for an option that does not exist
 */
export function localSettings(env: NodeJS.ProcessEnv, args: string[]): LocalSettings {
  // The embedded servers have no address yet; anything valid stands in for them.
  const standIns = { DATABASE_URL: 'postgres://embedded', TEMPORAL_ADDRESS: 'embedded:1' };
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const config = readConfig({ ...standIns, ...given });
  return {
    config,
    wantedPort: given.PORT === undefined ? undefined : config.PORT,
    databaseUrl: given.DATABASE_URL,
    temporalAddress: given.TEMPORAL_ADDRESS,
    sesEndpoint: config.CLARION_SES_ENDPOINT,
    dataDir: resolve(config.CLARION_DATA_DIR),
    sampleCampaign: !args.includes('--no-demo') && !args.includes('--telephony'),
    telephony: args.includes('--telephony'),
    sipHost: sipHost(given.CLARION_SIP_HOST),
  };
}

/** @throws ConfigError unless it is one address: Asterisk listens on 127.0.0.1 of the same port already */
function sipHost(given: string | undefined): string | undefined {
  if (given === undefined || given === '127.0.0.1') return undefined;
  if (isIPv4(given) && given !== '0.0.0.0') return given;
  throw new ConfigError(`CLARION_SIP_HOST must be an IPv4 address of this machine (it is "${given}")`);
}

/** Where everything of a stack is reached. */
export interface Addresses {
  url: string;
  port: number;
  databaseUrl: string;
  temporalAddress: string;
  temporalUi: string;
  inboxUrl: string;
}

/** Variables for the API and the workers, on top of this process's own. */
export function partEnvironment(
  settings: LocalSettings,
  dataDir: string,
  at: Addresses,
): Record<string, string> {
  return {
    PORT: String(at.port),
    CLARION_DATA_DIR: dataDir,
    DATABASE_URL: at.databaseUrl,
    TEMPORAL_ADDRESS: at.temporalAddress,
    TEMPORAL_NAMESPACE: settings.config.TEMPORAL_NAMESPACE,
    TEMPORAL_UI_URL: at.temporalUi,
    CLARION_INBOX_URL: at.inboxUrl,
    CLARION_PUBLIC_URL: settings.config.CLARION_PUBLIC_URL ?? at.url,
    ...(settings.sesEndpoint
      ? {}
      : // The inbox asks for a signature and does not check it.
        { CLARION_SES_ENDPOINT: at.inboxUrl, AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' }),
  };
}

/** A URL to reach a server by that listens on `host`, which may mean "every address". */
export function urlOf(host: string, port: number): string {
  if (host === '0.0.0.0') return `http://127.0.0.1:${port}`;
  if (host === '::') return `http://[::1]:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
