import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { driveAt, levelAt } from './header-bench.js';
import { kernelTime, pinEvents } from './kernel-log.js';
import { broadcaster, moderator, TrueBot, viewer } from './true-bot.js';
import { timesOf, until, untilLevel } from './watch-pin.js';

const lamp = 17;
const pump = 5;
const valve = 6;
const horn = 27;
const forward = 23;
const backward = 24;
const button = 16;
const otherButton = 20;

let bot: TrueBot;

/** Says something, and whether the pin went on. */
async function lights(line: string, pin: number, as = viewer): Promise<boolean> {
  const since = kernelTime();
  bot.chat(line, as);
  await bot.heard();
  return timesOf(pin, 1, since).length > 0;
}

describe('names that do not exist', () => {
  afterEach(() => bot.remove());

  const gadgets = {
    pump: { type: 'relay', pin: pump },
    valve: { type: 'relay', pin: valve },
    all: { type: 'group', gadgets: ['pump', 'valve'] },
  };

  it.each([
    ['an interlock', { gadgets, interlock: ['pump', 'vavle'] }, 'valve'],
    ['an interlock of another case', { gadgets, interlock: ['pump', 'Valve'] }, 'valve'],
    ['limits of a pin', { gadgets, pins: { GPIO18: { maxOn: '1s' } } }, 'GPIO18'],
  ])('are refused by check and start, and move nothing: %s', async (_, gpio, meant) => {
    bot = await TrueBot.prepare({ driver: 'chardev', gpio });
    const since = kernelTime();
    const { code, output } = await bot.pertybot('check');
    expect({ code, output }).toMatchObject({ code: 1, output: expect.stringContaining(meant) });
    await expect(bot.run()).rejects.toThrow(meant);
    expect(pinEvents([pump, valve], since)).toEqual([]);
  });
});

describe('limits', () => {
  afterEach(() => bot.remove());

  const tired = {
    gadgets: {
      pump: { type: 'relay', pin: pump, dutyCycle: { on: '1s', in: '2m' } },
      valve: { type: 'relay', pin: valve, minOff: '60s' },
      horn: { type: 'relay', pin: horn, perRun: 1 },
    },
  };

  it('hold over an edit, a restart and a crash', async () => {
    bot = await TrueBot.start({ driver: 'chardev', gpio: tired });
    for (const [name, pin] of [
      ['pump', pump],
      ['valve', valve],
      ['horn', horn],
    ] as const) {
      expect(await lights(`!${name} on 900ms`, pin)).toBe(true);
      await untilLevel(pin, 0);
    }
    bot.chat('!pump on 100ms');
    await bot.heard();
    await untilLevel(pump, 0);
    await tell('before');
    const from = bot.log.length;
    bot.edit({
      ...tired,
      gadgets: { ...tired.gadgets, valve: { ...tired.gadgets.valve, about: 'New' } },
    });
    await bot.logged('Reloaded', from);
    await tell('after an edit');
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      bot.signal(signal);
      await bot.ended();
      await bot.run();
      // A new run has its own number of uses; time does not care for runs.
      await tell(signal, ['pump', 'valve']);
    }
  });

  async function tell(when: string, names = ['pump', 'valve', 'horn']): Promise<void> {
    const pins: Record<string, number> = { pump, valve, horn };
    for (const name of names) {
      const went = await lights(`!${name} on 1s`, pins[name] ?? 0);
      expect({ when, name, went }).toEqual({ when, name, went: false });
    }
  }
});

