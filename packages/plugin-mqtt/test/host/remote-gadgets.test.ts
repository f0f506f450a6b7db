import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RemoteNodes } from '../../src/index.js';
import { type Machine, Machines } from '../support/machines.js';

let machines: Machines;

beforeEach(() => {
  machines = new Machines();
});

afterEach(() => machines.end());

const strip = { type: 'rgb', red: 'GPIO5', green: 'GPIO6', blue: 'GPIO13' };

/** A host with pins of its own. */
function hostWithPins(gadgets: object, more: Record<string, unknown> = {}): Promise<Machine> {
  return machines.start({ gpio: { gadgets, ...more }, mqtt: { nodes: { garage: {} } } });
}

describe('gadgets of a node', () => {
  it('are commands with their verbs, and tell what they do as local ones', async () => {
    const garage = await machines.node('garage', { strip });
    const { bot } = await machines.host();
    await machines.pass(600);
    expect(bot.commands.map(({ usage }) => usage)).toEqual(
      expect.arrayContaining([
        'lamp <verb:on|off|toggle|blink> [value:time|count]',
        expect.stringContaining('strip'),
      ]),
    );
    await bot.hear('!lamp blink 2');
    await bot.hear('!strip purple');
    await bot.hear('!strip nonsense');
    expect(bot.replies).toEqual([
      'lamp blinks 2 times',
      'strip is purple',
      expect.stringMatching(/^strip takes a colour/),
    ]);
    expect(garage.level(5)).toBe(1);
  });

  it('are asked for again when the broker lost what the node said of them', async () => {
    machines.broker.losing = 'pertybot/garage/gadgets';
    const garage = await machines.node();
    await machines.pass(600);
    const { bot } = await machines.host();
    expect(bot.commands.map(({ name }) => name)).not.toContain('lamp');
    await machines.pass(1_100);
    await bot.hear('!lamp on');
    expect(garage.level(17)).toBe(1);
  });

  it('have another name with as:, and only those of only: are taken', async () => {
    const desk = await machines.node('desk', { strip });
    const { bot } = await machines.host({ desk: { only: ['lamp'], as: 'desk' } });
    await machines.pass(600);
    const names = bot.commands.map(({ name }) => name);
    expect(names).toContain('desk-lamp');
    expect(names.some((name) => name.includes('strip'))).toBe(false);
    await bot.hear('!desk-lamp on');
    expect(desk.level(17)).toBe(1);
  });

  it('are steps, members of groups, and set off by events', async () => {
    const garage = await machines.node();
    const { bot } = await hostWithPins(
      {
        bulb: { type: 'light', pin: 'GPIO22' },
        show: { type: 'sequence', steps: ['lamp on', 'wait 1s', 'lamp off'] },
        both: { type: 'group', gadgets: ['lamp', 'bulb'] },
      },
      { on: { raid: ['lamp blink 1'] } },
    );
    await machines.pass(600);
    await bot.hear('!show');
    await machines.pass(200);
    expect(garage.level(17)).toBe(1);
    await machines.pass(1_500);
    expect(garage.level(17)).toBe(0);
    await bot.hear('!both on');
    expect(garage.level(17)).toBe(1);
    await bot.hear('!both off');
    expect(garage.level(17)).toBe(0);
  });

  it('are known before their node is there, and say that it is not', async () => {
    const garage = await machines.node();
    const first = await machines.host();
    await machines.pass(600);
    await machines.stop(first);
    await machines.stop(garage);
    const { bot } = await machines.host({ garage: {} }, { state: first.state });
    await bot.hear('!lamp on');
    expect(bot.replies).toEqual(['garage is not there.']);
    expect(bot.refusals.at(-1)).toMatchObject({ reason: 'mqtt.away', command: 'lamp' });
    expect(bot.find(RemoteNodes)?.list).toMatchObject([
      { name: 'garage', state: 'unknown', gadgets: [{ name: 'lamp', state: 'unknown' }] },
    ]);
  });

  it('are away two seconds after the last beat, and back with the next', async () => {
    const garage = await machines.node();
    const { bot } = await machines.host();
    await machines.pass(600);
    expect(bot.find(RemoteNodes)?.list).toMatchObject([{ state: 'here', driver: 'simulated' }]);
    await bot.clock.advance('2100ms');
    expect(bot.find(RemoteNodes)?.list[0]).toMatchObject({ state: 'away' });
    await bot.hear('!lamp on');
    expect(bot.replies).toEqual(['garage is not there.']);
    await garage.bot.clock.advance('600ms');
    await bot.hear('!lamp on');
    expect(bot.replies.at(-1)).toBe('lamp is on');
  });

  it('that have names nobody can have are left alone', async () => {
    const { bot } = await machines.host({ garage: {}, desk: {} });
    const verbs = [{ name: 'on', about: '' }];
    const base = { type: 'x', about: '', usage: '', verbs, pins: [], drives: [], outputs: [] };
    const say = (node: string, ...names: string[]) => {
      const gadgets = names.map((name) => ({ ...base, name }));
      const text = JSON.stringify({ session: 'a'.repeat(16), gadgets });
      machines.broker.say(`pertybot/${node}/gadgets`, text);
    };
    for (const name of ['a b', 'a/b', '#', '__proto__', '', 'x'.repeat(99), '../etc']) {
      say('garage', 'fine', name);
    }
    say('garage', 'stop', 'lamp');
    say('desk', 'lamp');
    await machines.pass(100);
    const names = bot.commands.map(({ name }) => name);
    expect(names.filter((name) => name === 'lamp')).toHaveLength(1);
    expect(names).not.toContain('fine');
    expect(bot.log.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('"lamp" of "desk" cannot be had: "garage" has one of that name.'),
    );
  });

  it('are shared with whoever shows gadgets, with limits and pins', async () => {
    await machines.node();
    const { bot } = await machines.host();
    await machines.pass(600);
    await bot.hear('!lamp on');
    await machines.pass(100);
    expect(bot.find(RemoteNodes)?.list[0]?.gadgets[0]?.outputs).toMatchObject([
      { gadget: 'lamp', node: 'garage', pin: 'GPIO17', kind: 'light', maxOn: 600_000, on: true },
    ]);
  });
});

