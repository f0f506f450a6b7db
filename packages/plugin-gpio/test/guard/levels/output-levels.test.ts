import { describe, expect, it } from '@jest/globals';
import type { OutputInfo } from '../../../src/gpio.js';
import { parseBootPins } from '../../../src/guard/levels/boot-pins.js';
import { levelWarnings, strictAdvice } from '../../../src/guard/levels/level-warnings.js';
import {
  describeLevels,
  levelsOf,
  type OutputLevels,
  placedOutputs,
} from '../../../src/guard/levels/output-levels.js';

/** The levels of a fan; `safe` 1 is active-low. */
function fan(pin: string, safe: 0 | 1, around?: Parameters<typeof levelsOf>[1]): OutputLevels {
  const levels = levelsOf({ gadget: 'fan', pin, safe }, around);
  if (!levels) throw new Error(`"${pin}" has no levels.`);
  return levels;
}

const isOn = ({ powerOn, beforeBot, afterStop, afterCrash, afterBothDied }: OutputLevels) => ({
  powerOn: powerOn.on,
  beforeBot: beforeBot.on,
  stop: [afterStop.kept.on, afterStop.strict.on],
  crash: [afterCrash.kept.on, afterCrash.strict.on],
  both: [afterBothDied.kept.on, afterBothDied.strict.on],
});

describe('the levels of an output that no bot holds', () => {
  const bad = { powerOn: true, beforeBot: true, stop: [false, true], crash: [false, true] };
  const good = { powerOn: false, beforeBot: false, stop: [false, false], crash: [false, false] };

  it.each([
    ['GPIO0', 0, bad, true],
    ['GPIO0', 1, good, false],
    ['GPIO8', 0, bad, true],
    ['GPIO8', 1, good, false],
    ['GPIO9', 0, good, false],
    ['GPIO9', 1, bad, true],
    ['GPIO22', 0, good, false],
    ['GPIO22', 1, bad, true],
    ['GPIO27', 0, good, false],
    ['GPIO27', 1, bad, true],
  ] as const)('are those of the pull at %s, where %i is off', (pin, safe, expected, both) => {
    expect(isOn(fan(pin, safe))).toEqual({ ...expected, both: [true, both] });
  });

  it('stay as they are after a crash on sysfs, and go with the pull after a stop', () => {
    expect(isOn(fan('GPIO22', 1, { driver: 'onoff' }))).toMatchObject({
      stop: [false, true],
      crash: [false, false],
      both: [true, true],
    });
  });

  it('are those of config.txt before the bot, and of its pull after it', () => {
    const bootPins = parseBootPins('gpio=22=op,dh\ngpio=23=pu\n');
    expect(isOn(fan('GPIO22', 1, { bootPins }))).toMatchObject({
      powerOn: true,
      beforeBot: false,
      stop: [false, true],
    });
    expect(isOn(fan('GPIO23', 1, { bootPins }))).toMatchObject({
      powerOn: true,
      beforeBot: false,
      stop: [false, false],
    });
  });

  it('are none for what is no pin of the header', () => {
    expect(levelsOf({ gadget: 'led', pin: 'ACT', safe: 0 })).toBeUndefined();
  });

  it('are told in a sentence', () => {
    expect(describeLevels(fan('GPIO22', 1))).toBe(
      '"fan" (GPIO22) is on at 0 from power-on until the bot, off at 1 (with strict_gpiod on at 0) after a stop, off at 1 (with strict_gpiod on at 0) after a crash.',
    );
    expect(describeLevels(fan('GPIO17', 0))).toBe(
      '"fan" (GPIO17) is off at 0 from power-on until the bot, off at 0 after a stop, off at 0 after a crash.',
    );
    const bootPins = parseBootPins('gpio=22=op,dh');
    expect(describeLevels(fan('GPIO22', 1, { bootPins }))).toMatch(
      /^"fan" \(GPIO22\) is on at 0 at power-on, off at 1 before the bot, /,
    );
  });
});

it('takes from the guard where the outputs are, and which level is off, but for dry-run', () => {
  const info = { plugin: 'gpio', kind: 'relay', limits: {} } as const;
  const outputs: readonly OutputInfo[] = [
    { ...info, gadget: 'a', pin: 'GPIO17', on: false, level: 1, dryRun: false },
    { ...info, gadget: 'b', pin: 'GPIO18', on: true, level: 1, dryRun: false },
    { ...info, gadget: 'c', pin: 'GPIO19', on: false, level: 0, dryRun: true },
  ];
  expect(placedOutputs(outputs)).toEqual([
    { gadget: 'a', pin: 'GPIO17', safe: 1 },
    { gadget: 'b', pin: 'GPIO18', safe: 0 },
  ]);
});

