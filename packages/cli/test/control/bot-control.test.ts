import { uptime } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { attributionNow, Chat } from '@pertybot/core';
import type { PluginState } from '@pertybot/core/host';
import { fakeBot } from '../support/fake-bot.js';

const service = (name: string) => Symbol.for(`pertybot.${name}`);

function plugin(id: string, state: PluginState) {
  return { id, use: id, about: '', state, commands: [{ name: id }] };
}

const failed: PluginState = { name: 'failed', error: new Error('no luck') };

describe('say', () => {
  const chatting = (delivery: object) => {
    const said: string[] = [];
    const chat = {
      channels: [],
      say: async (text: string) => {
        said.push(text);
        return delivery;
      },
    };
    return { ...fakeBot({ services: { [Chat as symbol]: chat } }), said };
  };

  it('says it', async () => {
    const { control, said } = chatting({ status: 'written' });
    expect(await control.say('hello')).toEqual({ done: true, text: 'Said.' });
    expect(said).toEqual(['hello']);
  });

  it('says why it did not', async () => {
    const { control } = chatting({ status: 'dropped', reason: 'it came too late' });
    expect(await control.say('hello')).toEqual({
      done: false,
      text: 'Not said: it came too late.',
    });
    expect(await fakeBot().control.say('hello')).toMatchObject({
      text: 'The bot is not in chat.',
    });
  });
});

describe('the emergency stop', () => {
  it('is named after whoever asked, or after the command', async () => {
    const { control, deeds } = fakeBot();
    expect(await control.stopAll({ ask: 'estop', engage: true })).toMatchObject({ done: true });
    await control.stopAll({ ask: 'estop', engage: true, by: 'the page' });
    expect(deeds).toEqual(['stop by pertybot estop', 'stop by the page']);
  });

  it('is engaged also where there is nothing to switch off', async () => {
    const deeds: string[] = [];
    const engage = (by: string) => deeds.push(by);
    const { control } = fakeBot({ more: { emergencyStop: { hasOutputs: false, engage } } });
    expect(await control.stopAll({ ask: 'estop', engage: true })).toEqual({
      done: false,
      text: 'The bot drives no pins.',
    });
    expect(deeds).toHaveLength(1);
  });

  it('is no success where an output is still on, and names each', async () => {
    const outputs = [
      { gadget: 'lamp', pin: 'GPIO17', on: true },
      { gadget: 'fan', pin: 'GPIO5', on: false },
      { gadget: 'horn', pin: 'GPIO27', on: true },
    ];
    const { control } = fakeBot({ services: { [service('Gpio')]: { outputs } } });
    expect(await control.stopAll({ ask: 'estop', engage: true })).toEqual({
      done: false,
      text: 'The bot could not switch "lamp" (GPIO17), "horn" (GPIO27) off.',
    });
  });

  it('is released in time, and never by a request that nobody waits for any more', async () => {
    const { control, deeds } = fakeBot();
    const late = { ask: 'estop', engage: false, until: uptime() - 1 } as const;
    expect(await control.stopAll(late)).toMatchObject({ done: false });
    expect(deeds).toEqual([]);
    expect(await control.stopAll({ ...late, until: uptime() + 60 })).toMatchObject({ done: true });
    expect(deeds).toEqual(['release']);
  });
});

describe('a gadget', () => {
  const lamp = (result: object) => {
    const actions: string[] = [];
    const perform = async (action: string) => {
      actions.push(action);
      return result;
    };
    return { actions, ...fakeBot({ gadgets: [{ name: 'lamp', perform }, { name: 'horn' }] }) };
  };

  it('does what it is told', async () => {
    const { control, actions } = lamp({ text: 'lamp is on.' });
    expect(await control.drive('lamp', 'on 3s')).toEqual({ done: true, text: 'lamp is on.' });
    expect(actions).toEqual(['on 3s']);
  });

  it('says why it does not', async () => {
    const refusal = { refused: true, reason: 'pin.busy' };
    const spoken = lamp({ ...refusal, text: 'It is busy.' });
    expect(await spoken.control.drive('lamp', 'on')).toMatchObject({ done: false });
    expect((await lamp(refusal).control.drive('lamp', 'on')).text).toContain('pin.busy');
  });

  it('is named where there is none of that name', async () => {
    expect((await lamp({}).control.drive('lmap', 'on')).text).toBe(
      'There is no gadget "lmap". Known gadgets: lamp, horn.',
    );
    expect((await fakeBot().control.drive('lamp', 'on')).text).toContain('The bot has none.');
  });
});

describe('a restart', () => {
  const running = { name: 'running' } as const;

  it('is done, and says what it waits for afterwards', async () => {
    const { control, deeds } = fakeBot({ plugins: [plugin('gpio', running)] });
    expect(await control.restart('gpio')).toEqual({
      done: true,
      text: 'Restarted gpio, and what needs it.',
    });
    expect(deeds).toEqual(['restart gpio']);
    const waiting = plugin('irc', { name: 'waiting', reason: 'login' });
    expect((await fakeBot({ plugins: [waiting] }).control.restart('irc')).text).toContain(
      'It waits: login.',
    );
  });

  it('is no success where the plugin fails', async () => {
    expect(await fakeBot({ plugins: [plugin('dice', failed)] }).control.restart('dice')).toEqual({
      done: false,
      text: 'The plugin "dice" failed: no luck',
    });
  });

  it('is not even tried of what is not there, or switched off', async () => {
    const plugins = [plugin('gpio', running), plugin('old', { name: 'disabled' })];
    const { control, deeds } = fakeBot({ plugins });
    expect((await control.restart('gipo')).text).toBe(
      'The bot has no plugin "gipo". It has gpio, old.',
    );
    expect((await control.restart('old')).text).toContain('switched off in plugins.yaml');
    expect(deeds).toEqual([]);
  });
});

describe('the handler', () => {
  it('answers every question', async () => {
    const { control } = fakeBot({ plugins: [plugin('gpio', { name: 'running' })] });
    const asked = [
      { ask: 'status' },
      { ask: 'say', text: 'x' },
      { ask: 'estop', engage: true },
      { ask: 'gadget', name: 'x', action: 'on' },
      { ask: 'restart', plugin: 'gpio' },
      { ask: 'refusals' },
      { ask: 'rewards' },
      { ask: 'reactions' },
    ] as const;
    for (const request of asked) expect(await control.handle(request)).toBeDefined();
  });

  it('does all in the name of a terminal, so that the audit can tell', async () => {
    const causes: unknown[] = [];
    const perform = async () => {
      causes.push(attributionNow());
      return { text: 'Done.' };
    };
    const { control } = fakeBot({ gadgets: [{ name: 'lamp', perform }] });
    await control.handle({ ask: 'gadget', name: 'lamp', action: 'on' });
    expect(causes).toEqual([expect.objectContaining({ where: 'terminal' })]);
  });
});
