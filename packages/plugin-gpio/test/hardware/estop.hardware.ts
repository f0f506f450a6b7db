import { chownSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { driveAt, levelAt } from './header-bench.js';
import { type OwnBot, pertybot, startOwnBot } from './start-own-bot.js';

// Each test runs several programs one after the other.
jest.setTimeout(90_000);

let bot: OwnBot | undefined;

afterEach(async () => {
  if (!bot) return;
  for (const pid of [bot.guardian, bot.process.pid ?? 0]) send(pid, 'SIGKILL');
  await sleep(300);
  await pertybot(bot.folder, 'estop', '--dead-bot');
  bot = undefined;
});

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone already.
  }
}

const levels = () => [levelAt(17), levelAt(27)];
const on = [1, 0];
const off = [0, 1];

async function start(driver: string, before?: readonly string[]): Promise<OwnBot> {
  bot = await startOwnBot(driver, before);
  expect(levels()).toEqual(on);
  return bot;
}

describe.each(['chardev', 'onoff'])('pertybot estop and a bot on %s', (driver) => {
  it('has the running bot switch off', async () => {
    const { folder } = await start(driver);
    const { code, stdout } = await pertybot(folder, 'estop');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'Every output is off, until you release it.\n',
    });
    expect(levels()).toEqual(off);
  });

  it.each([
    ['with its list', () => {}],
    ['without its list', ({ file }: OwnBot) => rmSync(file('.pertybot/pins.json'))],
    ['with a torn list', ({ file }: OwnBot) => writeFileSync(file('.pertybot/pins.json'), '{"gua')],
  ])('switches off a bot that is stopped, as its guardian is, %s', async (_, spoil) => {
    const own = await start(driver);
    for (const pid of [own.guardian, own.process.pid ?? 0]) send(pid, 'SIGSTOP');
    spoil(own);
    const { code, stdout } = await pertybot(own.folder, 'estop');
    expect(levels()).toEqual(off);
    expect(stdout).toContain('GPIO17 is off.\nGPIO27 is off.\n');
    expect(code).toBe(0);
    // Continued, it stays off: the latch holds it.
    for (const pid of [own.process.pid ?? 0, own.guardian]) send(pid, 'SIGCONT');
    await sleep(1_500);
    expect(levels()).toEqual(off);
  });

  it('switches off a bot that does nothing but compute', async () => {
    const { folder, process: child, guardian } = await start(driver);
    send(guardian, 'SIGSTOP');
    child.kill('SIGURG');
    await sleep(100);
    expect(await pertybot(folder, 'estop')).toMatchObject({ code: 0 });
    expect(levels()).toEqual(off);
  });

  it('reaches the pins though the bot dies at that moment, and again once it is dead', async () => {
    const { folder, process: child, guardian } = await start(driver);
    send(guardian, 'SIGKILL');
    child.kill('SIGKILL');
    expect(await pertybot(folder, 'estop')).toMatchObject({ code: driver === 'onoff' ? 0 : 1 });
    if (driver === 'onoff') expect(levels()).toEqual(off);
  });

  it('stops the bot of another user, whose latch stays that one’s', async () => {
    const { folder, file } = await start(driver);
    for (const name of ['', '.pertybot']) chownSync(file(name), 1_000, 1_000);
    expect(await pertybot(folder, 'estop')).toMatchObject({ code: 0 });
    expect(statSync(file('.pertybot/estop.json')).uid).toBe(1_000);
    expect(levels()).toEqual(off);
  });
});

it('says what it cannot switch off, and exits with 1', async () => {
  const own = await start('chardev');
  for (const pid of [own.guardian, own.process.pid ?? 0]) send(pid, 'SIGSTOP');
  rmSync(own.file('.pertybot/pins.json'));
  rmSync(own.file('plugins.yaml'));
  const { code, stdout } = await pertybot(own.folder, 'estop');
  expect(stdout).toMatch(/Which outputs there are is not known: There is no ".*plugins\.yaml"/);
  expect(code).toBe(1);
});

it('tells of an output that goes on as the kernel lets go of it', async () => {
  const { folder, process: child, guardian } = await start('chardev');
  for (const pid of [guardian, child.pid ?? 0]) send(pid, 'SIGKILL');
  await sleep(200);
  // What hangs at the pin pulls it to the level that is on.
  driveAt(17, 0);
  driveAt(27, 0);
  const { code, stdout } = await pertybot(folder, 'estop');
  expect(stdout).toContain('GPIO17 is off.\nGPIO27 is on: ');
  expect(code).toBe(1);
  driveAt(27, 1);
  expect(await pertybot(folder, 'estop')).toMatchObject({ code: 0 });
});
