// Makes the pictures of docs/page.md: starts `pertybot dev` with a bot of its own, opens its page in a real Chromium
// and looks at it by day and by night, on a desk and on a phone.
// usage: node tools/screenshots.mjs [folder]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const target = path.resolve(process.argv[2] ?? path.join(root, 'docs', 'images'));

const botFile = `# The bot of the pictures
prefix: "!"

plugins:
  - use: oauth
    config:
      clientId: \${TWITCH_CLIENT_ID}
      clientSecret: \${TWITCH_CLIENT_SECRET}

  - use: irc
    config: { channels: [makerlena] }

  # Channel points, follows, polls
  - use: eventsub

  # What hangs at the pins
  - use: gpio
    config:
      gadgets:
        lamp: { type: light, pin: GPIO17, maxOn: 10m, dimmable: true }
        mood: { type: rgb, red: GPIO5, green: GPIO6, blue: GPIO13 }
        horn: { type: buzzer, pin: GPIO27, maxOn: 2s }
        fan: { type: relay, pin: GPIO22, maxOn: 30s }
        flag: { type: servo, pin: GPIO18 }
        tree: { type: light, pin: GPIO16, crowd: vote(1m) }
        door: { type: sensor, pin: GPIO24 }
        bell: { type: button, pin: GPIO23, say: "Somebody is at the door!" }
      on:
        raid: [lamp blink 3]
    commands:
      horn: { allow: subscriber }
    rewards:
      "Lamp for a minute": { cost: 500, run: lamp on 1m }
      "Fan for ten seconds": { cost: 800, run: fan on 10s }

  - use: texts
    config:
      commands:
        hello: "Hello {user}!"
`;

const lines = [
  'tinkertom[sub]: that servo is so smooth',
  'dora raids 42',
  'bob[vip]: !mood purple',
  'alice redeems Lamp for a minute',
  'carla: !horn on',
  'modmax[mod]: !flag 60',
  'tinkertom[sub]: !fan on',
  'alice redeems Fan for ten seconds',
  'alice: !tree on',
  'bob[vip]: !tree blink 3',
  'carla: !tree on',
  'alice cheers 100: for the lamp',
  'alice: what a lovely lamp',
];

/** Starts the bot. @returns the link to its page, and its end */
async function startBot(folder) {
  writeFileSync(path.join(folder, 'plugins.yaml'), botFile);
  const program = path.join(root, 'packages', 'cli', 'bin', 'run.js');
  const child = spawn(process.execPath, [program, 'dev', '--page'], {
    cwd: folder,
    env: { ...process.env, CI: 'true' },
  });
  child.stdout.resume();
  const link = await new Promise((resolve, reject) => {
    let told = '';
    child.stderr.on('data', (part) => {
      told += part;
      const found = /The page: (\S+)/.exec(told)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.on('exit', () => reject(new Error(told)));
  });
  const stop = async () => {
    child.stdin.end('quit\n');
    await once(child, 'exit');
  };
  return { link, say: (line) => child.stdin.write(`${line}\n`), stop };
}

const devices = {
  desk: { viewport: { width: 1280, height: 860 } },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
};

/** View, device and colours of each picture, and what must be there before it is taken. */
const pictures = [
  ['board', 'desk', 'light', '.gadget-by'],
  ['board', 'desk', 'dark', '.gadget-by'],
  ['board', 'phone', 'light', '.gadget-by'],
  ['board', 'phone', 'dark', '.gadget-by'],
  ['chat', 'desk', 'light', '.settled-back'],
  ['chat', 'phone', 'dark', '.settled-back'],
  ['why', 'desk', 'dark', '.trail-unreached'],
  ['why', 'phone', 'light', '.trail-unreached'],
  ['plugins', 'desk', 'light', 'main h2'],
  ['file', 'desk', 'dark', '.cm-line'],
  ['numbers', 'desk', 'light', '.plot rect'],
  ['numbers', 'phone', 'dark', '.plot rect'],
];

/** How long movements and fading take, milliseconds. */
const settling = 400;

async function take(browser, { link, say }) {
  const context = await browser.newContext(devices.desk);
  const page = await context.newPage();
  await page.goto(link);
  await page.waitForSelector('[data-gadget="lamp"]');
  // The bot listens to rewards a moment after it is in chat.
  await page.waitForSelector('text=redeems Fan for ten seconds', { state: 'attached' });
  for (const line of lines) say(line);
  await page.waitForSelector('[data-gadget="tree"] .bars');
  const state = await context.storageState();
  const origin = new URL(link).origin;
  const save = async (tab, name) => {
    await sleep(settling);
    await tab.screenshot({ path: path.join(target, `${name}.png`) });
  };
  for (const [view, kind, colorScheme, sign] of pictures) {
    const own = await browser.newContext({ ...devices[kind], colorScheme, storageState: state });
    const tab = await own.newPage();
    await tab.goto(`${origin}/#/${view}`);
    await tab.waitForSelector(sign);
    await save(tab, `${view}-${kind}-${colorScheme}`);
    await own.close();
  }
  // As paper shows it: A4, at the 96 points of CSS.
  const paper = await browser.newContext({
    viewport: { width: 794, height: 1123 },
    storageState: state,
  });
  const sheet = await paper.newPage();
  await sheet.emulateMedia({ media: 'print' });
  await sheet.goto(`${origin}/#/board`);
  await sheet.waitForSelector('.sheet .wire');
  await save(sheet, 'wiring-sheet');
  const { overlay } = await page.evaluate(async () => (await fetch('/api/keys')).json());
  const obs = await (await browser.newContext({ viewport: { width: 960, height: 540 } })).newPage();
  await obs.goto(overlay);
  for (const line of [
    'carla: !horn on',
    'bob redeems Fan for ten seconds',
    'dora cheers 250: more light',
  ]) {
    say(line);
  }
  await obs.waitForSelector('.overlay-news li:nth-child(3)');
  // On a ground as of a stream, since it has none of its own.
  await obs.evaluate(() => {
    document.documentElement.style.background = 'linear-gradient(135deg, #34506b, #6b4a34)';
  });
  await save(obs, 'overlay');
}

const folder = mkdtempSync(path.join(tmpdir(), 'pictures-'));
mkdirSync(target, { recursive: true });
const bot = await startBot(folder);
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  await take(browser, bot);
} finally {
  await browser.close();
  await bot.stop();
  rmSync(folder, { recursive: true, force: true });
}
