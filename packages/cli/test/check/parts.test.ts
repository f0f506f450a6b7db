import { describe, expect, it } from '@jest/globals';
import type { Bot, ForeseenReward } from '@pertybot/core/host';
import type { OutputInfo, WorstCase } from '@pertybot/plugin-gpio';
import type { RemoteGadgetInfo } from '@pertybot/plugin-mqtt';
import { checkLevels } from '../../src/check/check-levels.js';
import { lookAtNodes, toOutputInfos } from '../../src/check/look-at-nodes.js';
import { findRewardDoubts, findRewardFaults } from '../../src/check/reward-faults.js';
import { findWorstCases, formatWorstCases } from '../../src/check/worst-cases.js';
import { plainStyle } from '../../src/terminal/style.js';
import { textWidth } from '../../src/terminal/text.js';
import { harmlessLines, hostile } from '../support/hostile.js';

/** A bot of which only is known what its plugins provide, and how they are configured. */
function bot(
  plugins: readonly { id: string; provides: readonly string[]; config?: unknown; off?: true }[],
) {
  const fake = {
    plugins: plugins.map(({ id, provides, off }) => ({
      ...{ id, provides, state: { name: off ? 'disabled' : 'loaded' } },
    })),
    configOf: (id: string) => plugins.find((each) => each.id === id)?.config,
    borrow: () => undefined,
  };
  // Nothing else of a bot is looked at.
  return fake as unknown as Bot;
}

const reward = (more: object = {}) =>
  // Of a reward that is foreseen this is what is looked at.
  ({
    ...{ name: 'lamp', title: 'Lamp', plugin: 'gpio', input: false, allow: 'everyone' },
    ...{ runs: { command: { ownName: 'lamp' }, words: ' on 1m ' } },
    ...more,
  }) as unknown as ForeseenReward;

describe('what is wrong with rewards', () => {
  const asked: string[] = [];
  const plan = (refusal?: object) => ({
    plugin: 'gpio',
    plan: {
      refusalOf: (name: string, words: string) => {
        asked.push(`${name} ${words}`);
        // A refusal has more than its reason.
        return refusal as never;
      },
    },
  });

  it('is what their gadgets would refuse, said at the line that asks for it', () => {
    expect(
      findRewardFaults([reward()], plan({ reason: 'late', text: 'No more than 30 s.' })),
    ).toEqual([
      { plugin: 'gpio', path: ['rewards', 'lamp', 'run'], message: 'run: No more than 30 s' },
    ]);
    expect(asked).toEqual(['lamp on 1m']);
    expect(findRewardFaults([reward()], plan({ reason: 'pin.maxOn' }))).toMatchObject([
      { message: 'run: pin.maxOn' },
    ]);
  });

  it('is nothing where nothing is refused, or nobody can know yet', () => {
    const refusing = plan({ reason: 'late' });
    expect(findRewardFaults([reward()], plan())).toEqual([]);
    expect(findRewardFaults([reward({ plugin: 'other' })], refusing)).toEqual([]);
    expect(findRewardFaults([reward({ runs: undefined })], refusing)).toEqual([]);
    // What a viewer will write is not known.
    expect(findRewardFaults([reward({ input: true })], refusing)).toEqual([]);
    expect(findRewardFaults([], refusing)).toEqual([]);
  });

  it('may be that they are for people whom nobody can tell from others', () => {
    for (const allow of ['subscriber', 'vip', 'moderator', ['@alice', 'vip']]) {
      expect(findRewardDoubts([reward({ allow })])).toEqual([
        expect.stringMatching(/^The reward "Lamp" is for .+ Their points come back/),
      ]);
    }
    for (const allow of [undefined, 'everyone', 'broadcaster', ['@alice']]) {
      expect(findRewardDoubts([reward({ allow })])).toEqual([]);
    }
  });
});

const remote = (more: object = {}) =>
  // A machine tells more of its gadgets than is looked at.
  ({
    name: 'fan',
    node: 'shed',
    outputs: [{ pin: 'GPIO5' }],
    driven: [],
    ...more,
  }) as unknown as RemoteGadgetInfo;

