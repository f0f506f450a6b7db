import { describe, expect, it } from '@jest/globals';
import { PluginError } from '../../src/contracts/errors.js';
import { StoreError } from '../../src/contracts/store.js';
import {
  isSyntaxError,
  toLocalError,
  toPackageError,
  toSyntaxError,
} from '../../src/load/load-errors.js';
import { hintForMovedName } from '../../src/load/moved-names.js';
import { describePlace, inWords, placeIn, placeOfError } from '../../src/load/plugin-place.js';

/** An error as Node throws one, with a stack of its own. */
function thrown(message: string, ...frames: readonly string[]): Error {
  const error = new Error(message);
  error.stack = [`Error: ${message}`, ...frames.map((frame) => `    at ${frame}`)].join('\n');
  return error;
}

const local = { use: './dice.ts', folder: '/bot', files: ['/bot/dice.ts', '/bot/lib/math.ts'] };

describe('an error of a local plugin', () => {
  it('has the innermost place in its own files', () => {
    const error = thrown(
      'x is undefined.',
      'deep (/bot/node_modules/left/index.js:1:2)',
      'roll (/bot/lib/math.ts:7:5)',
      '/bot/dice.ts:3:1',
    );
    expect(toLocalError(error, local)).toMatchObject({
      code: 'PLUGIN_LOAD_FAILED',
      message: 'lib/math.ts:7:5: x is undefined.',
      hint: 'Mend "lib/math.ts" and save it.',
      files: local.files,
      place: { file: 'lib/math.ts', line: 7, column: 5, message: 'x is undefined', text: '' },
      cause: error,
    });
  });

  it('is named by what plugins.yaml says where it has no place', () => {
    expect(toLocalError(thrown('It broke', 'node:internal/x:1:1'), local)).toMatchObject({
      message: 'The plugin "./dice.ts" cannot be loaded: It broke',
      hint: 'Mend "./dice.ts" and save it.',
      place: undefined,
    });
  });

  it.each(['a text', 7, null, undefined, { odd: true }])('may be %p that was thrown', (odd) => {
    const error = toLocalError(odd, local);
    expect(error.code).toBe('PLUGIN_LOAD_FAILED');
    expect(error.message).toMatch(/^The plugin "\.\/dice\.ts" cannot be loaded: /);
  });

  it('keeps the code and the hint of one of ours, and gets a place', () => {
    const own = new PluginError('PLUGIN_INVALID', 'It has no name.', { hint: 'Name it.' });
    own.stack = 'Error\n    at /bot/dice.ts:2:16';
    expect(toLocalError(own, local)).toMatchObject({
      code: 'PLUGIN_INVALID',
      message: 'dice.ts:2:16: It has no name.',
      hint: 'Name it.',
      files: local.files,
    });
    const other = new StoreError('STORE_TOO_LARGE', 'Too much.', { hint: 'Less.' });
    expect(toLocalError(other, local)).toMatchObject({ code: 'PLUGIN_LOAD_FAILED', hint: 'Less.' });
  });

  it.each([
    [
      "Cannot find package 'left-pad' imported from /x",
      "Run in the bot's folder: npm install left-pad",
    ],
    [
      "The requested module './a.js' does not provide an export named 'Dice'",
      'Check how "Dice" is spelled, or export it there; if it is a type, write: type Dice',
    ],
    [
      "The requested module '@pertybot/core' does not provide an export named 'Bot'",
      "Write: import { Bot } from '@pertybot/core/host'",
    ],
    [
      'require is not defined in ES module scope',
      "Write: import fs from 'node:fs'; in the place of: const fs = require('node:fs');",
    ],
    [
      'definePlugn is not defined',
      `Check how "definePlugn" is spelled, or import it; what PertyBot brings comes from '@pertybot/core'.`,
    ],
    [
      'Module "x.json" needs an import attribute of type "json"',
      "Write: import … from './….json' with { type: 'json' };",
    ],
  ])('%s: says what to write', (message, hint) => {
    expect(toLocalError(thrown(message), local).hint).toBe(hint);
  });
});

