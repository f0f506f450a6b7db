import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { runInProcess } from '../support/run-in-process.js';
import { startPertybot } from '../support/run-pertybot.js';

jest.setTimeout(30_000);

let folder: TestFolder;
beforeEach(async () => {
  folder = await makeBotFolder({ 'plugins.yaml': 'plugins: []\n' });
});
afterEach(() => folder.remove());

describe('pertybot service', () => {
  it('prints the unit that it would install', async () => {
    const { stdout, code } = await runInProcess(['service', 'install', '--print'], folder.path);
    expect(code).toBe(0);
    expect(stdout).toContain(`WorkingDirectory=${folder.path}\n`);
    expect(stdout).toContain('DeviceAllow=char-gpiochip rw\n');
    const user = await runInProcess(['service', 'install', '--print', '--user'], folder.path);
    expect(user.stdout).toContain('WantedBy=default.target\n');
  });

  it.each(['start', 'stop', 'status', 'logs', 'uninstall'])(
    'says of %s why it cannot be done',
    async (word) => {
      const { stderr, code } = await runInProcess(['service', word], folder.path);
      expect(code).toBe(1);
      expect(stderr).toMatch(/This machine does not run systemd\.|is no service yet\./);
    },
  );
});

describe('pertybot logs', () => {
  it('says that no bot has run', async () => {
    const { stderr, code } = await runInProcess(['logs'], folder.path);
    expect(code).toBe(1);
    expect(stderr).toContain(`No bot has run in "${folder.path}" yet.`);
  });

  it('shows what the last bot logged', async () => {
    const bot = startPertybot(['start'], { folder: folder.path });
    bot.stderr?.once('data', () => bot.kill('SIGTERM'));
    bot.stderr?.resume();
    await once(bot, 'exit');
    const { stdout } = await runInProcess(['logs'], folder.path);
    expect(stdout).toMatch(/\d\d:\d\d:\d\d info {2}.*Stopped; every pin is off\.\n$/);
    const json = await runInProcess(['logs', '--json', '--lines', '1'], folder.path);
    expect(JSON.parse(json.stdout)).toMatchObject({ message: 'Stopped; every pin is off.' });
  });
});
