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

  # What hangs at the pins
  - use: gpio
    config:
      gadgets:
        lamp: { type: light, pin: GPIO17, maxOn: 10m, dimmable: true }
        mood: { type: rgb, red: GPIO5, green: GPIO6, blue: GPIO13 }
        horn: { type: buzzer, pin: GPIO27, maxOn: 2s }
        fan: { type: relay, pin: GPIO22, maxOn: 30s }
        flag: { type: servo, pin: GPIO18 }
        door: { type: sensor, pin: GPIO24 }
        bell: { type: button, pin: GPIO23, say: "Somebody is at the door!" }
    commands:
      horn: { allow: subscriber }

  - use: texts
    config:
      commands:
        hello: "Hello {user}!"
`;

const lines = [
  'tinkertom[sub]: that servo is so smooth',
  'alice: !lamp on',
  'bob[vip]: !mood purple',
  'carla: !horn on',
  'tinkertom[sub]: !fan on',
  'alice cheers 100: for the lamp',
  'dora raids 42',
  'modmax[mod]: !flag angle 60',
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
  for (const line of lines) child.stdin.write(`${line}\n`);
  await sleep(1_500);
  const stop = async () => {
    child.stdin.end('quit\n');
    await once(child, 'exit');
  };
  return { link, stop };
}

const devices = {
  desk: { viewport: { width: 1280, height: 860 } },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
};

/** View, device and colours of each picture. */
const pictures = [
  ['board', 'desk', 'light'],
  ['board', 'desk', 'dark'],
  ['board', 'phone', 'light'],
  ['board', 'phone', 'dark'],
  ['chat', 'desk', 'light'],
  ['why', 'desk', 'dark'],
  ['plugins', 'desk', 'light'],
  ['file', 'desk', 'dark'],
  ['numbers', 'phone', 'dark'],
];

async function take(browser, link) {
  const context = await browser.newContext(devices.desk);
  const page = await context.newPage();
  await page.goto(link);
  await page.waitForSelector('.gadget');
  const state = await context.storageState();
  const origin = new URL(link).origin;
  for (const [view, kind, colorScheme] of pictures) {
    const own = await browser.newContext({ ...devices[kind], colorScheme, storageState: state });
    const tab = await own.newPage();
    await tab.goto(`${origin}/#/${view}`);
    await tab.waitForSelector('main h2');
    await sleep(view === 'file' ? 1_200 : 500);
    await tab.screenshot({ path: path.join(target, `${view}-${kind}-${colorScheme}.png`) });
    await own.close();
  }
  const { overlay } = await page.evaluate(async () => (await fetch('/api/keys')).json());
  const obs = await (await browser.newContext({ viewport: { width: 960, height: 540 } })).newPage();
  await obs.goto(overlay);
  await page.evaluate(() =>
    fetch('/api/line', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text: 'alice cheers 250: more light' }),
    }),
  );
  await sleep(800);
  // On a ground as of a stream, since it has none of its own.
  await obs.evaluate(() => {
    document.documentElement.style.background = 'linear-gradient(135deg, #34506b, #6b4a34)';
  });
  await obs.screenshot({ path: path.join(target, 'overlay.png') });
}

const folder = mkdtempSync(path.join(tmpdir(), 'pictures-'));
mkdirSync(target, { recursive: true });
const { link, stop } = await startBot(folder);
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  await take(browser, link);
} finally {
  await browser.close();
  await stop();
  rmSync(folder, { recursive: true, force: true });
}