describe('an error of a package', () => {
  const from = { use: 'weather', root: '/bot/node_modules/pertybot-plugin-weather' };

  it('says where in the package it was, and not in its neighbour', () => {
    const place = `${from.root}/dist/index.js:9:1`;
    const neighbour = `${from.root}-two/index.js:1:1`;
    expect(toPackageError(thrown('No', neighbour, place), from).hint).toBe(
      'It failed in its "dist/index.js:9:1".',
    );
    expect(toPackageError(thrown('No', neighbour), from).hint).toBe(
      'Run again with --verbose to see where.',
    );
  });

  it('is that of the version that runs, where another one lies on the disk', () => {
    expect(toPackageError(thrown('No'), { ...from, outdated: '2.0.0' })).toMatchObject({
      message: 'The plugin "weather" could not be loaded: No',
      hint: '2.0.0 is installed now: start the bot again to load that.',
    });
  });

  it('is left as it is when it is ours', () => {
    const own = new PluginError('PLUGIN_LOAD_TIMEOUT', 'Slow.');
    expect(toPackageError(own, from)).toBe(own);
  });
});

describe('a syntax error', () => {
  const at = (source: string) =>
    toSyntaxError(new SyntaxError('x'), {
      folder: '/bot',
      files: local.files,
      syntax: { file: '/bot/dice.ts', line: 4, column: 2, source, message: 'Invalid token' },
    });

  it.each([
    ['  @injectable()', /^Decorators need a build/],
    ['  static accessor x = 1;', /^Write a getter and a setter/],
    ['  using lamp = open();', /^Write: const … = …; and hand its undo to onStop/],
    ['  const = 3;', /^Mend "dice\.ts" and save it\.$/],
    ['  // accessor, using', /^Mend/],
  ])('on the line %j leads to its mend', (source, hint) => {
    expect(at(source)).toMatchObject({ message: 'dice.ts:4:2: Invalid token.' });
    expect(at(source).hint).toMatch(hint);
  });

  it('is known by its name, also from another realm', () => {
    expect(isSyntaxError({ name: 'SyntaxError' })).toBe(true);
    for (const other of [new Error('x'), null, 'SyntaxError', undefined]) {
      expect(isSyntaxError(other)).toBe(false);
    }
  });
});

describe('places', () => {
  it('have a message without the full stop that the sentence gets', () => {
    const place = placeIn('/bot', { file: '/bot/a/b.ts', line: 1, column: 2, message: 'No...' });
    expect(describePlace(place)).toBe('a/b.ts:1:2: No.');
  });

  it('are where an import stands whose module lacks what it names', () => {
    const error = thrown('x');
    error.stack = 'file:///bot/dice.ts:3\nimport { Bot } from "x";\n         ^^^\nSyntaxError: x';
    expect(placeOfError(error, '/bot', () => true)).toMatchObject({ line: 3, column: 10 });
  });

  it('name files as their author does, not the copies that run', () => {
    const copy = 'file:///bot/.pertybot/cache/0123456789abcdef/plugins/my%20dice.ts.mjs';
    expect(inWords(`Cannot find ${copy} and ${copy}`)).toBe(
      'Cannot find plugins/my dice.ts and plugins/my dice.ts',
    );
    expect(inWords('nothing of ours')).toBe('nothing of ours');
  });
});

describe('hintForMovedName', () => {
  const said = (name: string, module = '@pertybot/core') =>
    hintForMovedName(`The requested module '${module}' does not provide an export named '${name}'`);

  it('leads to the other face, also by an earlier name', () => {
    expect(said('Bot')).toBe("Write: import { Bot } from '@pertybot/core/host'");
    expect(said('guardProcess')).toBe(
      "Write: import { catchProcessFaults } from '@pertybot/core/host'",
    );
    expect(said('Bot', 'file:///x/core/lib/index.js')).toBeDefined();
  });

  it('says nothing of what is not there either, nor of other modules', () => {
    for (const name of ['Robot', 'constructor', 'toString', '__proto__']) {
      expect(said(name)).toBeUndefined();
    }
    expect(said('Bot', '@pertybot/core/testing')).toBeUndefined();
    expect(said('Bot', 'my@pertybot/core')).toBeUndefined();
    expect(hintForMovedName('')).toBeUndefined();
  });
});
