import { describe, expect, it } from '@jest/globals';
import {
  handlerError,
  isTuned,
  type NamedCommand,
  namesOf,
  reservedError,
  takenError,
  tunedPath,
} from '../../src/commands/registration-errors.js';

function command(
  plugin: string,
  ownName: string,
  { name = ownName, aliases = [] as readonly string[], tuning = {} } = {},
): NamedCommand {
  return { plugin, ownName, name, aliases, owner: { tuning } };
}

describe('a command whose name another one has', () => {
  it('of two plugins stays with the first, and the owner is told how to rename one', () => {
    const error = takenError('lamp', command('gpio', 'lamp'), command('texts', 'lamp'));
    expect(error).toMatchObject({
      code: 'COMMAND_NAME_TAKEN',
      message:
        'The command "lamp" is that of the plugin "gpio" and of "texts"; it stays with "gpio", which stands first in plugins.yaml.',
      hint: 'Rename one in plugins.yaml, in the entry of "texts":\n    commands:\n      lamp: { name: lamp2 }',
    });
  });

  it('by an alias loses that alias, and keeps its others', () => {
    const other = command('texts', 'light', { aliases: ['lamp', 'l'] });
    expect(takenError('lamp', command('gpio', 'lamp'), other).hint).toMatch(
      /light: \{ aliases: \[l\] \}$/,
    );
  });

  it('of one plugin is its author’s to rename', () => {
    const error = takenError('lamp', command('gpio', 'lamp'), command('gpio', 'lamp'));
    expect(error.message).toBe('The command "lamp" is twice that of the plugin "gpio".');
    expect(error.hint).toBe('Give one of the two another name where "gpio" registers it.');
  });

  it('is named in the entry where the owner gave it that name, whichever of the two it is', () => {
    const tuning = { horn: { name: 'Lamp' } };
    const renamed = command('texts', 'horn', { name: 'lamp', tuning });
    const own = command('gpio', 'lamp');
    expect(takenError('lamp', own, renamed).hint).toMatch(
      /entry of "texts":[\s\S]*horn: \{ name: horn2 \}/,
    );
    expect(takenError('lamp', renamed, own).hint).toMatch(/entry of "texts"/);
    expect([isTuned('lamp', own, renamed), isTuned('lamp', own)]).toEqual([true, false]);
  });

  it('is the owner’s to mend where he gave one of a plugin the name of its other', () => {
    const tuning = { horn: { aliases: ['lamp'] } };
    const renamed = command('gpio', 'horn', { aliases: ['lamp'], tuning });
    const error = takenError('lamp', command('gpio', 'lamp'), renamed);
    expect(error.message).toContain('it stays with its command "lamp"');
    expect(error.hint).toMatch(/horn: \{ aliases: \[\] \}$/);
  });
});

describe('tunedPath', () => {
  it('is where plugins.yaml gives a name, and nothing where the plugin does', () => {
    const tuning = { lamp: { name: 'Licht', aliases: ['L', 'birne'] } };
    const tuned = command('gpio', 'lamp', { tuning });
    expect(tunedPath(tuned, 'licht')).toEqual(['commands', 'lamp', 'name']);
    expect(tunedPath(tuned, 'l')).toEqual(['commands', 'lamp', 'aliases', 0]);
    expect(tunedPath(tuned, 'birne')).toEqual(['commands', 'lamp', 'aliases', 1]);
    expect(tunedPath(tuned, 'lamp')).toBeUndefined();
    expect(tunedPath(command('gpio', 'constructor'), 'constructor')).toBeUndefined();
  });
});

describe('other commands that cannot be', () => {
  it('want a word that is core’s own, by name or by alias', () => {
    const info = { ownName: 'halt', plugin: 'gpio' } as Parameters<typeof reservedError>[1];
    expect(reservedError('stop', info)).toMatchObject({
      code: 'COMMAND_NAME_RESERVED',
      message:
        'The plugin "gpio" cannot have the name "stop" for the command "halt": "stop" is reserved for stopping everything.',
    });
    expect(reservedError('halt', info).message).toContain('cannot have the command "halt"');
  });

  it('have no handler, or their options behind it', () => {
    expect(handlerError({ id: 'x' }, 'hi', {}).message).toBe(
      'The plugin "x" gives the command "hi" no handler.',
    );
    expect(handlerError({ id: 'x' }, 'hi', () => {}).message).toContain('they stand before it');
  });
});

describe('namesOf', () => {
  it('are all by which a command is called', () => {
    expect(namesOf({ name: 'lamp', aliases: ['l', 'light'] })).toEqual(['lamp', 'l', 'light']);
  });
});