describe('what config.txt makes of pins', () => {
  it.each([
    ['', []],
    ['gpio=17=op,dl', [[17, { level: 0 }]]],
    [
      '  gpio=4,17=op,dh\r\n',
      [
        [4, { level: 1 }],
        [17, { level: 1 }],
      ],
    ],
    [
      'gpio=2-3=ip,pd',
      [
        [2, { pull: 'down' }],
        [3, { pull: 'down' }],
      ],
    ],
    ['gpio=17=op,dl\ngpio=17=ip,pu', [[17, { pull: 'up' }]]],
    ['gpio=17=a2', [[17, {}]]],
    ['# gpio=17=op,dl', []],
    ['[pi4]\ngpio=17=op,dl\n[all]\ngpio=18=op,dl', [[18, { level: 0 }]]],
    ['gpio=9-1=op,dl\ngpio=1-999999999=pu\n', 54],
  ] as const)('%j', (text, expected) => {
    const pins = parseBootPins(text);
    if (typeof expected === 'number') expect(pins.size).toBe(expected);
    else expect([...pins]).toEqual(expected);
  });
});

describe('the warnings of levels', () => {
  it('say what is on before the bot, why, and what mends it', () => {
    expect(levelWarnings([fan('GPIO22', 1), fan('GPIO17', 0)], 'kept')).toEqual([
      {
        level: 'warning',
        subject: 'levels',
        message:
          '"fan" (GPIO22) is on from power-on until the bot: it is active-low, and the pin is pulled down.',
        hint: 'Move it to one of GPIO2 to GPIO8, or add "gpio=22=op,dh" to /boot/firmware/config.txt.',
      },
    ]);
    expect(levelWarnings([fan('GPIO5', 0)], undefined)).toMatchObject([
      {
        message: expect.stringContaining('it is active-high, and the pin is pulled up'),
        hint: expect.stringContaining('GPIO9 to GPIO27, or add "gpio=5=op,dl"'),
      },
    ]);
  });

  it('say what strict_gpiod switches on at each stop', () => {
    expect(levelWarnings([fan('GPIO22', 1)], 'input')).toMatchObject([
      {
        level: 'warning',
        message: expect.stringContaining('and whenever the bot has stopped, by strict_gpiod'),
        hint: expect.stringContaining('and remove "dtparam=strict_gpiod" there'),
      },
    ]);
    const bootPins = parseBootPins('gpio=22=op,dh');
    expect(levelWarnings([fan('GPIO22', 1, { bootPins })], 'input')).toMatchObject([
      {
        level: 'warning',
        message: expect.stringContaining('for a moment at power-on, and whenever'),
      },
    ]);
    expect(levelWarnings([fan('GPIO22', 1, { bootPins })], 'kept')).toMatchObject([
      { level: 'info', message: expect.stringContaining('is on for a moment at power-on:') },
    ]);
  });
});

describe('the advice on strict_gpiod', () => {
  it.each([
    [
      'is to add it where everything goes off by it',
      [fan('GPIO17', 0)],
      'kept',
      'info',
      'Add "dtparam',
    ],
    [
      'is to leave it where it would switch something on',
      [fan('GPIO17', 0), fan('GPIO22', 1)],
      'kept',
      'info',
      undefined,
    ],
    ['is none where it is there and does good', [fan('GPIO17', 0)], 'input', 'ok', undefined],
    [
      'is to remove it where it switches something on',
      [fan('GPIO22', 1)],
      'input',
      'warning',
      'Remove "dtparam',
    ],
  ] as const)('%s', (_, outputs, policy, level, hint) => {
    const [finding] = strictAdvice(outputs, policy);
    expect(finding).toMatchObject({ level, subject: 'strict_gpiod' });
    if (hint === undefined) expect(finding?.hint).toBeUndefined();
    else expect(finding?.hint).toContain(hint);
  });

  it('is nothing without outputs, or where the kernel does not say', () => {
    expect(strictAdvice([], 'kept')).toEqual([]);
    expect(strictAdvice([fan('GPIO17', 0)], undefined)).toEqual([]);
  });
});
