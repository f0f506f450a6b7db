import { describe, expect, it } from '@jest/globals';
import type { OutputInfo } from '../../src/gpio.js';
import { parseBootPins } from '../../src/guard/levels/boot-pins.js';
import { levelsOf } from '../../src/guard/levels/output-levels.js';
import {
  remoteWorstCases,
  type WorstCaseSettings,
  worstCases,
} from '../../src/reach/worst-case.js';

const minute = 60_000;

interface Wiring {
  readonly pin?: string;
  readonly activeLow?: boolean;
  readonly maxOn?: number;
  readonly dryRun?: boolean;
  readonly boot?: string;
}

/** The worst case of a lamp, in words. */
function tell(
  { pin = 'GPIO17', activeLow = false, maxOn, dryRun = false, boot = '' }: Wiring,
  settings: Partial<WorstCaseSettings> = {},
) {
  const levels = levelsOf(
    { gadget: 'lamp', pin, safe: activeLow ? 1 : 0 },
    { bootPins: parseBootPins(boot) },
  );
  const output: OutputInfo = {
    ...{ gadget: 'lamp', plugin: 'gpio', kind: 'light', pin, on: false, dryRun },
    level: activeLow ? 1 : 0,
    limits: maxOn === undefined ? {} : { maxOn },
  };
  const [found] = worstCases([output], {
    ...{
      guardian: 'required',
      chatLostAfter: minute,
      hasChat: true,
      levels: levels ? [levels] : [],
    },
    ...settings,
  });
  if (!found) return undefined;
  const { bot, botHangs, network, broker, power } = found;
  return {
    bot: bot.text,
    botHangs: botHangs.text,
    network: network.text,
    broker: broker.text,
    power: power.text,
  };
}

describe('the worst case of an output', () => {
  it('is ended by the guardian, by missed chat, by its longest time on, and by its pull', () => {
    expect(tell({ maxOn: 10 * minute })).toEqual({
      bot: 'off within 0.5 s',
      botHangs: 'off within 2.5 s',
      network: 'off within 1 min 2 s',
      broker: 'off within 10 min',
      power: 'off at once',
    });
  });

  it('is its longest time on where that is shorter than the patience with chat', () => {
    expect(tell({ maxOn: 300 })).toMatchObject({
      bot: 'off within 0.5 s',
      botHangs: 'off within 0.8 s',
      network: 'off within 0.3 s',
      broker: 'off within 0.3 s',
    });
  });

  it('cannot be proved where nothing ends it', () => {
    expect(tell({}, { chatLostAfter: 'never' })).toMatchObject({
      network: 'not provable',
      broker: 'not provable',
    });
    expect(tell({}, { hasChat: false })).toMatchObject({ network: 'not provable' });
  });

  it('cannot be proved of a bot whose guardian may be missing', () => {
    expect(tell({ maxOn: minute }, { guardian: 'optional' })).toMatchObject({
      bot: 'not provable',
      botHangs: 'not provable',
      broker: 'off within 1 min',
    });
  });

  it('is no shorter than chat takes to be missed, however impatient the owner', () => {
    expect(tell({}, { chatLostAfter: 1_000 })).toMatchObject({ network: 'off within 22 s' });
  });

  it('is the lease of what a host holds on', () => {
    const node = { lease: 2_000, hasChat: false };
    expect(tell({ maxOn: 10 * minute }, node)).toMatchObject({
      bot: 'off within 0.5 s',
      network: 'off within 2 s',
      broker: 'off within 2 s',
    });
    expect(tell({ maxOn: 1_000 }, node)).toMatchObject({ broker: 'off within 1 s' });
    expect(tell({}, node)).toMatchObject({ broker: 'off within 2 s' });
  });

  it.each([
    ['pulled up though it is on when high', { pin: 'GPIO5' }],
    ['pulled down though it is on when low', { activeLow: true }],
    ['on when low, and perhaps fed by another supply', { pin: 'GPIO5', activeLow: true }],
    ['driven on by config.txt', { boot: 'gpio=17=op,dh\n' }],
    ['no pin of the header', { pin: 'ACT' }],
  ] as const)('cannot be proved for a loss of power of what is %s', (_what, wiring) => {
    expect(tell(wiring)).toMatchObject({ power: 'not provable' });
  });

  it('is not told of what moves nothing', () => {
    expect(tell({ dryRun: true })).toBeUndefined();
  });
});

describe('the worst case of an output on another machine', () => {
  const lamp = { gadget: 'lamp', pin: 'GPIO17', node: 'garage', maxOn: 10 * minute } as const;
  const textsOf = (...[output, lease]: [Parameters<typeof remoteWorstCases>[0][number], number?]) =>
    remoteWorstCases([output], lease).map(({ bot, botHangs, network, broker, power }) =>
      [bot, botHangs, network, broker, power].map(({ text }) => text),
    );

  it('is the lease, or what ends it there if the bot of that machine dies', () => {
    expect(textsOf({ ...lamp, guardian: 'required' }, 2_000)).toEqual([
      ['off within 2 s', 'off within 2.5 s', 'off within 2 s', 'off within 2 s', 'not provable'],
    ]);
    expect(textsOf({ ...lamp, maxOn: 300, guardian: 'required' }, 2_000)).toEqual([
      [
        'off within 0.5 s',
        'off within 0.8 s',
        'off within 0.3 s',
        'off within 0.3 s',
        'not provable',
      ],
    ]);
  });

  it('cannot be proved where that machine may have no guardian, or did not say', () => {
    for (const guardian of ['optional', undefined] as const) {
      const [texts] = textsOf({ ...lamp, ...(guardian && { guardian }) }, 2_000);
      expect(texts?.slice(0, 3)).toEqual(['not provable', 'not provable', 'off within 2 s']);
    }
  });

  it('is not told of what moves nothing', () => {
    expect(textsOf({ ...lamp, dryRun: true }, 2_000)).toEqual([]);
  });
});
