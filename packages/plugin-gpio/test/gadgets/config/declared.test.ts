import { describe, expect, it } from '@jest/globals';
import { v } from '@pertybot/core';
import { gadgetFaults } from '../../../src/gadgets/config/gadget-faults.js';
import { gpioConfigSchema } from '../../../src/gpio-config.js';
import { defineGadget, pinName } from '../../../src/index.js';
import { planGadgets } from '../../../src/plan-gadgets.js';
import { startGpioBot } from '../../start-gpio-bot.js';

const toConfig = (config: unknown) => v.parse(gpioConfigSchema, config);

const every = {
  lamp: { type: 'light', pin: 17 },
  pump: { type: 'relay', pin: 27, maxOn: '5s', verbs: ['on', 'off'] },
  horn: { type: 'buzzer', pin: 22 },
  mood: { type: 'rgb', red: 5, green: 6, blue: 13 },
  bell: { type: 'button', pin: 26, run: ['horn beep 2'] },
  both: { type: 'group', gadgets: ['lamp', 'pump'] },
  show: { type: 'sequence', steps: ['lamp on', 'wait 1s', 'lamp off'] },
};

describe('what gpio declares', () => {
  it('is what it registers: the command of each gadget', async () => {
    const bot = await startGpioBot({ gadgets: every });
    expect(await bot.undeclared('gpio')).toEqual([]);
    const own = bot.commands.filter(({ plugin }) => plugin === 'gpio').map(({ name }) => name);
    expect(own.sort()).toEqual(['both', 'horn', 'lamp', 'mood', 'pump', 'show']);
    await bot.stop();
  });

  it('is known of no gadgets, too', async () => {
    const bot = await startGpioBot();
    expect(await bot.undeclared('gpio')).toEqual([]);
    await bot.stop();
  });
});

describe('steps that no gadget would take', () => {
  const faultsOf = async (gadgets: object, on = {}) => {
    const { faults } = await planGadgets(toConfig({ gadgets: { ...every, ...gadgets }, on }));
    return faults;
  };

  it('are found in sequences, buttons and events, each at its place', async () => {
    const faults = await faultsOf(
      {
        show: { type: 'sequence', steps: ['lamp on', 'lamp fly', 'lamp blink 99'] },
        bell: { type: 'button', pin: 26, onHold: { run: ['pump toggle'] } },
      },
      { raid: ['lamp blinkk 3'], cheer: { min: 5, do: ['horn beep 3', 'mood purpel'] } },
    );
    expect(faults.map(({ path }) => path.join('.'))).toEqual([
      'gadgets.bell.onHold.run.0',
      'gadgets.show.steps.1',
      'gadgets.show.steps.2',
      'on.raid.0',
      'on.cheer.do.1',
    ]);
    expect(faults[1]?.message).toMatch(/^lamp takes on, off/);
    expect(faults[2]?.message).toMatch(/^blink takes a number from 1 to/);
  });

  it('are none where all of them fit', async () => {
    expect(await faultsOf({}, { raid: ['lamp blink 3', 'wait 2s', 'show'] })).toEqual([]);
  });

  it('are wrong where a limit would end them', async () => {
    const lit = { type: 'light', pin: 'GPIO16', maxOn: '10m' };
    const faults = await faultsOf(
      { lit, long: { type: 'sequence', steps: ['lit on 10m', 'lit on 20m'] } },
      { raid: ['lit on 601'] },
    );
    expect(faults).toEqual([
      {
        path: ['gadgets', 'long', 'steps', 1],
        message: expect.stringContaining('lit is on for 10 min at most'),
      },
      { path: ['on', 'raid', 0], message: expect.stringContaining('which is its maxOn') },
    ]);
  });

  it('are wrong where a member of a group would not do them', async () => {
    const [a, b] = ['GPIO16', 'GPIO20'].map((pin) => ({ type: 'light', pin }));
    const both = { type: 'group', gadgets: ['a', 'b'] };
    const around = { type: 'group', gadgets: ['both'] };
    const faults = await faultsOf(
      { a, b, both, around },
      {
        raid: ['both blink 3', 'both blink 9999', 'around blink 9999', 'both dance'],
      },
    );
    expect(faults.map(({ path, message }) => `${path.at(-1)} ${message}`)).toEqual([
      expect.stringMatching(/^1 its member "a": blink takes a number from 1 to 20/),
      expect.stringMatching(/^2 its member "both": its member "a": blink takes/),
      expect.stringMatching(/^3 both takes on, off/),
    ]);
  });
});

