import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readStartWords, startFlags } from '../src/direct-start.js';
import { BaseCommand } from '../src/terminal/base-command.js';

describe('readStartWords', () => {
  it('takes what start takes', () => {
    expect(readStartWords([])).toEqual({ folder: resolve('.'), logLevel: 'info', verbose: false });
    expect(readStartWords(['--dir=bot', '--log-level', 'debug', '--verbose'])).toEqual({
      folder: resolve('bot'),
      logLevel: 'debug',
      verbose: true,
    });
  });

  it('knows each flag of the command', () => {
    expect(Object.keys(startFlags).sort()).toEqual(Object.keys(BaseCommand.baseFlags).sort());
  });

  it.each([['--help'], ['--log-level', 'loud'], ['--dir'], ['--colour'], ['now']])(
    'leaves %p to oclif',
    (...words) => {
      expect(readStartWords(words)).toBeUndefined();
    },
  );
});
