import { describe, expect, it } from '@jest/globals';
import { type CommandOwner, CommandRegistry } from '../../src/commands/command-registry.js';
import type { CommandTuning } from '../../src/commands/command-tuning.js';
import type { CommandError, CommandOptions } from '../../src/contracts/command.js';
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

  /** A registry that keeps what it says of clashes. */
  function listening() {
    const clashes: { readonly plugin: string; readonly error: CommandError }[] = [];
    const registry = new CommandRegistry(({ plugin }, { error }) => {
      clashes.push({ plugin, error });
    });
    return { registry, clashes };
  }

  const at = (place: number, id: string, tuning: Tuning = {}): CommandOwner => ({
    ...owner(id, tuning),
    place: () => place,
  });

  it('leaves a name to the plugin that stands first, and says how to rename the other', () => {
    const { registry, clashes } = listening();
    add(registry, at(0, 'desk'), 'lamp');
    add(registry, at(1, 'hall'), 'LAMP');
    expect(registry.find('lamp')?.owner.id).toBe('desk');
    expect(clashes).toEqual([
      {
        plugin: 'hall',
        error: expect.objectContaining({
          code: 'COMMAND_NAME_TAKEN',
          message:
            'The command "lamp" is that of the plugin "desk" and of "hall"; it stays with "desk", which stands first in plugins.yaml.',
          hint: 'Rename one in plugins.yaml, in the entry of "hall":\n    commands:\n      lamp: { name: lamp2 }',
        }),
      },
    ]);
    add(registry, at(1, 'hall', { lamp: { name: 'lamp2' } }), 'lamp');
    expect(registry.find('lamp2')?.owner.id).toBe('hall');
  });

  it('gives it to that plugin also when it starts last, and back when that is gone', () => {
    const { registry, clashes } = listening();
    add(registry, at(1, 'hall'), 'lamp');
    add(registry, at(1, 'hall'), 'door');
    const undo = add(registry, at(0, 'desk'), 'lamp');
    expect(registry.find('lamp')?.owner.id).toBe('desk');
    expect(registry.find('door')?.owner.id).toBe('hall');
    expect(clashes.map(({ plugin }) => plugin)).toEqual(['hall']);
    undo();
    expect(registry.find('lamp')?.owner.id).toBe('hall');
  });

  it('follows plugins.yaml when its order changes', () => {
    const { registry, clashes } = listening();
    const places = { desk: 0, hall: 1 };
    add(registry, { ...owner('desk'), place: () => places.desk }, 'lamp');
    add(registry, { ...owner('hall'), place: () => places.hall }, 'lamp');
    places.desk = 2;
    registry.settle();
    expect(registry.find('lamp')?.owner.id).toBe('hall');
    expect(clashes.map(({ plugin }) => plugin)).toEqual(['hall', 'desk']);
  });

  it('costs the whole command, and leaves the taken alias out of the YAML that mends it', () => {
    const { registry, clashes } = listening();
    add(registry, at(0, 'desk'), 'lamp');
    add(registry, at(1, 'hall'), 'hall', { aliases: ['h', 'lamp'] });
    expect(clashes[0]?.error.hint).toContain('hall: { aliases: [h] }');
    expect([registry.find('hall'), registry.find('h')]).toEqual([undefined, undefined]);
    expect(registry.of('hall')).toHaveLength(1);
  });

  it('costs one command where the owner gave it the name of another one of the same plugin', () => {
    const { registry, clashes } = listening();
    const gpio = at(0, 'gpio', { lamp: { aliases: ['horn'] } });
    for (const name of ['lamp', 'horn', 'fan']) add(registry, gpio, name);
    expect(registry.find('horn')?.name).toBe('lamp');
    expect(registry.find('fan')?.name).toBe('fan');
    expect(clashes[0]?.error).toMatchObject({
      message: expect.stringContaining('it stays with its command "lamp"'),
      hint: expect.stringContaining('lamp: { aliases: [] }'),
    });
  });

  it('takes many away again, of which each two clash, without going through all for each', () => {
    const { registry } = listening();
    const undos = Array.from({ length: 2_000 }, (_, index) =>
      add(registry, at(0, 'desk'), `a${index}`),
    );
    add(registry, at(1, 'hall'), 'a0');
    const { settle } = registry;
    let settled = 0;
    registry.settle = () => {
      settled += 1;
      settle.call(registry);
    };
    for (const undo of undos) undo();
    expect(settled).toBe(1);
    expect(registry.find('a0')?.owner.id).toBe('hall');
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