describe('a sequence that would play itself', () => {
  const issuesOf = (gadgets: object) =>
    v
      .safeParse(gpioConfigSchema, { gadgets: { lamp: every.lamp, ...gadgets } })
      .issues?.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`);

  it('is refused, at once, by way of another one, and by way of a group', () => {
    expect(issuesOf({ a: { type: 'sequence', steps: ['lamp on', 'a'] } })).toEqual([
      'gadgets.a.steps.1: expected another gadget: "a" would play itself, and so be busy for good',
    ]);
    const round = {
      a: { type: 'sequence', steps: ['b'] },
      b: { type: 'sequence', steps: ['lamp on', 'a play'] },
    };
    expect(issuesOf(round)).toHaveLength(2);
    const grouped = {
      a: { type: 'sequence', steps: ['g play'] },
      g: { type: 'group', gadgets: ['a'] },
    };
    expect(issuesOf(grouped)).toHaveLength(1);
  });

  it('is not one that plays others, or the same twice', () => {
    const fine = {
      a: { type: 'sequence', steps: ['b', 'b', 'lamp on'] },
      b: { type: 'sequence', steps: ['lamp off'] },
    };
    expect(issuesOf(fine)).toBeUndefined();
  });
});

describe('gadgets of other kinds', () => {
  const wled = defineGadget({
    type: 'wled',
    about: 'A lamp in the network',
    entries: { host: v.string(), pin: v.optional(pinName()) },
    create: async () => ({ state: 'off', verbs: {} }),
  });
  const faultsOf = (gadget: object, brought = [wled]) =>
    gadgetFaults(toConfig({ gadgets: { lamp: gadget } }).gadgets, brought);

  it.each([
    ['led', 'light'],
    ['lamp', 'light'],
    ['LED', 'light'],
    ['switch', 'relay'],
    ['fan', 'relay'],
    ['wledd', 'wled'],
  ])('of the type "%s", which nobody brings, may mean "%s"', (type, meant) => {
    expect(faultsOf({ type })).toEqual([
      {
        path: ['gadgets', 'lamp', 'type'],
        message: `type: no plugin brings "${type}"`,
        hint: expect.stringMatching(new RegExp(`^Did you mean "${meant}"\\? Known types: light,`)),
      },
    ]);
  });

  it('of a type like no other are told what there is', () => {
    expect(faultsOf({ type: 'zzzzzz' })).toMatchObject([
      { hint: expect.stringMatching(/^Known types: .*, wled\.$/) },
    ]);
  });

  it('are held against what their plugin says of them, every key of it', () => {
    expect(faultsOf({ type: 'wled', host: 'here' })).toEqual([]);
    expect(faultsOf({ type: 'wled', hots: 'x', foo: 1 })).toEqual([
      {
        path: ['gadgets', 'lamp', 'hots'],
        message: 'hots: unknown key "hots"',
        hint: 'Did you mean "host"?',
      },
      {
        path: ['gadgets', 'lamp', 'foo'],
        message: 'foo: unknown key "foo"',
        hint: 'Keys of "wled": host, pin.',
      },
      { path: ['gadgets', 'lamp', 'host'], message: 'host: is missing' },
    ]);
  });

  it('are believed where their plugin tells no more than their type', () => {
    expect(
      gadgetFaults(toConfig({ gadgets: { lamp: { type: 'hue', x: 1 } } }).gadgets, [
        { type: 'hue' },
      ]),
    ).toEqual([]);
  });
});
