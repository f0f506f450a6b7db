import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { levelAt } from './header-bench.js';
import { failPin, failPwm, kernelTime, pinEvents, pwmLevel } from './kernel-log.js';
import { moderator, TrueBot } from './true-bot.js';
import { timesOf, until, untilLevel } from './watch-pin.js';

const lamp = 17;
const horn = 27;
const star = 18;
const starChannel = 2;

const gadgets = {
  lamp: { type: 'light', pin: lamp, maxOn: '2s' },
  horn: { type: 'buzzer', pin: horn, beep: '300ms', maxOn: '2s' },
  star: { type: 'light', pin: star, dimmable: true, chip: 'pwm-sim', maxOn: '1s' },
};

/** A switch that failed is tried again after at most so long, milliseconds. */
const longestPause = 5_000;

let bot: TrueBot;

function heal(): void {
  for (const pin of [lamp, horn]) failPin(pin, 0);
  failPwm(starChannel, 0);
}

const failures = (pin: number, since: number) =>
  pinEvents([pin], since).filter(({ what }) => what.startsWith('fail'));

describe.each(['chardev', 'onoff'] as const)('an output whose chip fails, on %s', (driver) => {
  beforeAll(async () => {
    bot = await TrueBot.start({ driver, gpio: { gadgets } });
  });
  afterEach(heal);
  afterAll(() => bot.remove());

  async function switchOn(line: string, pin: number): Promise<number> {
    const since = kernelTime();
    bot.chat(line);
    await untilLevel(pin, 1);
    return since;
  }

  const faults = driver === 'chardev' ? (['EIO', 'EBADF', 'ENODEV'] as const) : (['EIO'] as const);

  it.each(faults)('goes off though off met %s', async (fault) => {
    const since = await switchOn('!lamp on', lamp);
    failPin(lamp, 3, fault);
    bot.chat('!lamp off');
    expect(await untilLevel(lamp, 0)).toBeLessThan(1_500);
    expect(failures(lamp, since)).toHaveLength(3);
  });

  it('goes off at the end of its time, however long that failed, whatever chat says', async () => {
    const since = await switchOn('!lamp on', lamp);
    failPin(lamp, -1);
    await until(() => failures(lamp, since).length >= 2, 'it is tried again', 5_000);
    const tried = failures(lamp, since).length;
    bot.chat('!lamp off');
    await until(() => failures(lamp, since).length >= tried + 2, 'it is tried on', 8_000);
    heal();
    await untilLevel(lamp, 0, { within: longestPause + 1_000 });
  });

  it('goes off at the end of a beep', async () => {
    await switchOn('!horn', horn);
    failPin(horn, 2);
    expect(await untilLevel(horn, 0)).toBeLessThan(1_500);
  });

  it('goes off as a PWM channel, too', async () => {
    bot.chat('!star dim 50');
    await until(() => pwmLevel(starChannel) !== '0', 'the channel is on');
    failPwm(starChannel, 3);
    await until(() => pwmLevel(starChannel) === '0', 'the channel is off', 4_000);
  });
});

describe('a bot that ends while a chip fails', () => {
  afterEach(async () => {
    heal();
    await bot.remove();
  });

  it('says so, exits with 1, and what it leaves is switched off as soon as that can be', async () => {
    bot = await TrueBot.start({ driver: 'chardev', gpio: { gadgets } });
    bot.chat('!lamp on');
    await untilLevel(lamp, 1);
    failPin(lamp, -1);
    const from = bot.log.length;
    bot.signal('SIGTERM');
    expect(await bot.ended()).toBe(1);
    const said = bot.log.slice(from).join('\n');
    expect(said).not.toContain('Stopped; every pin is off.');
    expect(said).toContain('GPIO17');
    heal();
    await untilLevel(lamp, 0, { within: longestPause + 1_000 });
  });

  it('leaves it to a guardian that tries again after kill -9', async () => {
    bot = await TrueBot.start({ driver: 'chardev', gpio: { gadgets } });
    bot.chat('!lamp on');
    bot.chat('!star on', moderator);
    await untilLevel(lamp, 1);
    await until(() => pwmLevel(starChannel) !== '0', 'the channel is on');
    failPin(lamp, 4);
    failPwm(starChannel, 4);
    bot.signal('SIGKILL');
    expect(await untilLevel(lamp, 0)).toBeLessThan(3_000);
    await until(() => pwmLevel(starChannel) === '0', 'the channel is off');
  });
});

