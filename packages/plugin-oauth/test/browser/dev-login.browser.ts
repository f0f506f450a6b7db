import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { eventually } from '../oauth-fixture.js';
import { launchChromium, openTab } from './chromium.js';

const program = path.join(__dirname, '..', '..', '..', 'cli', 'bin', 'run.js');

const botFile = `plugins:
  - use: oauth
    config:
      clientId: \${TWITCH_CLIENT_ID}
  - use: irc
    config: { channels: [streamer] }
  - use: gpio
    config:
      gadgets:
        lamp: { type: light, pin: GPIO17 }
`;

describe('pertybot dev --manual-login', () => {
  let browser: Browser;
  let folder: string;
  let child: ChildProcessWithoutNullStreams;
  let complaints: string;
  const events: Record<string, unknown>[] = [];

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'bot-'));
    await writeFile(path.join(folder, 'plugins.yaml'), botFile);
    events.length = 0;
    complaints = '';
    child = spawn(process.execPath, [program, 'dev', '--manual-login', '--json'], {
      cwd: folder,
      // CI keeps it from opening a window on the desktop of whoever runs this.
      env: { ...process.env, CI: 'true', NODE_OPTIONS: '', NODE_ENV: '' },
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaints += text;
    });
    createInterface({ input: child.stdout }).on('line', (line) => events.push(JSON.parse(line)));
  });
  afterEach(async () => {
    if (child.exitCode === null && child.kill()) await once(child, 'exit');
    await rm(folder, { recursive: true, force: true, maxRetries: 9 });
  });

  function find(wanted: Record<string, unknown>) {
    return events.find((event) =>
      Object.entries(wanted).every(([name, value]) => event[name] === value),
    );
  }

  it('has a lamp that chat switches once the owner has clicked through the login', async () => {
    const address = await eventually(() => /Open (http:\S+) in a browser/.exec(complaints)?.[1]);
    expect(find({ plugin: 'irc', state: 'running' })).toBeUndefined();
    const { page, complaints: errors } = await openTab(browser);
    await page.goto(address);
    await page.getByRole('link', { name: 'Log in with Twitch' }).click();
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.waitForURL(address);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('You are logged in');
    expect(errors).toEqual([]);
    await eventually(() => find({ plugin: 'irc', state: 'running' }));
    await eventually(() => find({ type: 'ready' }));
    child.stdin.end('!lamp on\n');
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    expect(find({ type: 'pin', gadget: 'lamp', on: true })).toMatchObject({ pin: 'GPIO17' });
    expect(find({ type: 'reply', channel: 'streamer' })).toBeDefined();
    expect(complaints).not.toMatch(/[?&]code=|Nobody heard/);
  });
});
