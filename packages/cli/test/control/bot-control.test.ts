import { uptime } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { attributionNow, Chat, type PluginState, v } from '@pertybot/core';
import type { Bot } from '@pertybot/core/host';
import { BotControl } from '../../src/control/bot-control.js';
import { statusSchema } from '../../src/control/control-protocol.js';

const service = (name: string) => Symbol.for(`pertybot.${name}`);

/** What a test says of its bot. */
interface FakeParts {
  readonly services?: Readonly<Record<symbol, unknown>>;
  readonly plugins?: readonly object[];
  readonly gadgets?: readonly object[];
  readonly more?: object;
}

/** A bot of values: no plugin runs, and what is done to it is written down. */
function fakeBot({ services = {}, plugins = [], gadgets = [], more = {} }: FakeParts = {}) {
  const deeds: string[] = [];
  const bot = {
    ...{ state: 'ready', prefix: '!', plugins, hosted: [], refusals: [], redemptions: [] },
    reactions: [],
    gadgets: {
      list: gadgets,
      outputs: [],
      find: (name: string) => gadgets.find((each) => 'name' in each && each.name === name),
    },
    emergencyStop: {
      engaged: undefined,
      hasOutputs: true,
      engage: (by: string) => deeds.push(`stop by ${by}`),
      release: () => deeds.push('release'),
    },
    find: (token: symbol) => services[token],
    restart: async (id: string) => deeds.push(`restart ${id}`),
    ...more,
  };
  // A control asks for no more of a bot than this.
  return { control: new BotControl(bot as unknown as Bot, 'pertybot start'), deeds };
}

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