describe('a guardian', () => {
  afterEach(() => bot.remove());

  async function startLit(plugins?: Readonly<Record<string, string>>): Promise<void> {
    const slow = { ...gadgets, lamp: { type: 'light', pin: lamp } };
    bot = await TrueBot.start({
      driver: 'chardev',
      gpio: { gadgets: slow },
      ...(plugins && { plugins }),
    });
    bot.chat('!lamp on');
    await untilLevel(lamp, 1);
  }

  it('is kept until there is a better one, and without one nothing is switched on', async () => {
    await startLit();
    const { guardian } = bot.group;
    bot.group.refuseProcesses();
    process.kill(guardian, 'SIGKILL');
    await sleep(1_500);
    bot.chat('!lamp off');
    await untilLevel(lamp, 0);
    const since = kernelTime();
    bot.chat('!lamp on', moderator);
    await bot.heard();
    expect(timesOf(lamp, 1, since)).toEqual([]);
    bot.group.allowProcesses();
    await until(() => bot.group.guardians.length === 1, 'a guardian', 8_000);
    // It is there before it answers.
    await bot.logged('have a guardian again');
    bot.chat('!lamp on');
    await untilLevel(lamp, 1);
    bot.signal('SIGKILL');
    expect(await untilLevel(lamp, 0)).toBeLessThan(500);
  });

  it('is not lost to an edit while no process can be started', async () => {
    await startLit();
    bot.group.refuseProcesses();
    const more = { ...gadgets, second: { type: 'light', pin: 22 } };
    const from = bot.log.length;
    bot.edit({ gadgets: more });
    await until(() => bot.log.length > from, 'the edit is seen', 5_000);
    await sleep(1_000);
    bot.chat('!lamp on');
    await bot.heard();
    bot.signal('SIGKILL');
    await untilLevel(lamp, 0, { within: 1_000 });
    expect(levelAt(22)).toBe(0);
  });

  it('that cannot be started for want of descriptors kills nobody', async () => {
    await startLit();
    const open = readdirSync(`/proc/${bot.pid}/fd`).length;
    execFileSync('prlimit', ['--pid', String(bot.pid), `--nofile=${open}:${open}`]);
    for (const guardian of bot.group.guardians) process.kill(guardian, 'SIGKILL');
    await sleep(2_500);
    expect(bot.group.processes.map(({ pid }) => pid)).toContain(bot.pid);
    execFileSync('prlimit', ['--pid', String(bot.pid), '--nofile=4096:4096']);
    await until(() => bot.group.guardians.length === 1, 'a guardian', 8_000);
  });

  it('that stands still is missed and replaced before the bot can die', async () => {
    await startLit();
    const { guardian } = bot.group;
    process.kill(guardian, 'SIGSTOP');
    await until(
      () => bot.group.guardians.some((pid) => pid !== guardian),
      'another guardian',
      2_500,
    );
    await sleep(500);
    bot.signal('SIGKILL');
    await untilLevel(lamp, 0, { within: 3_000 });
  });

  it('that stands still does not make a liar of the emergency stop', async () => {
    await startLit();
    for (const guardian of bot.group.guardians) process.kill(guardian, 'SIGSTOP');
    bot.signal('SIGKILL');
    const { code, output } = await bot.pertybot('estop');
    expect({ code, level: levelAt(lamp), output }).toMatchObject({ code: 0, level: 0 });
  });

  it('ends an output in time though the clock of the bot stands still', async () => {
    const frozen = `import { definePlugin } from '@pertybot/core';
export default definePlugin({
  name: 'frozen',
  start({ command }) {
    command('freeze', {}, () => {
      performance.now = () => 0;
    });
  },
});
`;
    bot = await TrueBot.start({
      driver: 'chardev',
      gpio: { gadgets },
      plugins: { 'frozen.mjs': frozen },
    });
    const since = kernelTime();
    bot.chat('!lamp on');
    await untilLevel(lamp, 1);
    bot.chat('!freeze', moderator);
    await sleep(500);
    expect(await untilLevel(lamp, 0, { since, within: 5_000 })).toBeLessThan(4_000);
  });
});

describe('bot and guardian killed in one go', () => {
  afterEach(() => bot.remove());

  const torn = '{"guardian":12,"pi';

  it.each([
    { driver: 'chardev', file: 'whole', by: 'start' },
    { driver: 'chardev', file: 'torn', by: 'estop --dead-bot' },
    { driver: 'chardev', file: 'missing', by: 'estop' },
    { driver: 'chardev', file: 'missing', by: 'start' },
    { driver: 'onoff', file: 'torn', by: 'estop' },
    { driver: 'onoff', file: 'missing', by: 'estop --dead-bot' },
    { driver: 'onoff', file: 'torn', by: 'start' },
  ] as const)('is mended on $driver with $file pins.json by $by', async ({ driver, file, by }) => {
    bot = await TrueBot.start({ driver, gpio: { gadgets } });
    bot.chat('!lamp on');
    await untilLevel(lamp, 1);
    await bot.group.kill();
    expect(levelAt(lamp)).toBe(1);
    if (file === 'torn') bot.write('.pertybot/pins.json', torn);
    if (file === 'missing') rmSync(bot.path('.pertybot/pins.json'));
    if (by === 'start') {
      await bot.run();
      expect(levelAt(lamp)).toBe(0);
      return;
    }
    const { code, output } = await bot.pertybot(...by.split(' '));
    expect({ code, level: levelAt(lamp), output }).toMatchObject({ code: 0, level: 0 });
  });
});
