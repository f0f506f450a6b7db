import { describe, expect, it } from '@jest/globals';
import { ConfigError } from '../../src/bot-file/config-error.js';
import { PluginError } from '../../src/contracts/errors.js';
import { loadComposition } from '../../src/host/composition.js';
import { definePlugin } from '../../src/index.js';

const talks = definePlugin({
  name: 'talks',
  replies: {
    'talk.full': 'The {what} are full.',
    'talk.said': { text: '{what} said', knows: ['who'], about: 'It was said.' },
  },
});

const loader = {
  load: async (use: string) => {
    if (use === './broken.js') throw new PluginError('PLUGIN_INVALID', 'It is broken.');
    const plugin = use === 'talks' ? talks : definePlugin({ name: 'mute' });
    return { plugin, module: use, resolved: { kind: 'local', file: use }, files: [] } as const;
  },
};

const load = (replies: string, plugins = ['talks']) => {
  const list = plugins.map((use) => `  - use: ${use}\n`).join('');
  const text = `replies:\n${replies}plugins:\n${list}`;
  return loadComposition(text, { environment: {}, overlay: {}, loader });
};

async function faultsOf(replies: string, plugins?: string[]): Promise<string> {
  const error = await load(replies, plugins).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof ConfigError) return error.message;
  throw new Error(`It was taken, or failed otherwise: ${String(error)}`);
}

describe('replies in plugins.yaml', () => {
  it('may have every sentence of core and of the plugins, with the names that it knows', async () => {
    const { replies } = await load(
      '  cooldown: "{user}: {command} in {wait}"\n  talk.full: "{what} {user} {wait} {text}"\n  talk.said: "{who}: {what}"\n',
    );
    expect(Object.keys(replies)).toEqual(['cooldown', 'talk.full', 'talk.said']);
  });

  it('names the place of a sentence that nobody says, what was meant, and its family', async () => {
    const told = await faultsOf('  talk.ful: "voll"\n');
    expect(told).toContain('plugins.yaml:2:3 replies: nobody says "talk.ful"');
    expect(told).toContain('Did you mean "talk.full"? Known: talk.full, talk.said.');
    expect(told).toContain('^');
  });

  it('lists all sentences where none is near', async () => {
    const told = await faultsOf('  nonsense: "x"\n');
    expect(told).toContain('nobody says "nonsense"');
    for (const key of ['arguments', 'cooldown', 'helpNone', 'talk.said']) {
      expect(told).toContain(key);
    }
  });

  it.each([
    ['cooldown: "{wiat}"', 'cooldown: there is no {wiat} in this text', 'Did you mean "{wait}"?'],
    ['talk.said: "{user}"', 'talk.said: there is no {user} in this text', '{what}, {who}'],
    ['helpNone: "{}"', 'helpNone: there is no {} in this text', 'It has none.'],
    ['cooldown: "{constructor}"', 'there is no {constructor} in this text', '{command}'],
  ])('refuses the name in %s', async (line, message, hint) => {
    const told = await faultsOf(`  ${line}\n`);
    expect(told).toContain('plugins.yaml:2:');
    expect(told).toContain(message);
    expect(told).toContain(hint);
  });

  it('tells of every wrong sentence at once', async () => {
    const lines = Array.from({ length: 20 }, (_, index) => `  nobody${index}: "{x}"\n`).join('');
    expect((await faultsOf(lines)).match(/nobody says/g)).toHaveLength(20);
  });

  it('refuses none that a plugin which is not loaded may have', async () => {
    const plugins = ['talks', './off.js\n    enabled: false'];
    expect((await load('  off.busy: "{anything}"\n', plugins)).replies).toEqual({
      'off.busy': '{anything}',
    });
    expect(await faultsOf('  talk.nothing: "x"\n', plugins)).toContain('nobody says');
    expect(await faultsOf('  coldown: "x"\n', plugins)).toContain('Did you mean "cooldown"?');
    const told = await faultsOf('  off.busy: "x"\n', ['talks', './broken.js']);
    expect(told).toContain('It is broken.');
    expect(told).not.toContain('nobody says');
  });

  it('are what a plugin may declare, as sentences alone', () => {
    const wrong = [[], 'x', { a: 1 }, { a: { txt: 'x' } }, { a: { text: 'x', knows: [1] } }];
    for (const replies of wrong) {
      expect(() => definePlugin({ name: 'x', replies } as never)).toThrow(
        'has "replies" that are no sentences',
      );
    }
  });
});
