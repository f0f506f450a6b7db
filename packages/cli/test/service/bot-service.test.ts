import { readFile, stat, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  BotService,
  findService,
  formatServiceStatus,
  readServiceStatus,
} from '../../src/service/bot-service.js';
import type { ServiceHost, ServiceScope } from '../../src/service/service-host.js';
import { styleFor } from '../../src/terminal/style.js';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';

/** A machine whose systemd remembers what it was told. */
class FakeHost implements ServiceHost {
  isBooted = true;
  isRoot = true;
  canNotify = true;
  readonly told: string[] = [];
  answer = '';
  refused = '';

  constructor(private readonly root: string) {}

  unitFolder(scope: ServiceScope): string {
    return `${this.root}/units/${scope}`;
  }

  async version(): Promise<number> {
    return 257;
  }

  async userName(uid: number): Promise<string> {
    return `user${uid}`;
  }

  async systemctl(scope: ServiceScope, words: readonly string[]): Promise<string> {
    this.told.push([scope, ...words].join(' '));
    if (words[0] === this.refused) throw new Error(`It does not ${this.refused}.`);
    return this.answer;
  }
}

let folder: TestFolder;
let host: FakeHost;
let service: BotService;
beforeEach(async () => {
  folder = await makeBotFolder({
    'My Bot/plugins.yaml': 'plugins: []\n',
    'other/My Bot/plugins.yaml': 'plugins: []\n',
  });
  host = new FakeHost(folder.path);
  service = new BotService(folder.file('My Bot'), 'system', host);
});
afterEach(() => folder.remove());

describe('BotService', () => {
  it('is installed as the owner of the folder, enabled and started', async () => {
    await service.install();
    expect(host.told).toEqual([
      'system daemon-reload',
      'system enable pertybot-my-bot.service',
      'system restart pertybot-my-bot.service',
    ]);
    const { uid } = await stat(folder.file('My Bot'));
    const text = await readFile(folder.file('units/system/pertybot-my-bot.service'), 'utf8');
    expect(text).toContain(`User=user${uid}\n`);
    expect(text).toMatch(/ExecStart="[^"]+node[^"]*" "[^"]+run\.js" "start"/);
    expect(service.isInstalled).toBe(true);
  });

  it('is uninstalled without a trace', async () => {
    await service.install();
    host.told.length = 0;
    await service.uninstall();
    expect(host.told).toEqual([
      'system disable --now pertybot-my-bot.service',
      'system clean --what=cache pertybot-my-bot.service',
      'system daemon-reload',
    ]);
    expect(service.isInstalled).toBe(false);
  });

  it('is uninstalled where systemd has no cache to clean', async () => {
    await service.install();
    host.refused = 'clean';
    await service.uninstall();
    expect(service.isInstalled).toBe(false);
  });

  it('tells who is not root what to run, and changes nothing', async () => {
    host.isRoot = false;
    await expect(service.install()).rejects.toMatchObject({
      code: 'CLI_SERVICE_FAILED',
      hint: expect.stringMatching(/^Run: sudo ".*run\.js" service install --dir ".*My Bot"$/),
    });
    expect(service.isInstalled).toBe(false);
  });

  it('needs no rights as a unit of the user’s own systemd', async () => {
    host.isRoot = false;
    const own = new BotService(folder.file('My Bot'), 'user', host);
    await own.install();
    expect(host.told[0]).toBe('user daemon-reload');
    expect(await readFile(own.file, 'utf8')).not.toContain('User=');
    expect(findService(folder.file('My Bot'), host, false).scope).toBe('user');
  });

  it('does not take the place of another bot whose folder has the same name', async () => {
    await service.install();
    const other = new BotService(folder.file('other/My Bot'), 'system', host);
    await expect(other.install()).rejects.toThrow(
      `"pertybot-my-bot.service" already runs the bot in "${folder.file('My Bot')}".`,
    );
  });

  it('says clearly that there is no systemd', async () => {
    host.isBooted = false;
    const clear = { code: 'CLI_NO_SYSTEMD', message: 'This machine does not run systemd.' };
    await expect(service.install()).rejects.toMatchObject(clear);
    await expect(service.control('start')).rejects.toMatchObject(clear);
    await expect(service.uninstall()).rejects.toMatchObject(clear);
  });

  it('says that it is not installed', async () => {
    for (const attempt of [service.control('stop'), service.uninstall()]) {
      await expect(attempt).rejects.toMatchObject({ code: 'CLI_SERVICE_MISSING' });
    }
    expect(host.told).toEqual([]);
  });

  it('is refused where there is no bot', async () => {
    await writeFile(folder.file('file'), '');
    const none = new BotService(folder.file('units'), 'system', host);
    await expect(none.install()).rejects.toMatchObject({ code: expect.stringMatching(/^CONFIG_/) });
  });

  it('tells how it does', async () => {
    await service.install();
    host.answer =
      'ActiveState=activating\nSubState=auto-restart\nMainPID=0\nNRestarts=3\nUnitFileState=enabled\n';
    const status = await readServiceStatus(service);
    expect(status).toEqual({
      unit: 'pertybot-my-bot.service',
      scope: 'system',
      state: 'activating',
      detail: 'auto-restart',
      pid: null,
      restarts: 3,
      enabled: true,
    });
    expect(formatServiceStatus(status, styleFor({ isTTY: false }, {}))).toBe(
      'pertybot-my-bot.service is activating (auto-restart)\n' +
        'It starts with the machine.\nIt failed and was restarted 3 times.',
    );
  });
});
