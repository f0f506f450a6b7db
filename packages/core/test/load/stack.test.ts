import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { placeOf, readableStack, stackFrames } from '../../src/load/stack.js';

const core = fileURLToPath(new URL('../..', import.meta.url));

describe('stackFrames', () => {
  it('reads each form of a frame that has a place', () => {
    const stack = [
      'Error: at work (file:///a.ts:1:1)',
      '    at roll (file:///bot/my%20plugins/dice.ts:7:12)',
      '    at Object.start [as begin] (/bot/old.cjs:3:9)',
      '    at file:///bot/top.ts:1:2',
      '    at async node:internal/main:5:6',
      '    at new Promise (<anonymous>)',
      '    at async Promise.all (index 0)',
      '    at eval (eval at <anonymous> (/bot/x.js:1:1), <anonymous>:1:1)',
    ].join('\n');
    expect(stackFrames(stack)).toMatchObject([
      { name: 'roll', file: '/bot/my plugins/dice.ts', line: 7, column: 12 },
      { name: 'Object.start [as begin]', file: '/bot/old.cjs', line: 3, column: 9 },
      { name: '', file: '/bot/top.ts', line: 1, column: 2 },
      { name: '', file: 'node:internal/main', line: 5, column: 6 },
    ]);
  });
});

describe('placeOf', () => {
  const error = (stack: unknown) => Object.assign(new Error('x'), { stack });

  it("is the innermost line of an author, by the bot's folder", () => {
    const stack = [
      'Error: x',
      `    at command (${core}lib/index.js:1:1)`,
      '    at start (file:///bot/plugins/dice.ts:7:5)',
      '    at more (/bot/plugins/more.ts:1:1)',
    ].join('\n');
    expect(placeOf(error(stack), '/bot')).toBe('plugins/dice.ts:7:5');
    expect(placeOf(error(stack), '/elsewhere')).toBe('/bot/plugins/dice.ts:7:5');
  });

  it.each([undefined, null, 'x', {}, error(undefined), error('Error: x\n    at node:net:1:2')])(
    'is not known of %p',
    (value) => {
      expect(placeOf(value, '/bot')).toBeUndefined();
    },
  );
});

describe('readableStack', () => {
  it('leads a stack of PertyBot alone back to its sources, with their names', () => {
    const lib = path.join(core, 'lib', 'index.js');
    expect(existsSync(`${lib}.map`)).toBe(true);
    const error = `PluginError: gone\n    at nothing (${lib}:200:10)\n    at node:net:1:2`;
    const told = readableStack(error, '/bot').split('\n');
    expect(told[1]).toMatch(/^ {4}at nothing \(.*(?:\/src\/|node_modules\/).+:\d+:\d+\)$/);
    expect(told[2]).toBe('    at node:net:1:2');
  });

  it('folds each cause by itself', () => {
    const stack = [
      'Error: outer',
      `    at f (${core}lib/index.js:1:1)`,
      '    at mine (/bot/a.ts:1:1)',
      'caused by: Error: inner',
      '    at g (node:fs:1:1)',
      '    at mine (/bot/b.ts:2:2)',
    ].join('\n');
    expect(readableStack(stack, '/bot')).toBe(
      [
        'Error: outer',
        '    at mine (a.ts:1:1)',
        '    … 1 more inside PertyBot and Node.js',
        'caused by: Error: inner',
        '    at mine (b.ts:2:2)',
        '    … 1 more inside PertyBot and Node.js',
      ].join('\n'),
    );
  });

  it('leaves what is no stack as it is', () => {
    expect(readableStack('just words\nand more', '/bot')).toBe('just words\nand more');
  });
});
