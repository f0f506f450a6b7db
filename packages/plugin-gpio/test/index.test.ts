import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import * as entry from '../src/index.js';

/** The values that each heading of the index stands above. */
const values: Readonly<Record<string, readonly string[]>> = {
  'The entry of plugins.yaml': ['default'],
  'For plugins that use pins': ['Gpio', 'header', 'parsePin', 'pinName'],
  'For plugins that drive gadgets': ['Gadgets'],
  'For plugins that bring a kind of gadget': [
    'defineGadget',
    'verb',
    'amount',
    'choice',
    'count',
    'time',
    'playPattern',
    'repeated',
    'switchVerbs',
    'limitEntries',
    'limitsOf',
    'outputEntries',
  ],
  Errors: ['GpioError', 'GadgetError'],
  'For tests': ['SimulatedBoard'],
  'Of no use to a plugin: for the program that runs a bot, to plan, check and explain what it would do':
    [
      'editorConfigSchema',
      'gpioConfigSchema',
      'planGadgets',
      'gadgetFaults',
      'reachOfCommands',
      'reachOfRewards',
      'deaths',
      'notProvable',
      'offWithin',
      'remoteWorstCases',
      'worstCases',
      'describeLevels',
      'levelsOf',
      'outputLevels',
      'levelWarnings',
    ],
  'The same, to stop everything, and to see what was left on and by whom': [
    'EstopLatch',
    'outlivesPlugin',
    'askGuardian',
    'makePinsSafe',
    'outputsToStop',
    'pinsLeftOn',
    'PinsFile',
    'setConfiguredPins',
    'stopPins',
    'switchOffLeft',
    'OwnLines',
    'describeActor',
    'readPinAudit',
  ],
};

/** What stands below each heading of the index, without what is a type alone. */
function headings(): Readonly<Record<string, readonly string[]>> {
  const text = readFileSync(path.join(__dirname, '../src/index.ts'), 'utf8');
  const [, ...sections] = text.replace(/^\/\/ biome.*$/m, '').split(/^\/\/ /m);
  return Object.fromEntries(
    sections.map((section) => {
      const [heading = '', ...lines] = section.split('\n');
      const lists = [...lines.join('\n').matchAll(/^export \{([^}]*)\}/gm)];
      const names = lists.flatMap(([, list = '']) => list.split(',').map((name) => name.trim()));
      const own = names.filter((name) => name !== '' && !name.startsWith('type '));
      return [heading, own.map((name) => name.replace(/^.* as /, ''))];
    }),
  );
}

describe('the index', () => {
  it('has each name below the heading of those who need it', () => {
    expect(headings()).toEqual(values);
  });

  it('gives these names, and no others', () => {
    expect(Object.keys(entry).sort()).toEqual(Object.values(values).flat().sort());
  });
});
