import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import {
  launchChromium,
  openTab,
  phone,
} from '../../packages/plugin-oauth/test/browser/chromium.js';
import { findOverflow } from '../../packages/plugin-oauth/test/browser/page-measures.js';

const root = path.join(__dirname, '..', '..');
const folder = mkdtempSync(path.join(tmpdir(), 'site-'));

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** As any server of files, which knows nothing of the site. */
function serve(): Server {
  return createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site');
    const file = path.join(folder, decodeURI(pathname), pathname.endsWith('/') ? 'index.html' : '');
    if (!existsSync(file)) return void response.writeHead(404).end();
    response.setHeader('content-type', types[path.extname(file)] ?? 'text/plain');
    response.end(readFileSync(file));
  });
}

let server: Server;
let browser: Browser;
let page: Page;
let complaints: readonly string[];
let origin: string;
const asked = new Set<string>();

beforeAll(async () => {
  const program = path.join(root, 'tools', 'site.mjs');
  const env = { ...process.env, NODE_OPTIONS: '', NODE_ENV: '' };
  execFileSync(process.execPath, [program, 'build', folder], { env, stdio: 'pipe' });
  server = serve().listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launchChromium();
  ({ page, complaints } = await openTab(browser));
  page.on('request', (request) => asked.add(new URL(request.url()).origin));
}, 600_000);

afterAll(async () => {
  await browser?.close();
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

const htmlFiles = () =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.html') && file !== '404.html')
    .sort();

/** Asks the search of the site. @returns where its answers lead, best first */
async function search(words: string): Promise<string[]> {
  await page.goto(`${origin}/`);
  const box = page.getByRole('searchbox');
  // A page is seen before it listens to keys.
  while (!(await box.isVisible())) {
    await page.keyboard.press('Control+k');
    await page.waitForTimeout(200);
  }
  await box.fill(words);
  const results = page.locator('.VPLocalSearchBox a.result');
  await results.first().waitFor();
  return results.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
}

describe('the site of the docs', () => {
  it.each([
    ['relay stays on', '/troubleshooting.html#the-relay-stays-on', 1],
    ['channel points', '/channel-points.html#channel-points', 1],
    ['GPIO_PIN_BUSY', '/errors.html#pins-and-gadgets', 4],
    ['WLED', '/recipes.html#a-strip-of-leds-behind-wled', 4],
    ['maxOn', '/safety.html#the-strictest-of-three-wins', 4],
  ])('finds "%s" at %s, among the first %i', async (words, wanted, count) => {
    expect((await search(words)).slice(0, count)).toContain(wanted);
  });

  it('leads from a find to its place', async () => {
    await search('relay stays on');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /^The relay stays on/ }).waitFor();
    expect(page.url()).toContain('/troubleshooting.html#the-relay-stays-on');
  });

  it('opens each page on a phone, without a complaint', async () => {
    const small = await openTab(browser, phone);
    small.page.on('request', (request) => asked.add(new URL(request.url()).origin));
    for (const file of htmlFiles()) {
      await small.page.goto(`${origin}/${encodeURI(file)}`);
      await small.page.getByRole('heading', { level: 1 }).first().waitFor();
      expect([file, await findOverflow(small.page)]).toEqual([file, 0]);
    }
    expect([...complaints, ...small.complaints]).toEqual([]);
    await small.page.context().close();
  }, 300_000);

  it('asks no other host', () => {
    // What is written into the page itself is asked of nobody.
    expect([...asked].filter((each) => each !== 'null')).toEqual([origin]);
  });

  it('has what each of its links leads to', () => {
    const texts = new Map(
      htmlFiles().map((file) => [file, readFileSync(path.join(folder, file), 'utf8')]),
    );
    const broken = [...texts].flatMap(([file, text]) =>
      [...text.matchAll(/<a [^>]*href="([^"]+)"/g)]
        .map(([, link = '']) => link.replaceAll('&amp;', '&'))
        .filter((link) => !/^[a-z]+:/.test(link))
        .filter((link) => {
          const [target = '', anchor] = link.split('#');
          const place = target.startsWith('/')
            ? decodeURI(target.slice(1))
            : target === ''
              ? file
              : path.posix.join(path.posix.dirname(file), decodeURI(target));
          const found = texts.get(
            place.endsWith('/') || place === '' ? `${place}index.html` : place,
          );
          if (found === undefined) return !existsSync(path.join(folder, place));
          return anchor !== undefined && !found.includes(` id="${decodeURIComponent(anchor)}"`);
        })
        .map((link) => `${file}: ${link}`),
    );
    expect(broken).toEqual([]);
  });
});
