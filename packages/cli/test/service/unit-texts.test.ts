import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  BotService,
  findService,
  formatServiceStatus,
  readServiceStatus,
  type ServiceStatus,
} from '../../src/service/bot-service.js';
import type { ServiceHost } from '../../src/service/service-host.js';
import { serviceUnit } from '../../src/service/service-unit.js';
import { plainStyle } from '../../src/terminal/style.js';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';

let folder: TestFolder;
let told: string[];
let answers: (words: readonly string[]) => string;
beforeEach(async () => {
  folder = await makeBotFolder({});
  told = [];
  answers = () => '';
});
afterEach(() => folder.remove());

/** A machine with a systemd that answers as a test wants it. */
const host = (): ServiceHost => ({
  ...{ isBooted: true, isRoot: true, canNotify: true },
  unitFolder: (scope) => folder.file(`units/${scope}`),
  version: async () => 257,
  userName: async () => 'pi',
  systemctl: async (_, words) => {
    told.push(words.join(' '));
    return answers(words);
  },
});

async function botIn(name: string): Promise<BotService> {
  await mkdir(folder.file(name), { recursive: true });
  await writeFile(folder.file(`${name}/plugins.yaml`), 'plugins: []\n');
  return new BotService(folder.file(name), 'system', host());
}

/** Reads a unit as systemd does, as far as names and lines go. */
function settingsOf(text: string): ReadonlyMap<string, readonly string[]> {
  const settings = new Map<string, string[]>();
  for (const line of text.replaceAll('\\\n', ' ').split('\n')) {
    const [, key, value] = /^([A-Za-z]+)=(.*)$/.exec(line) ?? [];
    if (key !== undefined) settings.set(key, [...(settings.get(key) ?? []), value ?? '']);
  }
  return settings;
}

/** The words of a command line as systemd takes them apart. */
function wordsOf(command: string): readonly string[] {
  return [...command.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, word = '']) =>
    word.replace(/\\(.)/g, '$1').replaceAll('%%', '%').replaceAll('$$', '$'),
  );
}

describe('the name of a unit', () => {
  it.each([
    ['bot', 'pertybot-bot.service'],
    ['My Bot', 'pertybot-my-bot.service'],
    ['50% $HOME "x"', 'pertybot-50-home-x.service'],
    ['日本', 'pertybot-bot.service'],
    ['---', 'pertybot-bot.service'],
    ['a@b', 'pertybot-a-b.service'],
  ])('of the folder %j is %s', (name, unit) => {
    expect(new BotService(folder.file(name), 'system', host()).unit).toBe(unit);
  });

  it('is no path, whatever the folder is called', () => {
    for (const name of ['..', '.', 'a/../../etc']) {
      const { file } = new BotService(folder.file(name), 'system', host());
      expect(dirname(file)).toBe(folder.file('units/system'));
    }
  });
});

describe('the text of a unit', () => {
  it.each(['my "50%" $bot', "it's; rm -rf /", 'tab less', 'a\\b', '%n %h', '$HOME {x}', 'ü 日本'])(
    'runs the very folder %j',
    async (name) => {
      const service = await botIn(name);
      const settings = settingsOf(await service.unitText());
      const [start = ''] = settings.get('ExecStart') ?? [];
      expect(wordsOf(start).slice(2)).toEqual(['start', '--dir', folder.file(name)]);
      expect(settings.get('WorkingDirectory')?.[0]?.replaceAll('%%', '%')).toBe(folder.file(name));
      for (const stop of settings.get('ExecStopPost') ?? []) {
        expect(wordsOf(stop).at(-1)).toBe(folder.file(name));
      }
      const [paths = ''] = settings.get('ReadWritePaths') ?? [];
      expect(wordsOf(paths)).toEqual([folder.file(name)]);
    },
  );

  it.each(['two\nlines', 'bell\u0007', 'ends in \\', 'ends in '])(
    'is not made for the folder %j, which would change its other lines',
    async (name) => {
      const service = await botIn(name);
      await expect(service.unitText()).rejects.toMatchObject({
        code: 'CLI_SERVICE_FAILED',
        hint: 'Rename the folder.',
      });
      await expect(service.install()).rejects.toMatchObject({ code: 'CLI_SERVICE_FAILED' });
      expect(told).toEqual([]);
    },
  );

  const unit = (more: Partial<Parameters<typeof serviceUnit>[0]> = {}) =>
    settingsOf(
      serviceUnit({
        ...{ folder: '/bot', program: ['/node', '/run.js'], user: 'pi', notifies: true },
        ...{ version: 257, ...more },
      }),
    );

  it('switches off what a dead bot left on, before rewards, which may fail', () => {
    const stops = unit().get('ExecStopPost') ?? [];
    expect(stops.map((stop) => wordsOf(stop)[2])).toEqual(['estop', 'rewards']);
    expect(stops.map((stop) => stop.startsWith('-'))).toEqual([false, true]);
  });

  it('has a watchdog only where the bot can say that it lives', () => {
    expect(unit().get('WatchdogSec')).toEqual(['30']);
    const mute = unit({ notifies: false });
    expect(mute.get('Type')).toEqual(['exec']);
    expect(mute.has('WatchdogSec')).toBe(false);
  });

  it('lets the delay grow where systemd can', () => {
    expect(unit({ version: 254 }).get('RestartMaxDelaySec')).toEqual(['5min']);
    const old = unit({ version: 253 });
    expect(old.get('RestartSec')).toEqual(['15']);
    expect(old.has('RestartSteps')).toBe(false);
  });

  it('is no root, and as a unit of its user names nobody', () => {
    expect(unit().get('User')).toEqual(['pi']);
    const own = unit({ user: undefined });
    for (const key of ['User', 'ProtectSystem', 'DeviceAllow', 'After']) {
      expect(own.has(key)).toBe(false);
    }
    expect(own.get('NoNewPrivileges')).toEqual(['yes']);
    expect(own.get('WantedBy')).toEqual(['default.target']);
  });
});

