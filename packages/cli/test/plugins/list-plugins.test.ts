import { describe, expect, it } from '@jest/globals';
import { formatPluginList, type ListedPlugin } from '../../src/plugins/list-plugins.js';
import { styleFor } from '../../src/terminal/style.js';

const plain = styleFor({}, {});
const dice: ListedPlugin = {
  ...{ id: 'dice', use: './dice.ts', enabled: true, line: 3 },
  ...{ needs: [], provides: [], scopes: [], commands: [] },
};
const format = (...plugins: readonly ListedPlugin[]) =>
  formatPluginList(plugins, plain).split('\n');

describe('formatPluginList', () => {
  it('says how to begin where there is none', () => {
    expect(format()).toEqual([expect.stringContaining('pertybot plugins add gpio')]);
  });

  it('is a line for a file that says nothing of itself', () => {
    expect(format(dice)).toEqual(['● dice ./dice.ts']);
  });

  it('tells what each is and does, in columns', () => {
    const gpio = {
      ...{ ...dice, id: 'gpio', packageName: '@pertybot/plugin-gpio', version: '1.0.0' },
      ...{ about: 'Drives pins', provides: ['Gpio', 'Gadgets'], commands: ['!lamp', '!horn'] },
      state: 'running',
    };
    expect(format(gpio, { ...dice, id: 'x', needs: ['Gpio'] })).toEqual([
      '● gpio 1.0.0 @pertybot/plugin-gpio running',
      '       Drives pins',
      '       commands !lamp !horn',
      '       provides Gpio, Gadgets',
      '● x    ./dice.ts',
      '       needs Gpio',
    ]);
  });

  it('tells how each does', () => {
    const lines = format(
      { ...dice, enabled: false, state: 'disabled' },
      { ...dice, state: 'waiting', detail: 'needs Gpio' },
      { ...dice, state: 'failed', detail: 'no luck' },
    );
    expect(lines).toEqual([
      '○ dice ./dice.ts (disabled)',
      '● dice ./dice.ts waiting: needs Gpio',
      '✗ dice ./dice.ts failed: no luck',
    ]);
  });

  it('says why one cannot be loaded, in the place of what it is', () => {
    const lines = format({ ...dice, about: 'Rolls dice', fault: 'It is not installed.' });
    expect(lines).toEqual(['✗ dice ./dice.ts', '       It is not installed.']);
  });

  it('breaks the commands of one that has many', () => {
    const commands = Array.from({ length: 60 }, (_, index) => `!command${index}`);
    const lines = format({ ...dice, commands });
    expect(lines.every((line) => line.length <= 80)).toBe(true);
    expect(lines.join(' ').match(/!command\d+/g)).toHaveLength(60);
  });

  it('shows nothing of a stranger’s that would move the cursor or begin a line', () => {
    const strange = 'fine\u001b[2J\r\n● root\u202e';
    const lines = format(
      { ...dice, about: strange, version: strange, state: 'failed', detail: strange },
      { ...dice, fault: strange, needs: [strange], provides: [strange], commands: [strange] },
    );
    expect(lines).toHaveLength(7);
    expect(lines.join('')).not.toMatch(/[\p{Cc}\u202e]/u);
  });
});
