import { describe, expect, it } from '@jest/globals';
import { CommandRegistry } from '../../src/commands/command-registry.js';
import { unknownTunings } from '../../src/host/unknown-tunings.js';
import { MemoryLogger } from '../../src/testing/memory.js';

function registryOf(id: string, ...signatures: readonly string[]): CommandRegistry {
  const registry = new CommandRegistry(() => {});
  const { signal } = new AbortController();
  const owner = { id, log: new MemoryLogger(), signal, tuning: {} };
  for (const signature of signatures) registry.add(owner, signature, {}, () => {});
  return registry;
}

const found = (tuning: Parameters<typeof unknownTunings>[0]['tuning'], registry: CommandRegistry) =>
  unknownTunings({ id: 'gpio', tuning }, registry);

describe('commands that plugins.yaml tunes in vain', () => {
  it('are none where each is there, also one with arguments', () => {
    const registry = registryOf('gpio', 'lamp <state>', 'horn');
    expect(found({ lamp: {}, horn: { enabled: false } }, registry)).toEqual([]);
    expect(found({}, registryOf('gpio'))).toEqual([]);
  });

  it('are told with the one that is meant, or with all that there are', () => {
    const registry = registryOf('gpio', 'lamp', 'horn');
    expect(found({ lmap: {}, weather: {} }, registry)).toEqual([
      {
        name: 'lmap',
        hint: 'Did you mean "lamp"?',
        told: 'plugins.yaml tunes the command "lmap" of "gpio", which has no such command. Did you mean "lamp"?',
      },
      {
        name: 'weather',
        hint: 'It has: lamp, horn.',
        told: 'plugins.yaml tunes the command "weather" of "gpio", which has no such command. It has: lamp, horn.',
      },
    ]);
  });

  it('are told of a plugin without commands', () => {
    expect(found({ lamp: {} }, registryOf('gpio')).map(({ hint }) => hint)).toEqual([
      'It has none.',
    ]);
  });

  it('do not count commands that another plugin has', () => {
    expect(found({ lamp: {} }, registryOf('other', 'lamp')).map(({ hint }) => hint)).toEqual([
      'It has none.',
    ]);
  });

  it('go by the name that the author gave, whatever the owner calls it', () => {
    const registry = new CommandRegistry(() => {});
    const { signal } = new AbortController();
    const tuning = { lamp: { name: 'licht' } };
    const owner = { id: 'gpio', log: new MemoryLogger(), signal, tuning };
    registry.add(owner, 'lamp', {}, () => {});
    expect(found(tuning, registry)).toEqual([]);
    expect(found({ licht: {} }, registry)).toHaveLength(1);
  });
});