describe('a service', () => {
  it('is not enabled where its unit cannot be loaded', async () => {
    const service = await botIn('bot');
    answers = ([verb]) => {
      if (verb === 'daemon-reload') throw new Error('no bus');
      return '';
    };
    await expect(service.install()).rejects.toThrow('no bus');
    expect(told).toEqual(['daemon-reload']);
  });

  it('stays installed where it cannot be stopped', async () => {
    const service = await botIn('bot');
    await service.install();
    answers = () => {
      throw new Error('it does not end');
    };
    await expect(service.uninstall()).rejects.toThrow('it does not end');
    expect(service.isInstalled).toBe(true);
  });

  it('is installed anew over its own unit, and only over that', async () => {
    const service = await botIn('50% bot');
    await service.install();
    await service.install();
    expect(await readFile(service.file, 'utf8')).toContain('50%% bot');
  });

  it('is the user’s own only where that is wanted, or the only one', async () => {
    const system = await botIn('bot');
    const found = (isUser: boolean) => findService(folder.file('bot'), host(), isUser).scope;
    expect([found(false), found(true)]).toEqual(['system', 'user']);
    await new BotService(folder.file('bot'), 'user', host()).install();
    expect(found(false)).toBe('user');
    await system.install();
    expect([found(false), found(true)]).toEqual(['system', 'user']);
  });
});

describe('how a service does', () => {
  const read = async (text: string) => {
    const service = await botIn('bot');
    await service.install();
    answers = () => text;
    return readServiceStatus(service);
  };

  it('is read from the words of systemd, also where some are missing', async () => {
    expect(
      await read('ActiveState=active\nSubState=running\nMainPID=7\nUnitFileState=enabled\n'),
    ).toEqual({
      ...{ unit: 'pertybot-bot.service', scope: 'system', state: 'active', detail: 'running' },
      ...{ pid: 7, restarts: 0, enabled: true },
    });
    expect(await read('ActiveState=failed\nSubState=a=b\n')).toMatchObject({
      ...{ detail: 'a=b', pid: null, enabled: false },
    });
  });

  it.each(['', '\n\n', 'Access denied\n'])('is told to be unknown from %j', async (text) => {
    await expect(read(text)).rejects.toMatchObject({ code: 'CLI_SERVICE_FAILED' });
  });

  it('is told in sentences', () => {
    const status: ServiceStatus = {
      ...{ unit: 'pertybot-bot.service', scope: 'system', state: 'active', detail: 'running' },
      ...{ pid: 7, restarts: 0, enabled: false },
    };
    const lines = (more: Partial<ServiceStatus>) =>
      formatServiceStatus({ ...status, ...more }, plainStyle).split('\n');
    expect(lines({})).toEqual([
      'pertybot-bot.service is active (running), process 7',
      'It does not start with the machine.',
    ]);
    expect(lines({ pid: null })[0]).toBe('pertybot-bot.service is active (running)');
    expect(lines({ restarts: 1 })[2]).toBe('It failed and was restarted once.');
    expect(lines({ restarts: 2 })[2]).toBe('It failed and was restarted 2 times.');
  });
});
