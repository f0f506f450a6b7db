import { describe, expect, it } from '@jest/globals';
import { Chat, v } from '@pertybot/core';
import type { PluginState } from '@pertybot/core/host';
import { statusSchema } from '../../src/control/control-protocol.js';
import { fakeBot } from '../support/fake-bot.js';

const service = (name: string) => Symbol.for(`pertybot.${name}`);

function plugin(id: string, state: PluginState) {
  return { id, use: id, about: '', state, commands: [{ name: id }] };
}

const failed: PluginState = { name: 'failed', error: new Error('no luck') };

describe('the status', () => {
  it('of a bot with nothing is whole, and what a command can read', () => {
    const status = fakeBot().control.status();
    expect(v.parse(statusSchema, status)).toMatchObject({
      ...{ pid: process.pid, command: 'pertybot start', state: 'ready', prefix: '!' },
      ...{ channels: [], plugins: [], gadgets: [], outputs: [], rewards: [], inputs: [] },
    });
    for (const absent of ['driver', 'nodes', 'estop', 'unsaid', 'events']) {
      expect(status).not.toHaveProperty(absent);
    }
  });

  it('says of each plugin why it does not run, and how its commands are written', () => {
    const plugins = [
      plugin('gpio', { name: 'running' }),
      plugin('irc', { name: 'waiting', reason: 'login' }),
      plugin('dice', failed),
    ];
    expect(fakeBot({ plugins }).control.status().plugins).toEqual([
      { id: 'gpio', use: 'gpio', about: '', state: 'running', commands: ['!gpio'] },
      expect.objectContaining({ state: 'waiting', detail: 'login' }),
      expect.objectContaining({ state: 'failed', detail: 'no luck' }),
    ]);
  });

  it('leaves out what runs beside the plugins of plugins.yaml', () => {
    const plugins = [plugin('dashboard', { name: 'running' }), plugin('gpio', { name: 'running' })];
    const hosted = [{ id: 'dashboard', path: [] }];
    const { control } = fakeBot({ plugins, more: { hosted } });
    expect(control.status().plugins.map(({ id }) => id)).toEqual(['gpio']);
  });

  it('takes channels from the chat plugin’s health, else from chat', () => {
    const chat = { channels: ['alice'] };
    const [token, health] = [Chat as symbol, service('irc.ChatHealth')];
    expect(fakeBot({ services: { [token]: chat } }).control.status().channels).toEqual([
      { channel: 'alice', joined: true },
    ]);
    const channels = [{ channel: 'alice', joined: false, problem: 'banned' }];
    const ill = { channels, droppedTexts: 3, lastDrop: 'late' };
    const { control } = fakeBot({ services: { [token]: chat, [health]: ill } });
    expect(control.status()).toMatchObject({ channels, unsaid: { count: 3, latest: 'late' } });
  });

  it('says nothing of texts where all were said', () => {
    const well = { channels: [], droppedTexts: 0 };
    const { control } = fakeBot({ services: { [service('irc.ChatHealth')]: well } });
    expect(control.status()).not.toHaveProperty('unsaid');
  });

  it('tells of EventSub when somebody listens, and of a gap in whole seconds', () => {
    const token = service('eventsub.Health');
    const idle = { state: 'idle', subscriptions: [] };
    expect(fakeBot({ services: { [token]: idle } }).control.status()).not.toHaveProperty('events');
    const lastGap = { endedAt: 0, duration: 20 };
    const up = { state: 'up', subscriptions: [], lastGap };
    expect(fakeBot({ services: { [token]: up } }).control.status().events).toEqual({
      state: 'up',
      subscriptions: [],
      gap: { endedAt: '1970-01-01T00:00:00.000Z', seconds: 1 },
    });
  });

  it('names who stopped everything', () => {
    const emergencyStop = { engaged: { by: '@alice' } };
    expect(fakeBot({ more: { emergencyStop } }).control.status().estop).toBe('@alice');
  });
});
