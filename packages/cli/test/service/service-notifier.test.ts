import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type InjectionToken } from '@pertybot/core';
import { silentLogger } from '@pertybot/core/host';
import { notifyService } from '../../src/service/service-notifier.js';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { itNeedsSystemd } from '../support/it-needs-systemd.js';

/**
 * Stands for systemd, since Node has no datagram sockets of this kind: prints what it is sent, but for the
 * barrier behind which systemd-notify waits until the message before it was read.
 */
const listener = `use Socket; $| = 1;
socket(my $s, AF_UNIX, SOCK_DGRAM, 0) or die; bind($s, sockaddr_un($ARGV[0])) or die;
print "listening\\n";
while (defined recv($s, my $m, 4096, 0)) { $m =~ s/\\n/ /g; print "$m\\n" unless $m =~ /^BARRIER/; }`;

let folder: TestFolder;
let systemd: ChildProcess;
let heard: AsyncIterator<string>;
beforeEach(async () => {
  folder = await makeBotFolder({});
  systemd = spawn('perl', ['-e', listener, folder.file('notify')]);
  if (!systemd.stdout) throw new Error('perl has no output.');
  heard = createInterface({ input: systemd.stdout })[Symbol.asyncIterator]();
  expect((await heard.next()).value).toBe('listening');
});
afterEach(async () => {
  systemd.kill();
  await once(systemd, 'close');
  await folder.remove();
});

const environment = (limit: string) => ({
  ...process.env,
  NOTIFY_SOCKET: folder.file('notify'),
  WATCHDOG_USEC: limit,
});

/** A bot with one output. */
function botWith(output: { on: boolean; onTimeLeft: number }) {
  const gpio = { outputs: [{ pin: 'GPIO17', ...output }] };
  // The notifier asks for Gpio alone.
  return { find: <Service>(_token: InjectionToken<Service>) => gpio as Service };
}

describe('notifyService', () => {
  itNeedsSystemd('says that the bot is there, lives, and stops', async () => {
    const bot = botWith({ on: true, onTimeLeft: 5_000 });
    const stop = notifyService({ bot, logger: silentLogger, environment: environment('300000') });
    expect((await heard.next()).value).toMatch(/^READY=1 WATCHDOG=1/);
    expect((await heard.next()).value).toMatch(/^READY=1 WATCHDOG=1/);
    await stop();
    let last = '';
    while (!last.startsWith('STOPPING=1')) last = (await heard.next()).value;
  });

  itNeedsSystemd('falls silent when an output stays on past its time', async () => {
    const errors: string[] = [];
    let told = () => {};
    const complained = new Promise<void>((resolve) => {
      told = resolve;
    });
    const logger = {
      ...silentLogger,
      error: (message: string) => {
        errors.push(message);
        told();
      },
    };
    const bot = botWith({ on: true, onTimeLeft: 0 });
    const stop = notifyService({ bot, logger, environment: environment('300000') });
    expect((await heard.next()).value).toMatch(/^READY=1/);
    await complained;
    await stop();
    expect((await heard.next()).value).toMatch(/^STOPPING=1/);
    expect(errors[0]).toContain('The pin guard stands still');
  });

  it('does nothing where systemd does not wait for it', async () => {
    const bot = { find: () => undefined };
    expect(await notifyService({ bot, logger: silentLogger, environment: {} })()).toBeUndefined();
  });
});