describe.each(['chardev', 'onoff'] as const)('gadgets together, on %s', (driver) => {
  beforeAll(async () => {
    driveAt(button, 1);
    bot = await TrueBot.start({
      driver,
      gpio: {
        gadgets: {
          lamp: { type: 'light', pin: lamp },
          pump: { type: 'relay', pin: pump, maxOn: '8s' },
          valve: { type: 'relay', pin: valve },
          horn: { type: 'buzzer', pin: horn, perRun: 1 },
          arm: { type: 'motor', forward, backward },
          dry: { type: 'sequence', steps: ['lamp on'], mode: 'dry-run' },
          calm: { type: 'group', gadgets: ['lamp', 'valve'], mode: 'dry-run' },
          fill: { type: 'sequence', steps: ['pump on', 'wait 500ms', 'horn', 'pump off'] },
        },
        interlock: ['pump', 'valve'],
      },
    });
  });
  afterAll(() => bot.remove());

  it('stay where they are in a dry run of a sequence or a group', async () => {
    expect(await lights('!dry', lamp)).toBe(false);
    expect(await lights('!calm on', lamp)).toBe(false);
    expect(levelAt(valve)).toBe(0);
  });

  it('are not left on by a sequence that is refused half-way', async () => {
    await lights('!horn', horn);
    const since = kernelTime();
    bot.chat('!fill', moderator);
    await untilLevel(pump, 1);
    expect(await untilLevel(pump, 0, { since })).toBeLessThan(1_500);
  });

  it('are not on for longer because somebody says on again', async () => {
    const since = kernelTime();
    bot.chat('!pump on 1s');
    await untilLevel(pump, 1);
    bot.chat('!pump on', moderator);
    expect(await untilLevel(pump, 0, { since })).toBeLessThan(1_400);
  });

  it('rest between the two of an interlock, and between the directions of a motor', async () => {
    const since = kernelTime();
    bot.chat('!pump on');
    await untilLevel(pump, 1);
    bot.chat('!pump off');
    bot.chat('!valve on');
    await bot.heard();
    if (levelAt(valve) === 0) bot.chat('!valve on');
    await untilLevel(valve, 1);
    expect(gapBetween(pump, valve, since)).toBeGreaterThanOrEqual(99);
    bot.chat('!valve off');
    bot.chat('!arm forward');
    await untilLevel(forward, 1);
    bot.chat('!arm backward');
    await untilLevel(backward, 1);
    expect(gapBetween(forward, backward, since)).toBeGreaterThanOrEqual(49);
    bot.chat('!arm stop');
    await untilLevel(backward, 0);
  });

  it('do not flash more than three times a second', async () => {
    const since = kernelTime();
    for (let count = 0; count < 40; count += 1) {
      bot.chat('!lamp toggle', { login: `viewer${count}` });
      await sleep(50);
    }
    await bot.heard();
    const rises = timesOf(lamp, 1, since);
    expect(rises.length).toBeGreaterThan(0);
    const worst = rises.map(
      (start) => rises.filter((time) => time >= start && time < start + 990).length,
    );
    expect(Math.max(...worst)).toBeLessThanOrEqual(3);
    bot.chat('!lamp off', broadcaster);
    await untilLevel(lamp, 0);
  });

  it('do nothing for a command that comes late, but off', async () => {
    bot.chat('!lamp off');
    await sleep(1_100);
    const late = (minutes: number) => ({ 'tmi-sent-ts': String(Date.now() - minutes * 60_000) });
    const since = kernelTime();
    bot.chat('!lamp on', viewer, late(10));
    await bot.heard();
    expect(timesOf(lamp, 1, since)).toEqual([]);
    bot.chat('!lamp on');
    await untilLevel(lamp, 1);
    bot.chat('!lamp off', viewer, late(10));
    await untilLevel(lamp, 0);
  });

  /** Milliseconds from the end of one to the start of the other. */
  function gapBetween(one: number, another: number, since: number): number {
    const end = timesOf(one, 0, since).at(-1) ?? 0;
    const [start = 0] = timesOf(another, 1, since);
    return start - end;
  }
});

