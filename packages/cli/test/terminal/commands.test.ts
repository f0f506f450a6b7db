import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Config } from '@oclif/core';
import { ConfigError } from '@pertybot/core/host';
import { BaseCommand } from '../../src/terminal/base-command.js';
import { CliError } from '../../src/terminal/cli-error.js';
import { DeedCommand } from '../../src/terminal/deed-command.js';
import { misspeltCommand, misspeltFlag } from '../../src/terminal/misspelt.js';
import { deedAsJson, faultAsJson, reportError } from '../../src/terminal/report-error.js';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';

describe('the command that was meant', () => {
  const names = ['plugins', 'plugins add', 'plugins remove', 'pins log', 'status', 'stop', 'start'];

  it.each([
    ['stauts', 'status'],
    ['plugin add fan', 'plugins add fan'],
    ['plugins ad fan', 'plugins add fan'],
    ['plugins rmove fan now', 'plugins remove fan now'],
    ['pin log', 'pins log'],
    ['Status', 'status'],
  ])('by %j is %j', (written, meant) => {
    expect(misspeltCommand(written, names)).toBe(meant);
  });

  it.each(['', 'xyzzy', 'status now', 'completely different words'])('by %j is none', (written) => {
    expect(misspeltCommand(written, names)).toBeUndefined();
  });

  it('is none where there are none, and found soon among ten thousand', () => {
    expect(misspeltCommand('status', [])).toBeUndefined();
    const many = Array.from({ length: 10_000 }, (_, index) => `command${index}`);
    expect(misspeltCommand('comand77', many)).toBe('command77');
  });
});

describe('the flag that was meant', () => {
  const known = { json: {}, verbose: {}, 'log-level': {}, secret: { hidden: true } };
  const unknown = (...flags: unknown[]) => Object.assign(new Error('Nonexistent flag'), { flags });

  it.each([
    ['--jsn', '--json'],
    ['--verbos', '--verbose'],
    ['--loglevel', '--log-level'],
    ['--hlep', '--help'],
  ])('by %s is %s', (written, meant) => {
    expect(misspeltFlag(unknown(written), known)).toBe(meant);
  });

  it('is never one that nobody is told of', () => {
    expect(misspeltFlag(unknown('--secrt'), known)).toBeUndefined();
  });

  it.each([
    ['another error', new Error('Nonexistent flag: --jsn')],
    ['no error', '--jsn'],
    ['flags that are no list', Object.assign(new Error(), { flags: '--jsn' })],
    ['flags that are no texts', unknown(7, null)],
    ['a letter', unknown('-j')],
    ['none', unknown()],
  ])('is none for %s', (_, error) => {
    expect(misspeltFlag(error, known)).toBeUndefined();
  });
});

describe('an error as a program reads it', () => {
  const read = (error: unknown, help?: string) => JSON.parse(faultAsJson(error, { help }));

  it('has code, sentence and hint', () => {
    const error = new CliError('CLI_NPM_FAILED', 'No npm.', { hint: 'Install it.' });
    expect(read(error)).toEqual({
      ...{ ok: false, code: 'CLI_NPM_FAILED', message: 'No npm.', hint: 'Install it.' },
    });
    expect(read(new Error('x'))).toEqual({ ok: false, message: 'x' });
    expect(read('thrown')).toMatchObject({ ok: false, message: 'thrown' });
    expect(read(undefined)).toMatchObject({ ok: false });
  });

  it('is one of usage where the words were wrong', () => {
    const error = new Error('Nonexistent flag: --x\nSee more help with --help');
    expect(read(error, 'See pertybot --help')).toEqual({
      ...{
        ok: false,
        code: 'USAGE',
        message: 'Nonexistent flag: --x',
        hint: 'See pertybot --help',
      },
    });
  });

  it('has each fault of a file with its place', () => {
    const position = { line: 2, column: 3 };
    const problem = { file: 'plugins.yaml', position, message: 'bad', excerpt: '' };
    // Of a problem this is what is told.
    const error = new ConfigError('CONFIG_INVALID', 'It has faults.', {
      problems: [problem],
    } as never);
    expect(read(error).problems ?? []).toEqual(error.problems);
  });

  it('is what was said, without colours', () => {
    const said = ['\u001b[32m✓\u001b[39m Done.', '', '  Next: x', ''];
    expect(JSON.parse(deedAsJson(said, true))).toEqual({ ok: true, text: '✓ Done.\n\n  Next: x' });
    expect(JSON.parse(deedAsJson([], false))).toEqual({ ok: false, text: '' });
  });
});

describe('the causes of an error', () => {
  it('are shown as far as there is an end of them', () => {
    const one = new Error('one');
    const two = new Error('two', { cause: one });
    one.cause = two;
    const text = reportError(two, { stream: {}, verbose: true });
    expect(text.match(/caused by/g)?.length).toBeLessThan(10);
    const odd = reportError(new Error('x', { cause: 'a text' }), { stream: {}, verbose: true });
    expect(odd).toContain('caused by a text');
  });
});

describe('what a command says', () => {
  let folder: TestFolder;
  const { stdout } = process;
  const write = stdout.write;
  let written = '';
  beforeEach(async () => {
    folder = await makeBotFolder({ '.env': 'MY_TOKEN=very-secret-word\n' });
    written = '';
    stdout.write = ((text: unknown) => {
      written += String(text);
      return true;
    }) as typeof stdout.write;
  });
  afterEach(async () => {
    stdout.write = write;
    await folder.remove();
  });

  class Plain extends BaseCommand {
    async run(): Promise<void> {
      const { flags } = await this.parse(Plain);
      this.folderOf(flags);
      this.print('It says very-secret-word.');
    }
  }

  class Deed extends DeedCommand {
    async run(): Promise<void> {
      const { flags } = await this.parse(Deed);
      this.folderOf(flags);
      this.print('One with very-secret-word.');
      this.print('\u001b[32m✓\u001b[39m Two.');
      if (flags.verbose) throw new CliError('CLI_NPM_FAILED', 'It failed.', { hint: 'Mend it.' });
    }
  }

  const run = async (command: typeof Plain | typeof Deed, ...words: string[]) => {
    const config = await Config.load(process.cwd());
    const made = new command([...words, '--dir', folder.path], config);
    // oclif calls it so.
    return (made as unknown as { _run(): Promise<void> })._run();
  };

  it('is without the secrets of the bot', async () => {
    await run(Plain);
    expect(written).toBe('It says [hidden].\n');
  });

  it('is one object with --json, which holds all of it', async () => {
    await run(Deed, '--json');
    expect(JSON.parse(written)).toEqual({ ok: true, text: 'One with [hidden].\n✓ Two.' });
  });

  it('is the fault alone with --json where it failed', async () => {
    await expect(run(Deed, '--json', '--verbose')).rejects.toMatchObject({ oclif: { exit: 1 } });
    expect(JSON.parse(written)).toMatchObject({
      ...{ ok: false, code: 'CLI_NPM_FAILED', hint: 'Mend it.' },
    });
  });
});
