import { describe, expect, it } from '@jest/globals';
import { type CommandOwner, CommandRegistry } from '../../src/commands/command-registry.js';
import type { CommandTuning } from '../../src/commands/command-tuning.js';
import type { CommandOptions } from '../../src/contracts/command.js';
import { silentLogger } from '../../src/contracts/logger.js';

type Tuning = Readonly<Record<string, CommandTuning>>;

const owner = (id: string, tuning: Tuning = {}, yields = false): CommandOwner => ({
  id,
  tuning,
  yields,
  log: silentLogger,
  signal: new AbortController().signal,
});

const nothing = () => {};

function add(
  registry: CommandRegistry,
  by: CommandOwner,
  signature: string,
  options: CommandOptions<never> = {},
) {
  return registry.add(by, signature, options, nothing);
}

describe('CommandRegistry', () => {
  it('finds a command by name and alias, and no longer after its undo', () => {
    const registry = new CommandRegistry();
    const undo = add(registry, owner('lamp'), 'Lamp <state:on|off>', { aliases: ['Licht'] });
    expect(registry.find('lamp')).toBe(registry.find('licht'));
    expect(registry.find('lamp')?.usage).toBe('lamp <state:on|off>');
    undo();
    undo();
    expect([registry.find('lamp'), registry.find('licht'), registry.all]).toEqual([
      undefined,
      undefined,
      [],
    ]);
  });

  it('lists each command once, by name', () => {
    const registry = new CommandRegistry();
    add(registry, owner('b'), 'zoo', { aliases: ['aaa'] });
    add(registry, owner('a'), 'ant');
    expect(registry.all.map(({ name }) => name)).toEqual(['ant', 'zoo']);
  });

  it('names both plugins of a name that is taken, and the YAML that renames one', () => {
    const registry = new CommandRegistry();
    add(registry, owner('desk'), 'lamp');
    expect(() => add(registry, owner('hall'), 'LAMP')).toThrow(
      expect.objectContaining({
        code: 'COMMAND_NAME_TAKEN',
        message: 'The command "lamp" is that of the plugin "desk" and of "hall".',
        hint: 'Rename one in plugins.yaml, in the entry of "hall":\n    commands:\n      lamp: { name: lamp2 }',
      }),
    );
    add(registry, owner('hall', { lamp: { name: 'lamp2' } }), 'lamp');
    expect(registry.find('lamp2')?.owner.id).toBe('hall');
  });

  it('leaves the taken alias out of the YAML that mends a clash of aliases', () => {
    const registry = new CommandRegistry();
    add(registry, owner('desk'), 'lamp');
    expect(() => add(registry, owner('hall'), 'hall', { aliases: ['h', 'lamp'] })).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('hall: { aliases: [h] }') }),
    );
    expect(registry.find('hall')).toBeUndefined();
    expect(registry.find('h')).toBeUndefined();
  });

  it('says when one plugin takes a name twice', () => {
    const registry = new CommandRegistry();
    const desk = owner('desk');
    add(registry, desk, 'lamp');
    expect(() => add(registry, desk, 'lamp')).toThrow(
      'The command "lamp" is twice that of the plugin "desk".',
    );
  });

  it('gives way to a plugin, and takes the name back when that is gone', () => {
    for (const first of ['core', 'plugin'] as const) {
      const registry = new CommandRegistry();
      const core = () => add(registry, owner('core', {}, true), 'help');
      if (first === 'core') core();
      const undo = add(registry, owner('own'), 'help', { aliases: ['hilfe'] });
      if (first === 'plugin') core();
      expect(registry.find('help')?.owner.id).toBe('own');
      undo();
      expect(registry.find('help')?.owner.id).toBe('core');
      expect(registry.find('hilfe')).toBeUndefined();
    }
  });

  it('takes from plugins.yaml what the owner changed, and the rest from the author', () => {
    const registry = new CommandRegistry();
    const tuning: Tuning = {
      lamp: { name: 'Desk', aliases: ['d'], allow: 'vip', cooldown: { user: 60_000 } },
      horn: { enabled: false, onCooldown: 'always', cooldownGroup: 'noise', about: 'Toot' },
    };
    const by = owner('gadgets', tuning);
    add(registry, by, 'lamp <state:on|off>', { about: 'Light', aliases: ['l'], cooldown: '5s' });
    add(registry, by, 'horn', { about: 'Noise' });
    expect(registry.find('desk')).toMatchObject({
      name: 'desk',
      ownName: 'lamp',
      aliases: ['d'],
      usage: 'desk <state:on|off>',
      about: 'Light',
      allow: 'vip',
      rules: { user: 60_000, everyone: 0 },
      cooldown: { user: 60_000, channel: 0, everyone: 0, byRole: {} },
      cooldownGroup: 'gadgets/lamp',
      onCooldown: 'once',
      enabled: true,
    });
    expect(registry.find('horn')).toMatchObject({
      about: 'Toot',
      enabled: false,
      cooldownGroup: 'noise',
      onCooldown: 'always',
    });
    expect([registry.find('lamp'), registry.find('l')]).toEqual([undefined, undefined]);
  });

  it('shows an example under the name that the owner gave', () => {
    const registry = new CommandRegistry();
    const by = owner('x', { lamp: { name: 'desk' } });
    const exampleOf = (signature: string, example?: string) => {
      const undo = add(registry, by, signature, example ? { example } : {});
      const [command] = registry.all;
      undo();
      return command?.example;
    };
    expect(exampleOf('lamp <state:on|off>')).toBe('desk on');
    expect(exampleOf('lamp <state:on|off>', 'lamp off')).toBe('desk off');
    expect(exampleOf('lamp <state:on|off>', '!lamp off')).toBe('desk off');
    expect(exampleOf('lamp <state:on|off>', 'off')).toBe('desk off');
    expect(exampleOf('horn [for:duration]', '!horn 2s')).toBe('horn 2s');
  });

  it('finds a command, or none, by one look-up, however many there are', () => {
    const registry = new CommandRegistry();
    for (let i = 0; i < 1_000; i++) add(registry, owner('x'), `command${i}`);
    const { get } = Map.prototype;
    let count = 0;
    Map.prototype.get = function (this: Map<unknown, unknown>, key: unknown) {
      count += 1;
      return get.call(this, key);
    };
    try {
      registry.find('command999');
      registry.find('nothing');
    } finally {
      Map.prototype.get = get;
    }
    expect(count).toBe(2);
  });

  it('takes names that every object has for ordinary ones', () => {
    const registry = new CommandRegistry();
    add(registry, owner('x'), 'constructor');
    expect(registry.find('constructor')?.name).toBe('constructor');
    expect(registry.find('tostring')).toBeUndefined();
  });
});
