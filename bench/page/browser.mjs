// What the page does in a real Chromium: how soon a lamp lights, how smooth a busy chat is and what it keeps, and how
// soon the page is painted with a CPU slowed four times. Chromium is Debian's: tools/install-chromium.sh.
// usage: npm run build && node bench/page/browser.mjs [--seconds 30] [--lamps 20]
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { goal, goalHead, machine, option, table } from '../chat/harness.mjs';

const seconds = option('seconds', 30);
const lamps = option('lamps', 20);
const perSecond = 200;
const root = fileURLToPath(new URL('../../', import.meta.url));
const lib = path.join(root, 'packages/plugin-dashboard/lib/page');

const folder = mkdtempSync(path.join(tmpdir(), 'page-bench-'));
writeFileSync(
  path.join(folder, 'plugins.yaml'),
  `plugins:
  - use: oauth
    config: { clientId: bench }
  - use: irc
    config: { channels: [streamer] }
  - use: gpio
    config: { gadgets: { lamp: { type: light, pin: GPIO17, maxOn: 10m } } }
`,
);
const bot = spawn(process.execPath, [path.join(root, 'packages/cli/bin/run.js'), 'dev', '--page'], {
  cwd: folder,
  env: { ...process.env, CI: 'true' },
});
let told = '';
bot.stdout.resume();
bot.stderr.setEncoding('utf8').on('data', (text) => {
  told += text;
});
const linkIn = () => /The page: (\S+)/.exec(told)?.[1];
while (linkIn() === undefined) await sleep(50);

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
});
const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
const page = await context.newPage();
const session = await context.newCDPSession(page);
await page.goto(linkIn());
await page.locator('[data-gadget="lamp"]').waitFor();

/** Milliseconds from the line that is sent to the lamp that follows, measured in the page. */
async function timeLamp(on) {
  await page.getByLabel('Say in chat').fill(`!lamp ${on ? 'on' : 'off'}`);
  return page.evaluate(
    `new Promise((resolve) => {
      const began = performance.now();
      const look = () => document.querySelector('[data-gadget="lamp"][data-on="${on}"]')
        ? resolve(performance.now() - began) : requestAnimationFrame(look);
      document.querySelector('.speak').requestSubmit();
      look();
    })`,
  );
}

const times = [];
for (let index = 0; index < lamps; index += 1) {
  times.push(await timeLamp(index % 2 === 0));
  // The guard lets nobody flicker.
  await sleep(600);
}

/** Bytes of the heap after it was cleaned. */
async function heap() {
  await session.send('HeapProfiler.enable');
  for (let count = 0; count < 3; count += 1) await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Runtime.getHeapUsage')).usedSize;
}

/** Chat for a while, at a steady pace. @returns frames a second, and rows in the end */
async function talk(duration, mark) {
  const counting = page.evaluate(
    `new Promise((resolve) => {
      let frames = 0;
      const began = performance.now();
      const next = () => {
        frames += 1;
        if (performance.now() - began < ${duration * 1_000}) requestAnimationFrame(next);
        else resolve(frames / ((performance.now() - began) / 1000));
      };
      requestAnimationFrame(next);
    })`,
  );
  const began = performance.now();
  for (let sent = 0; sent < duration * perSecond; ) {
    const due = Math.min(duration * perSecond, ((performance.now() - began) / 1_000) * perSecond);
    for (; sent < due; sent += 1)
      bot.stdin.write(`viewer${sent % 40}: ${mark} ${sent} hello there Kappa\n`);
    await sleep(20);
  }
  const frames = await counting;
  await page
    .getByText(`${mark} ${duration * perSecond - 1} `)
    .first()
    .waitFor({ timeout: 120_000 });
  return { frames, rows: await page.locator('.chat li').count() };
}

await page.getByRole('link', { name: 'Chat', exact: true }).click();
// Full before it is measured: what is remembered is no growth.
await talk(5, 'warm');
const before = await heap();
const { frames, rows } = await talk(seconds, 'busy');
const growth = 100 * ((await heap()) / before - 1);

/** Milliseconds until the page was painted with a CPU slowed four times, with nothing in the cache. */
async function timePaint() {
  const fresh = await browser.newContext({ storageState: await context.storageState() });
  const tab = await fresh.newPage();
  const slow = await fresh.newCDPSession(tab);
  await slow.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await tab.goto(new URL('/', linkIn()).href);
  await tab.locator('[data-gadget="lamp"]').waitFor();
  const painted = await tab.evaluate(
    `performance.getEntriesByName('first-contentful-paint')[0].startTime`,
  );
  await fresh.close();
  return painted;
}
const paints = [];
for (let count = 0; count < 5; count += 1) paints.push(await timePaint());

await browser.close();
bot.kill();
rmSync(folder, { recursive: true, force: true });

/** Compressed kB of a script and what it loads with it. */
function sizeWith(file, seen = new Set()) {
  if (seen.has(file)) return 0;
  seen.add(file);
  const text = readFileSync(path.join(lib, file), 'utf8');
  const parts = [...text.matchAll(/(?:from|import)"\.\/([^"]+\.js)"/g)].map(([, name]) => name);
  return gzipSync(text).length / 1_000 + parts.reduce((sum, part) => sum + sizeWith(part, seen), 0);
}
const editor = readdirSync(lib).find((name) => /^late-editor-.*\.js$/.test(name));

console.log(`${machine()}; Chromium ${browser.version()}\n`);
console.log(
  table(goalHead, [
    goal('!lamp on, typed, until the lamp lights, ms', 100, times, { digits: 0 }),
    goal(`frames a second with ${perSecond} messages a second`, 50, [frames], {
      least: true,
      digits: 1,
    }),
    goal(`heap growth over ${seconds} s of that, %`, 5, [growth], { digits: 1 }),
    goal('rows of chat in the page', 500, [rows], { digits: 0 }),
    goal('first paint with a CPU slowed four times, ms', 1_000, paints, { digits: 0 }),
    goal('scripts of the first load, compressed kB', 60, [sizeWith('main.js')], { digits: 1 }),
    goal('scripts of the overlay, compressed kB', 60, [sizeWith('overlay-main.js')], { digits: 1 }),
    goal('the editor, late, compressed kB', 150, [sizeWith(editor)], { digits: 1 }),
  ]),
);
process.exit(0);
