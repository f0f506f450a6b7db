import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ServiceUnitOptions, serviceUnit } from '../../src/service/service-unit.js';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { itNeedsSystemd } from '../support/it-needs-systemd.js';

const verifier = 'systemd-analyze';

let folder: TestFolder;
beforeEach(async () => {
  folder = await makeBotFolder({ 'my "50%" $bot/plugins.yaml': '' });
});
afterEach(() => folder.remove());

const unit = (options: Partial<ServiceUnitOptions> = {}) =>
  serviceUnit({
    folder: '/home/pi/my-bot',
    program: ['/usr/bin/node', '/home/pi/my-bot/run.js'],
    user: 'pi',
    notifies: true,
    version: 257,
    ...options,
  });

/** What systemd-analyze has to say of a unit; nothing when all is well. */
async function verify(text: string): Promise<{ complaints: string; code: number | null }> {
  const file = folder.file('pertybot-test.service');
  await writeFile(file, text);
  const { status, stderr } = spawnSync(verifier, ['verify', '--man=no', file], {
    encoding: 'utf8',
  });
  return { complaints: stderr, code: status };
}

describe('serviceUnit', () => {
  it('runs the bot as its owner and lets the delay after a failure grow', () => {
    const lines = unit().split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'User=pi',
        'Type=notify',
        'NotifyAccess=all',
        'WatchdogSec=30',
        'WorkingDirectory=/home/pi/my-bot',
        'ExecStart="/usr/bin/node" "/home/pi/my-bot/run.js" "start" "--dir" "/home/pi/my-bot"',
        'ExecStopPost="/usr/bin/node" "/home/pi/my-bot/run.js" "estop" "--dead-bot" "--dir" "/home/pi/my-bot"',
        'ExecStopPost=-"/usr/bin/node" "/home/pi/my-bot/run.js" "rewards" "--dead-bot" "--dir" "/home/pi/my-bot"',
        'Restart=on-failure',
        'RestartSteps=8',
        'RestartMaxDelaySec=5min',
        'StartLimitIntervalSec=0',
        'KillMode=control-group',
      ]),
    );
    expect(lines.indexOf('StartLimitIntervalSec=0')).toBeLessThan(lines.indexOf('[Service]'));
  });

  it('lets it use its folder, the network and the pins, and nothing else', () => {
    expect(unit().split('\n')).toEqual(
      expect.arrayContaining([
        'NoNewPrivileges=yes',
        'ProtectSystem=strict',
        'ReadWritePaths="/home/pi/my-bot"',
        'DevicePolicy=closed',
        'DeviceAllow=char-gpiochip rw',
        'CacheDirectoryMode=0700',
        'Environment=XDG_CACHE_HOME=%C/%N',
      ]),
    );
    // onoff, PWM and the LED are driven in /sys.
    expect(unit()).not.toContain('ProtectKernelTunables');
  });

  it('says so where nothing can watch the bot', () => {
    const text = unit({ notifies: false });
    expect(text).toMatch(/# Without systemd-notify .*no watchdog\.\nType=exec\n/);
    expect(text).not.toContain('WatchdogSec');
  });

  it('knows nothing of the machine’s rules as a user’s unit', () => {
    const text = unit({ user: undefined });
    expect(text).toContain('WantedBy=default.target');
    expect(text).not.toMatch(/User=|Device|ReadWritePaths|network-online/);
  });

  itNeedsSystemd('is approved by systemd, whatever the folder is called', async () => {
    const own = { version: 0, program: [process.execPath, folder.file('my "50%" $bot/run.js')] };
    for (const user of ['root', undefined]) {
      const text = unit({ ...own, user, folder: folder.file('my "50%" $bot') });
      expect(await verify(text)).toEqual({ complaints: '', code: 0 });
    }
  });

  itNeedsSystemd('would not be approved with a misspelt key', async () => {
    const { complaints } = await verify(unit({ version: 0 }).replace('WatchdogSec', 'WatchDogSec'));
    expect(complaints).toContain("Unknown key 'WatchDogSec'");
  });
});