describe('what another program holds', () => {
  afterEach(async () => {
    await bot.group.kill();
    await second?.remove();
    second = undefined;
    await bot.remove();
  });

  let second: TrueBot | undefined;
  const gpio = { gadgets: { fan: { type: 'relay', pin: lamp } } };
  const base = Number(process.env.GPIO_BASE);
  const line = `/sys/class/gpio/gpio${base + lamp}`;

  it.each(['chardev', 'onoff'] as const)(
    'is refused where it is another bot: %s',
    async (driver) => {
      bot = await TrueBot.start({ driver, gpio });
      bot.chat('!fan on');
      await untilLevel(lamp, 1);
      const since = kernelTime();
      second = await TrueBot.prepare({ driver, gpio });
      await second.run();
      expect(second.log.join('\n')).toContain('GPIO17');
      second.signal('SIGTERM');
      await second.ended();
      expect(pinEvents([lamp], since)).toEqual([]);
      bot.chat('!fan off', moderator);
      await untilLevel(lamp, 0);
      await sleep(600);
      bot.chat('!fan on', moderator);
      await untilLevel(lamp, 1);
    },
  );

  it('is left alone where it is an exported line: onoff', async () => {
    writeFileSync('/sys/class/gpio/export', String(base + lamp));
    writeFileSync(`${line}/direction`, 'high');
    bot = await TrueBot.prepare({ driver: 'onoff', gpio });
    await bot.run();
    expect([levelAt(lamp), bot.log.join('\n').includes('GPIO17')]).toEqual([1, true]);
    bot.signal('SIGTERM');
    await bot.ended();
    expect([existsSync(line), levelAt(lamp)]).toEqual([true, 1]);
  });

  it('is left alone where it is a PWM channel', async () => {
    const chip = '/sys/class/pwm/pwmchip0';
    writeFileSync(`${chip}/export`, '2');
    writeFileSync(`${chip}/pwm2/period`, '1000000');
    writeFileSync(`${chip}/pwm2/duty_cycle`, '500000');
    writeFileSync(`${chip}/pwm2/enable`, '1');
    const star = { type: 'light', pin: 18, dimmable: true, chip: 'pwm-sim' };
    bot = await TrueBot.prepare({ driver: 'chardev', gpio: { gadgets: { star } } });
    await bot.run();
    bot.signal('SIGTERM');
    await bot.ended();
    expect(readFileSync(`${chip}/pwm2/enable`, 'utf8').trim()).toBe('1');
  });
});

describe('a chat that is away', () => {
  const lost = 20_000;
  const bell = { type: 'button', pull: 'none', activeLow: true, pause: '10ms', run: ['fan on'] };
  let lonely: TrueBot | undefined;

  afterEach(async () => {
    await lonely?.group.kill();
    await bot.remove();
    await lonely?.remove();
  });

  it('has everything off in time, and before the first connection, too', async () => {
    for (const pin of [button, otherButton]) driveAt(pin, 1);
    const gpio = (fan: number, pin: number) => ({
      chatLostAfter: `${lost / 1_000}s`,
      gadgets: { fan: { type: 'relay', pin: fan, maxOn: '20m' }, bell: { ...bell, pin } },
      pins: { [`GPIO${fan}`]: { maxOn: '20m' } },
    });
    lonely = await TrueBot.prepare({ driver: 'chardev', gpio: gpio(pump, otherButton) });
    lonely.twitch.chat.faults.refuseAllUpgrades('drop');
    lonely.run().catch(() => {});
    await until(() => pinEvents([pump]).length > 0, 'its pin is claimed', 20_000);
    const begun = kernelTime();
    bot = await TrueBot.start({ driver: 'chardev', gpio: gpio(lamp, button) });
    bot.chat('!fan on');
    await untilLevel(lamp, 1);
    press(otherButton);
    const since = kernelTime();
    bot.twitch.chat.faults.freeze();
    await untilLevel(lamp, 0, { within: lost + 2_000 });
    expect(kernelTime() - since).toBeLessThan(lost + 2_000);
    await sleep(Math.max(0, begun + lost + 2_000 - kernelTime()));
    const then = kernelTime();
    for (const pin of [button, otherButton]) press(pin);
    await sleep(1_000);
    for (const pin of [lamp, pump]) expect(timesOf(pin, 1, then)).toEqual([]);
    expect([levelAt(lamp), levelAt(pump)]).toEqual([0, 0]);
  }, 60_000);

  function press(pin: number): void {
    driveAt(pin, 0);
    setTimeout(driveAt, 100, pin, 1);
  }
});
