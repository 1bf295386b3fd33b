/**
 * The console as people have it: the built pages, served by the API on a free port, with workers, Temporal, PostgreSQL
 * and simulated people behind it, in a real Chromium. And what every page must pass: `checkPage`.
 */

import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import type { AxeResults } from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, expect, vi } from 'vitest';
import { createApp } from '../../../api/app.ts';
import { readConsole } from '../../../api/console.ts';
import { CONSOLE_DIR, ensureConsole } from '../../../local/console-build.ts';
import { PASSWORD, person } from '../../api/people.ts';
import { apiDeps } from '../../api/support.ts';
import { type Engine, type EngineOptions, testEngine } from '../../support/engine.ts';
import { findChromium } from './chromium.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** As tests of a page wait for what it shows: a machine with much to do is no fault of the page. */
const PATIENCE_MS = 60_000;

export interface ConsoleUnderTest {
  engine: Engine;
  /** Of the API and the console. */
  url: string;
  browser: Browser;
  /** An owner of the engine's account. */
  email: string;
  /** A page of a browser of its own, in which nobody is signed in. Its faults are noted for `checkPage`. */
  page(look?: Look): Promise<Page>;
  /** The same, in which the owner is signed in, at a path of the console. */
  signedIn(path: string, look?: Look): Promise<Page>;
}

export interface Look {
  scheme?: 'light' | 'dark';
  width?: number;
}

/** Light and dark, on a desk and in a hand: each page is looked at in all of them. */
export const LOOKS: readonly Required<Look>[] = [
  { scheme: 'light', width: 1280 },
  { scheme: 'dark', width: 1280 },
  { scheme: 'light', width: 390 },
];

/** Call at the top of a test file. Everything ends when the file's tests have ended. */
export async function testConsole(options: EngineOptions = {}): Promise<ConsoleUnderTest> {
  vi.setConfig({ testTimeout: 4 * PATIENCE_MS });
  const [engine] = await Promise.all([testEngine(options), ensureConsole((line) => console.log(line))]);
  const url = await serveApi(engine);
  const { executablePath, env } = await findChromium((line) => console.log(line));
  const browser = await chromium.launch({
    executablePath,
    env: { ...process.env, ...env },
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
  afterAll(() => browser.close());
  const { email } = await person({ db: engine.database }, { accountId: engine.accountId });
  let cookies: Awaited<ReturnType<BrowserContext['cookies']>> | undefined;

  const page: ConsoleUnderTest['page'] = async ({ scheme = 'light', width = 1280 } = {}) => {
    const context = await browser.newContext({
      viewport: { width, height: 800 },
      colorScheme: scheme,
      reducedMotion: 'reduce',
      locale: 'en-GB',
      baseURL: url,
    });
    context.setDefaultTimeout(PATIENCE_MS);
    const opened = await context.newPage();
    noteFaults(opened);
    return opened;
  };
  return {
    engine,
    url,
    browser,
    email,
    page,
    signedIn: async (path, look) => {
      const opened = await page(look);
      cookies ??= await sessionCookies(opened, url, email);
      await opened.context().addCookies(cookies);
      await opened.goto(path);
      return opened;
    },
  };
}

async function serveApi(engine: Engine): Promise<string> {
  const built = readConsole(CONSOLE_DIR);
  if (!built) throw new Error('the console could not be built');
  const deps = apiDeps(engine.database, join(engine.dataDir, 'storage'));
  const app = createApp({ ...deps, notify: engine.notify, console: built });
  const server = await new Promise<Server>((resolve) => {
    const one = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, () => resolve(one as Server));
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Signed in once by the API: a password costs a third of a second each time. */
async function sessionCookies(page: Page, url: string, email: string) {
  const reply = await page.request.post(`${url}/api/v1/session`, {
    data: { email, password: PASSWORD },
    headers: { origin: url },
  });
  expect(reply.status()).toBe(200);
  return page.context().cookies();
}

const faults = new WeakMap<Page, string[]>();

function noteFaults(page: Page): void {
  const noted: string[] = [];
  faults.set(page, noted);
  page.on('console', (message) => {
    if (message.type() === 'error') noted.push(message.text());
  });
  page.on('pageerror', (error) => noted.push(error.message));
}

/** Waits until nothing of a page is still coming: no rows of grey, no letters of a font. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle').catch(() => {});
  await expect.poll(() => page.locator('[aria-busy="true"]').count(), { timeout: PATIENCE_MS }).toBe(0);
  await page.evaluate('document.fonts.ready');
}

/**
 * What every page must pass, as it stands now: no error in the browser's console since it was opened, nothing of serious
 * or critical kind that axe finds, and nothing that sticks out of the window.
 * @param options.expected errors of the console that belong to what was tried
 */
export async function checkPage(page: Page, options: { expected?: RegExp } = {}): Promise<void> {
  const found = await page.evaluate<AxeResults>(`${AXE}; axe.run(document, { resultTypes: ['violations'] })`);
  const violations = found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
    );
  const sticksOut = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
  const errors = (faults.get(page) ?? []).filter((text) => !options.expected?.test(text));
  expect({ violations, errors, sticksOut: Math.max(0, sticksOut) }).toEqual({
    violations: [],
    errors: [],
    sticksOut: 0,
  });
}