describe('a group at a node', () => {
  it('tells of the pins that it drives, whether its members are taken or not', async () => {
    await machines.node('garage', {
      bulb: { type: 'light', pin: 'GPIO22', maxOn: '5m' },
      both: { type: 'group', gadgets: ['lamp', 'bulb'] },
      twice: { type: 'sequence', steps: ['both on', 'wait 1s', 'both off'] },
    });
    const settings = { only: ['both', 'twice'], as: 'far' };
    const { bot } = await machines.host({ garage: settings });
    await machines.pass(600);
    const [node] = bot.find(RemoteNodes)?.list ?? [];
    const driven = node?.gadgets.map((gadget) => [
      gadget.name,
      gadget.driven.map((output) => [output.gadget, output.pin, output.maxOn]),
    ]);
    const members = [
      ['lamp', 'GPIO17', 600_000],
      ['bulb', 'GPIO22', 300_000],
    ];
    expect(driven).toEqual([
      ['far-both', members],
      ['far-twice', members],
    ]);
  });
});

describe('rewards that run gadgets of a node', () => {
  const rewards = { lamp: { title: 'Lamp', cost: 100, run: 'lamp on 4s' } };

  it('are fulfilled when the pin of the node has moved for half of its time', async () => {
    const garage = await machines.node();
    const { bot } = await machines.host({ garage: {} }, { rewards });
    await machines.pass(600);
    const outcome = bot.redeem('lamp');
    await machines.pass(300);
    expect(garage.level(17)).toBe(1);
    await machines.pass(2_500);
    expect(await outcome).toEqual({ moved: true });
  });

  it('are given back with the reason of the node when it does not move', async () => {
    await machines.node();
    const { bot } = await machines.host({ garage: {} }, { rewards });
    await machines.pass(600);
    await bot.hear('!lamp on');
    const outcome = bot.redeem('lamp');
    await machines.pass(5_000);
    expect(await outcome).toMatchObject({ moved: false, refusal: { reason: 'pin.already' } });
  });

  it('are given back when the node says nothing', async () => {
    await machines.node();
    const { bot } = await machines.host({ garage: {} }, { rewards });
    await machines.pass(600);
    machines.broker.isStopped = true;
    const outcome = bot.redeem('lamp');
    await machines.pass(1_200);
    const refusal = { reason: 'mqtt.away', text: 'garage is not there.' };
    expect(await outcome).toMatchObject({ moved: false, refusal });
  });

  it('are given back when the node goes before half of the time', async () => {
    const garage = await machines.node();
    const { bot } = await machines.host({ garage: {} }, { rewards });
    await machines.pass(600);
    const outcome = bot.redeem('lamp');
    await machines.pass(300);
    machines.kill(garage);
    await machines.pass(2_500);
    expect(await outcome).toMatchObject({ moved: false, refusal: { reason: 'mqtt.away' } });
  });

  it('are paused while the node is away', async () => {
    const garage = await machines.node();
    const { bot } = await machines.host({ garage: {} }, { rewards });
    await machines.pass(600);
    const heard: (string | undefined)[] = [];
    bot.rewards.onChange(([reward]) => void heard.push(reward?.away));
    expect(bot.rewards.list[0]?.away).toBeUndefined();
    await bot.clock.advance('2100ms');
    expect(bot.rewards.list[0]?.away).toBe('garage is not there.');
    await garage.bot.clock.advance('600ms');
    await bot.clock.advance('10ms');
    expect(heard).toEqual(['garage is not there.', undefined]);
  });
});
