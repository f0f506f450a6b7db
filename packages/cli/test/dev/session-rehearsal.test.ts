import { describe, expect, it } from '@jest/globals';
import type { InjectionToken } from '@pertybot/core';
import { Gpio, SimulatedBoard } from '@pertybot/plugin-gpio';
import { parseEvent } from '../../src/dev/lines/parse-event.js';
import type { Happened, Heard } from '../../src/dev/lines/take-line.js';
import { outputsOf, pressButton } from '../../src/dev/players/dev-board.js';
import { SessionRehearsal } from '../../src/dev/session-rehearsal.js';

/** A session that answers as it is told, and notes what it heard. */
function rehearse({
  heard = 'handled',
  happened = heard as Happened,
}: Partial<{ heard: Heard; happened: Happened }> = {}) {
  const done: string[] = [];
  const rehearsal = new SessionRehearsal({
    prefix: '!',
    commands: [{ name: 'lamp', aliases: [], enabled: true }],
    buttons: ['panic'],
    say: async ({ login, text }) => {
      done.push(`${login ?? 'owner'}: ${text}`);
      return heard;
    },
    happen: async ({ kind }) => {
      done.push(kind);
      return happened;
    },
    press: async (name) => name === 'panic',
  });
  return { rehearsal, done };
}

describe('the rehearsal at the page', () => {
  it('takes what is taken at the prompt', async () => {
    const { rehearsal, done } = rehearse();
    for (const line of ['!lamp on', 'alice[mod]: !lamp off', 'alice follows', '']) {
      expect(await rehearsal.take(line)).toEqual({ done: true, text: '' });
    }
    expect(done).toEqual(['owner: !lamp on', 'alice: !lamp off', 'follow']);
  });

  it('offers examples of which each can be taken', () => {
    const { examples } = rehearse().rehearsal;
    expect(examples.length).toBeGreaterThan(20);
    expect(new Set(examples).size).toBe(examples.length);
    for (const example of examples) expect(parseEvent(example)).not.toHaveProperty('fault');
  });

  it('says what is wrong in one sentence with its cure', async () => {
    const { rehearsal, done } = rehearse();
    expect(await rehearsal.take('alice cheers loudly')).toEqual({
      done: false,
      text: expect.stringMatching(/takes .+\. Write such as/),
    });
    expect(done).toEqual([]);
  });

  it('helps, and does not end the bot', async () => {
    const { rehearsal } = rehearse();
    expect(await rehearsal.take('help')).toMatchObject({
      done: true,
      text: expect.stringMatching(/!lamp on/),
    });
    expect(await rehearsal.take('quit')).toEqual({
      done: false,
      text: 'Only its terminal ends the bot.',
    });
  });

  it('says what nobody heard', async () => {
    const { rehearsal } = rehearse({ heard: 'late' });
    expect(await rehearsal.take('!lamp on')).toMatchObject({ done: false });
    const deaf = rehearse({ happened: { deafTo: ['follow'] } });
    expect(await deaf.rehearsal.take('alice follows')).toMatchObject({
      done: false,
      text: expect.stringContaining('follow'),
    });
  });

  it('presses buttons that there are', async () => {
    const { rehearsal } = rehearse();
    expect(await rehearsal.press('panic')).toEqual({ done: true, text: 'Pressed panic.' });
    expect(await rehearsal.press('other')).toEqual({
      done: false,
      text: 'The board has no button "other".',
    });
  });
});

describe('the board of a session', () => {
  const bot = (services: ReadonlyMap<unknown, unknown>) => ({
    // What a test put there is what that token stands for.
    find: <Service>(token: InjectionToken<Service>) => services.get(token) as Service | undefined,
  });

  it('is pressed for a moment, at the pin of the gadget', async () => {
    const deeds: string[] = [];
    const board = {
      press: (gpio: number) => deeds.push(`press ${gpio}`),
      release: (gpio: number) => deeds.push(`release ${gpio}`),
    };
    const gpio = { inputs: [{ gadget: 'panic', pin: 'GPIO22' }], outputs: [] };
    const services = new Map<unknown, unknown>([
      [SimulatedBoard, board],
      [Gpio, gpio],
    ]);
    expect(await pressButton(bot(services), 'other')).toBe(false);
    expect(await pressButton(bot(services), 'panic')).toBe(true);
    expect(deeds).toEqual(['press 22', 'release 22']);
  });

  it('has no button on a true board, or without pins', async () => {
    const gpio = { inputs: [{ gadget: 'panic', pin: 'GPIO22' }], outputs: [] };
    expect(await pressButton(bot(new Map([[Gpio, gpio]])), 'panic')).toBe(false);
    expect(await pressButton(bot(new Map()), 'panic')).toBe(false);
  });

  it('shows levels, and which of them are none', () => {
    const output = { gadget: 'lamp', pin: 'GPIO17', level: 1, on: true, plugin: 'gpio' };
    const outputs = [
      { ...output, dryRun: false },
      { ...output, dryRun: true },
    ];
    expect(outputsOf(bot(new Map([[Gpio, { inputs: [], outputs }]])))).toEqual([
      { gadget: 'lamp', pin: 'GPIO17', level: 1, on: true },
      { gadget: 'lamp', pin: 'GPIO17', level: 1, on: true, dryRun: true },
    ]);
    expect(outputsOf(bot(new Map()))).toEqual([]);
  });
});