describe('gadgets of other machines', () => {
  const looked = (gadgets: readonly RemoteGadgetInfo[]) => ({
    ...{ plugin: 'mqtt', isNode: false, lease: 2_000, outputs: [], gadgets },
  });

  it('are none for a bot that has no such plugin, or has switched it off', async () => {
    expect(await lookAtNodes(bot([]))).toBeUndefined();
    const off = { id: 'mqtt', provides: ['RemoteNodes'], off: true } as const;
    expect(await lookAtNodes(bot([off]))).toBeUndefined();
  });

  it('are none while a variable is missing, but the bot is not left out', async () => {
    expect(await lookAtNodes(bot([{ id: 'mqtt', provides: ['RemoteNodes'] }]))).toMatchObject({
      ...{ plugin: 'mqtt', isNode: false, gadgets: [], outputs: [] },
    });
    const node = { id: 'mqtt', provides: ['RemoteNodes'], config: { node: 'shed' } };
    expect(await lookAtNodes(bot([node]))).toMatchObject({ isNode: true });
  });

  it.each([
    [undefined, undefined, undefined],
    [500, undefined, 500],
    [undefined, 700, 700],
    [500, 700, 500],
    [900, 700, 700],
  ])(
    'are on for the shorter of what pin (%s) and gadget (%s) allow: %s',
    (ofPin, ofGadget, most) => {
      const outputs = [{ pin: 'GPIO5', maxOn: ofPin }];
      const [output] = toOutputInfos(looked([remote({ outputs, maxOn: ofGadget })]), 'mqtt');
      expect(output).toMatchObject({ pin: 'shed/GPIO5', plugin: 'mqtt', on: false, dryRun: false });
      expect(output?.limits?.maxOn).toBe(most);
    },
  );

  it('have every limit that their machine tells of, and none that it does not', () => {
    const outputs = [
      { pin: 'GPIO5', minOff: 5, maxTogglesPerSecond: 2, dryRun: true },
      { pin: 'GPIO6' },
    ];
    expect(toOutputInfos(looked([remote({ outputs })]), 'mqtt')).toMatchObject([
      { limits: { minOff: 5, maxTogglesPerSecond: 2 }, dryRun: true },
      { limits: {} },
    ]);
  });
});

const output = (pin: string, plugin = 'gpio') =>
  // Of an output this is what its levels depend on.
  ({
    gadget: 'lamp',
    plugin,
    pin,
    on: false,
    level: 0,
    kind: 'output',
    dryRun: false,
  }) as unknown as OutputInfo;

describe('the levels of outputs', () => {
  it('are looked at with the driver that is named, whatever else the config holds', async () => {
    for (const config of [{ driver: 'simulated' }, { driver: 'nonsense' }, undefined, 'x']) {
      const { levels } = await checkLevels(bot([{ id: 'gpio', provides: ['Gpio'], config }]), []);
      expect(levels).toEqual([]);
    }
  });
});

describe('the worst that can happen to outputs', () => {
  it('is nothing where nothing has pins, or a variable is missing', async () => {
    expect(await findWorstCases({ bot: bot([]), outputs: [], nodes: undefined })).toEqual([]);
    const gpio = bot([{ id: 'gpio', provides: ['Gpio'] }]);
    expect(
      await findWorstCases({ bot: gpio, outputs: [output('GPIO17')], nodes: undefined }),
    ).toEqual([]);
    expect(formatWorstCases([], plainStyle)).toEqual([]);
  });

  const bound = { text: 'off within 3 s', provable: true, within: 3_000 } as const;
  const open = { text: 'not provable', provable: false, why: 'nothing watches over it' } as const;
  const worst = (more: Partial<WorstCase> = {}) =>
    ({
      ...{ gadget: 'lamp', pin: 'GPIO17', bot: bound, network: bound, broker: bound, power: bound },
      ...{ botHangs: bound, ...more },
    }) as unknown as WorstCase;

  it('is a table in columns, also where names are wide', () => {
    const [, first = '', second = ''] = formatWorstCases(
      [worst(), worst({ gadget: '日本のランプ' })],
      plainStyle,
    );
    const at = (line: string) => textWidth(line.slice(0, line.indexOf('off within')));
    expect(at(first)).toBe(at(second));
  });

  it('tells each reason once, with all of which it is true', () => {
    const many = Array.from({ length: 500 }, (_, index) =>
      worst({ gadget: `lamp${index}`, power: open as WorstCase['power'] }),
    );
    const notes = formatWorstCases(many, plainStyle).filter((line) =>
      line.startsWith('Not provable'),
    );
    expect(notes).toHaveLength(1);
    expect(notes[0]?.match(/"lamp\d+"/g)).toHaveLength(500);
  });

  it('names the longest time of a bot that stands still', () => {
    const slow = { ...bound, text: 'off within 9 s', within: 9_000 };
    const text = formatWorstCases(
      [worst(), worst({ botHangs: slow as WorstCase['botHangs'] })],
      plainStyle,
    ).join('\n');
    expect(text).toContain('A bot that stands still, instead of dying: off within 9 s.');
  });

  it('lets no name of another machine speak to the terminal', () => {
    const evil = worst({
      gadget: hostile,
      node: hostile,
      pin: hostile,
      power: open as WorstCase['power'],
    });
    expect(
      harmlessLines(formatWorstCases([evil], plainStyle, 80).join('\n')).length,
    ).toBeGreaterThan(2);
  });
});
