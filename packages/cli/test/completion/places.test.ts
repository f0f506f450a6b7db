import { describe, expect, it } from '@jest/globals';
import type { Interfaces } from '@oclif/core';
import { completionFor } from '../../src/completion/completion-for.js';
import { flagValues, line, placesOf, quote, valueFlags } from '../../src/completion/places.js';

const flag = (more: object = {}) => ({ type: 'boolean', description: 'A flag.', ...more });
const command = (id: string, more: object = {}) => ({
  ...{ id, summary: `Does ${id}.`, hidden: false, flags: {}, args: {}, ...more },
});

/** A program with these commands. */
function program(commands: readonly object[], topics: readonly object[] = []) {
  // Of a program nothing else is looked at.
  return { commands, topics } as unknown as Interfaces.Config;
}

const demo = program(
  [
    command('status', {
      flags: {
        json: flag(),
        dir: flag({ type: 'option' }),
        lines: flag({ type: 'option', char: 'n' }),
        role: flag({ type: 'option', options: ['viewer', 'owner'] }),
        open: flag({ allowNo: true }),
        secret: flag({ hidden: true }),
      },
    }),
    command('plugins:add', { args: { plugin: {} } }),
    command('completion', { args: { shell: { options: ['bash', 'zsh'] } } }),
    command('restore', { args: { file: {} } }),
    command('hidden:deed', { hidden: true }),
  ],
  [{ name: 'plugins', description: 'The plugins of the bot.' }],
);

const placeOf = (path: string) => {
  const place = placesOf(demo).find((each) => each.path === path);
  if (place === undefined) throw new Error(`There is no place "${path}".`);
  return place;
};

describe('what may be written', () => {
  it('is each command at its place, and no hidden one', () => {
    expect(placeOf('').words.map(({ name }) => name)).toEqual([
      ...['completion', 'plugins', 'restore', 'status'],
    ]);
    expect(placeOf('plugins').words).toEqual([{ name: 'add', about: 'Does plugins:add.' }]);
    expect(placesOf(demo).some(({ path }) => path.includes('hidden'))).toBe(false);
  });

  it('is told with what it does', () => {
    const about = Object.fromEntries(placeOf('').words.map((each) => [each.name, each.about]));
    expect(about).toMatchObject({ plugins: 'The plugins of the bot.', status: 'Does status.' });
  });

  it('is each flag with what it takes, and help everywhere', () => {
    const flags = placeOf('status').flags.map(({ name, value }) => [name, value]);
    expect(flags).toEqual([
      ['json', 'none'],
      ['dir', 'folder'],
      ['lines', 'any'],
      ['role', ['viewer', 'owner']],
      ['open', 'none'],
      ['no-open', 'none'],
      ['help', 'none'],
    ]);
    for (const { flags: each } of placesOf(demo)) expect(each.at(-1)?.name).toBe('help');
  });

  it('is a file where a command takes one, and a word where it takes one of some', () => {
    expect(placeOf('restore').takesFiles).toBe(true);
    expect(placeOf('plugins add').takesFiles).toBe(true);
    expect(placeOf('status').takesFiles).toBe(false);
    expect(placeOf('completion').words.map(({ name }) => name)).toEqual(['bash', 'zsh']);
  });

  it('is little where there is nothing', () => {
    expect(placesOf(program([]))).toEqual([
      expect.objectContaining({ path: '', words: [], takesFiles: false }),
    ]);
  });
});

describe('flags that take a value', () => {
  it('are named with their dashes, each once', () => {
    const places = [...placesOf(demo), ...placesOf(demo)];
    expect(valueFlags(places)).toEqual(['--dir', '--lines', '--role', '-n']);
    expect([...flagValues(places)]).toEqual([['--role', ['viewer', 'owner']]]);
  });
});

describe('a text for a shell', () => {
  it('means nothing but itself', () => {
    expect(quote("it's $HOME `x`")).toBe("'it'\\''s $HOME `x`'");
    expect(line('  two\n lines `rm -rf`  ')).toBe('two lines rm -rf');
  });

  it.each(['bash', 'zsh', 'fish'])('cannot be broken out of in %s', (shell) => {
    const evil = "'; rm -rf / #`reboot`$(reboot)\n";
    const script = completionFor(
      shell,
      program([command('x', { summary: evil, flags: { y: flag({ description: evil }) } })]),
    );
    expect(script).not.toContain('`reboot`');
    for (const each of script.split('\n').filter((text) => text.includes('rm -rf'))) {
      // Whatever stands there stands within quotes: their number is even.
      const bare = each.replaceAll("'\\''", '').replaceAll("\\'", '');
      expect((bare.match(/'/g) ?? []).length % 2).toBe(0);
    }
  });

  it('is the script of bash for a shell that nobody knows', () => {
    expect(completionFor('sh', demo)).toBe(completionFor('bash', demo));
  });
});
