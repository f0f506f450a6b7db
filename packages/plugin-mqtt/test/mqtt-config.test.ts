import { describe, expect, it } from '@jest/globals';
import { v } from '@pertybot/core';
import { toJsonSchema } from '@pertybot/core/host';
import { mqttConfigSchema } from '../src/mqtt-config.js';

const broker = 'mqtt://127.0.0.1';
const issuesOf = (config: object) =>
  v.safeParse(mqttConfigSchema, { broker, ...config }).issues ?? [];
const ofLamp = (lamp: unknown) =>
  issuesOf({ nodes: { garage: { gadgets: { lamp } } } }).map(({ message, path = [] }) => [
    path.map(({ key }) => String(key)).join('.'),
    message,
  ]);

describe('what the host says of a gadget of a node', () => {
  it('is its longest time and its verbs', () => {
    expect(ofLamp({ maxOn: '30s', verbs: ['on', 'off'] })).toEqual([]);
    expect(ofLamp({})).toEqual([]);
  });

  it.each([
    ['crowd', 'vote(10s)', 'a group in the gpio plugin of this bot'],
    ['replies', { on: 'Hi' }, 'a group in the gpio plugin of this bot'],
    ['allow', 'subscriber', 'commands: { lamp: { allow: subscriber } }'],
    ['cooldown', '5s', 'commands: { lamp: { allow: subscriber } }'],
    ['pin', 17, 'the node says it, in its own plugins.yaml'],
    ['quietHours', '23:00-07:00', 'the node says it, in its own plugins.yaml'],
  ])('is not %s, which is told with where it goes', (key, value, where) => {
    const [issue, ...others] = ofLamp({ maxOn: '30s', [key]: value });
    expect(others).toEqual([]);
    expect(issue?.[0]).toBe(`nodes.garage.gadgets.lamp.${key}`);
    expect(issue?.[1]).toContain(where);
  });

  it('is told of each key that stands in the wrong place, and of one that nobody knows', () => {
    const told = ofLamp({ crowd: 'first', pin: 17, hallo: 1 }).map(([path]) => path);
    expect(told).toEqual(
      expect.arrayContaining(['crowd', 'pin'].map((key) => `nodes.garage.gadgets.lamp.${key}`)),
    );
    expect(ofLamp({ hallo: 1 })).toHaveLength(1);
    expect(ofLamp('on')).toHaveLength(1);
    expect(ofLamp(null)).toHaveLength(1);
  });
});

describe('the config of mqtt', () => {
  it.each([
    ['neither a node nor nodes', {}],
    ['both', { node: 'garage', nodes: {} }],
    ['a node with a name that is none', { node: 'my garage' }],
    ['a broker that is no address', { broker: 'bot.local', node: 'garage' }],
    ['a broker of another protocol', { broker: 'https://bot.local', node: 'garage' }],
    ['a password in the address', { broker: 'mqtt://a:b@bot.local', node: 'garage' }],
    ['a certificate without a name', { node: 'garage', ca: '' }],
    ['a name of two words', { node: 'garage', name: 'my bot' }],
    ['a key that nobody knows', { node: 'garage', brokr: 'x' }],
  ])('refuses %s', (_, config) => {
    expect(issuesOf(config).length).toBeGreaterThan(0);
  });

  it('takes a node without a word about it', () => {
    const config = v.parse(mqttConfigSchema, { broker, nodes: { garage: null, desk: {} } });
    expect(config.nodes).toEqual({ garage: { gadgets: {} }, desk: { gadgets: {} } });
  });

  it('offers editors what may be said of a gadget, and nothing that is refused', async () => {
    const text = JSON.stringify(await toJsonSchema(mqttConfigSchema));
    expect(text).toContain('Longest time that this bot may have it on');
    expect(text).not.toContain('"crowd"');
  });
});
