import { describe, expect, it } from '@jest/globals';
import type { PluginTrace } from '@pertybot/core/host';
import { noteOf, noteText, type RunningBot } from '../../src/notes/plugin-note.js';

const fingerprint = '0'.repeat(64);

const botWith = (trace: PluginTrace): RunningBot => ({
  find: () => undefined,
  traceOf: () => trace,
});

describe('noteOf', () => {
  it('has empty lists for a plugin that brought nothing', () => {
    expect(
      noteOf(botWith({ commands: [], events: [], rewards: [] }), 'quiet', fingerprint),
    ).toEqual({
      ...{
        fingerprint,
        commands: [],
        events: [],
        rewards: [],
        kinds: [],
        gadgets: [],
        outputs: [],
      },
    });
  });

  it('keeps commands and events as they were registered', () => {
    const commands = [{ signature: 'dice', aliases: ['roll'], cooldown: '5s' }] as const;
    const note = noteOf(botWith({ commands, events: ['raid'], rewards: [] }), 'dice', fingerprint);
    expect(note).toMatchObject({ commands: [{ signature: 'dice', aliases: ['roll'] }] });
    expect(note?.events).toEqual(['raid']);
  });

  it('is undefined for more than a note holds', () => {
    const many = Array.from({ length: 501 }, (_, index) => ({ signature: `c${index}` }));
    expect(
      noteOf(botWith({ commands: many, events: [], rewards: [] }), 'many', fingerprint),
    ).toBeUndefined();
    expect(
      noteOf(botWith({ commands: many.slice(1), events: [], rewards: [] }), 'many', fingerprint)
        ?.commands,
    ).toHaveLength(500);
  });

  it('is undefined for a text that would move the cursor', () => {
    const commands = [{ signature: 'dice', about: 'Rolls\u001b[2J' }];
    expect(
      noteOf(botWith({ commands, events: [], rewards: [] }), 'dice', fingerprint),
    ).toBeUndefined();
  });
});

it('leaves a time that nothing limits out of the text', () => {
  expect(noteText({ maxOn: Number.POSITIVE_INFINITY, minOff: 0 })).toBe('{"minOff":0}');
});
