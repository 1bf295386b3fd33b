/**
 * An Asterisk's folder: its configuration, filled in from the templates in `telephony/asterisk` that the
 * compose service uses too, and the command that runs it.
 */
import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from '../local/postgres.ts';
import { Trouble } from '../local/trouble.ts';
import type { TelephonyKit } from './kit.ts';

const TEMPLATES = fileURLToPath(new URL('./asterisk', import.meta.url));
/** Asterisk's control socket lies in its run folder, and the path of a socket is at most 107 bytes. */
const LONGEST_RUN_DIR = 90;
/** Asterisk warns of these when they are missing, and has nothing to be told in them. */
const EMPTY = [
  'acl',
  'ccss',
  'cli_aliases',
  'dnsmgr',
  'features',
  'musiconhold',
  'pjproject',
  'sorcery',
  'udptl',
  'websocket_client',
];

export interface AsteriskPorts {
  ari: number;
  sip: number;
  rtpStart: number;
  rtpEnd: number;
}

export interface AsteriskSettings {
  kit: TelephonyKit;
  /** Absolute; made when missing. Everything of this server is in it. */
  dir: string;
  /** Begins the ids of calls to us: letters, digits and `-`, unlike that of any other server. */
  systemName: string;
  ports: AsteriskPorts;
  user: string;
  password: string;
  softphonePassword: string;
  /** SIP is listened for on 127.0.0.1, and here too: an address of this machine that telephones reach. */
  lanHost?: string | undefined;
  /** Lines: PJSIP endpoints by name, each with the SIP port on 127.0.0.1 it leads to. `trunk` is the usual one. */
  lines: Record<string, number>;
  /** Folder of the operator's own lines, `*.conf`. Default `carriers` in `dir`. */
  carriersDir?: string;
  /** A call in which nothing is heard for so long is ended. 0: never. */
  rtpTimeoutSeconds: number;
  /** Where Asterisk writes its complaints. Default `log/messages.log` in `dir`. */
  messages?: string;
}

export interface AsteriskLayout {
  command: Command;
  /** The file in which every event of a call is written: the call record. */
  callRecords: string;
  /** Where sounds to be played are put: `sound:<soundsDir>/<name>`. */
  soundsDir: string;
  /** Where Asterisk keeps what it records. */
  recordingsDir: string;
  /** What Asterisk complains of. */
  messages: string;
}

/** Writes the configuration anew and makes the folders; harmless again. Records and recordings stay. */
export function layOut(settings: AsteriskSettings): AsteriskLayout {
  const { kit, dir, ports } = settings;
  const paths = pathsOf(dir);
  for (const path of Object.values(paths)) mkdirSync(path, { recursive: true, mode: 0o700 });
  for (const path of [
    join(paths.log, 'cel-custom'),
    join(paths.spool, 'recording'),
    join(paths.state, 'cache'),
    join(paths.state, 'keys'),
  ])
    mkdirSync(path, { recursive: true, mode: 0o700 });
  const messages = settings.messages ?? join(paths.log, 'messages.log');
  const words: Record<string, string> = {
    ETC_DIR: paths.etc,
    MODULES_DIR: kit.modulesDir,
    STATE_DIR: paths.state,
    DATA_DIR: kit.dataDir,
    SPOOL_DIR: paths.spool,
    RUN_DIR: paths.run,
    LOG_DIR: paths.log,
    SYSTEM_NAME: settings.systemName,
    ARI_BIND: '127.0.0.1',
    ARI_PORT: String(ports.ari),
    ARI_USER: settings.user,
    ARI_PASSWORD: settings.password,
    SIP_BIND: '127.0.0.1',
    LAN_HOST: settings.lanHost ?? '',
    SIP_PORT: String(ports.sip),
    SOFTPHONE_PASSWORD: settings.softphonePassword,
    PHONES_HOST: '127.0.0.1',
    RTP_START: String(ports.rtpStart),
    RTP_END: String(ports.rtpEnd),
    RTP_TIMEOUT_SECONDS: String(settings.rtpTimeoutSeconds),
    STRICT_RTP: 'no',
    MESSAGES_FILE: messages,
    CARRIERS_DIR: settings.carriersDir ?? join(dir, 'carriers'),
  };
  writeConfiguration(paths.etc, words, settings.lines);
  // Only where it is wanted: a transport without an address would be one on every address.
  if (!settings.lanHost) rmSync(join(paths.etc, 'transport-lan.conf'));
  // The control socket of one that was killed is in the way of nothing, but of no use either.
  for (const name of readdirSync(paths.run)) rmSync(join(paths.run, name), { force: true });
  return {
    command: { program: kit.asterisk, args: ['-f', '-C', join(paths.etc, 'asterisk.conf')], cwd: dir },
    callRecords: join(paths.log, 'cel-custom', 'clarion.csv'),
    soundsDir: paths.sounds,
    recordingsDir: join(paths.spool, 'recording'),
    messages,
  };
}

function pathsOf(dir: string): Record<'etc' | 'state' | 'spool' | 'log' | 'sounds' | 'run', string> {
  const inside = (name: string) => join(dir, name);
  return {
    etc: inside('etc'),
    state: inside('state'),
    spool: inside('spool'),
    log: inside('log'),
    sounds: inside('sounds'),
    run: runDir(dir),
  };
}

/** Inside the server's folder, unless its path is too long for a socket: then a short one of its own. */
function runDir(dir: string): string {
  const inside = join(dir, 'run');
  if (Buffer.byteLength(inside) <= LONGEST_RUN_DIR) return inside;
  const short = join(tmpdir(), `clarion-${createHash('sha256').update(dir).digest('hex').slice(0, 16)}`);
  mkdirSync(short, { recursive: true, mode: 0o700 });
  // Anybody may make a folder of that name in the common one: only our own will do.
  const found = lstatSync(short);
  if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o077) !== 0) {
    throw new Trouble(`${short} belongs to somebody else; move the data directory to a shorter path`);
  }
  return short;
}

function writeConfiguration(etc: string, words: Record<string, string>, lines: Record<string, number>): void {
  const write = (name: string, text: string) => writeFileSync(join(etc, name), text, { mode: 0o600 });
  rmSync(etc, { recursive: true, force: true });
  mkdirSync(join(etc, 'carriers'), { recursive: true, mode: 0o700 });
  for (const name of readdirSync(TEMPLATES).filter((entry) => entry.endsWith('.conf'))) {
    write(name, filled(readFileSync(join(TEMPLATES, name), 'utf8'), words));
  }
  for (const name of EMPTY) write(`${name}.conf`, '');
  const line = readFileSync(join(TEMPLATES, 'carriers/phones.conf'), 'utf8');
  for (const [name, port] of Object.entries(lines)) {
    write(`carriers/${name}.conf`, filled(line, { ...words, LINE: name, PHONES_PORT: String(port) }));
  }
  if (lines.trunk !== undefined) {
    const identify = readFileSync(join(TEMPLATES, 'carriers/phones-identify.conf'), 'utf8');
    write('carriers/phones-identify.conf', filled(identify, words));
  }
}

/** @throws Error for a word that nobody gave, and for a value that would end its line */
export function filled(template: string, words: Record<string, string>): string {
  return template.replace(/@([A-Z][A-Z_]*)@/g, (_, word: string) => {
    const value = words[word];
    if (value === undefined) throw new Error(`nothing is given for @${word}@`);
    if (/[\r\n;\\]/.test(value)) throw new Error(`@${word}@ has a character that ends a setting`);
    return value;
  });
}
