import { duration, type InjectionToken, v } from '@pertybot/core';
import { expectedNode, isNodeName, isPlainName } from './protocol/names.js';

const brokerUrl = 'expected a broker such as mqtt://127.0.0.1 or mqtts://broker.lan';

const described = <Schema extends v.GenericSchema>(schema: Schema, text: string) =>
  v.pipe(schema, v.description(text));

const broker = v.pipe(
  v.string(brokerUrl),
  v.trim(),
  v.check((text) => URL.canParse(text) && /^mqtts?:$/.test(new URL(text).protocol), brokerUrl),
  v.check((text) => !URL.canParse(text) || new URL(text).hostname !== '', brokerUrl),
  v.check(
    (text) => !URL.canParse(text) || new URL(text).password === '',
    'expected no password in the address: write "user:" and "password:" below it',
  ),
);

const nodeName = v.pipe(v.string(expectedNode), v.check(isNodeName, expectedNode));

const gadgetName = v.pipe(
  v.string('expected the name of a gadget'),
  v.check(isPlainName, 'expected one word of at most 25 letters, digits, - and _, such as lamp'),
);

const seconds = described(
  v.optional(duration()),
  'Longest time that this bot may have it on; the node takes the stricter of this and its own limit.',
);

/** Where an owner says of a node's gadget what is not said here, by the keys that gadgets and commands have elsewhere. */
const elsewhere: Readonly<Record<string, string>> = {
  ...each(
    ['crowd', 'off', 'replies', 'about', 'onlyLive'],
    'expected nothing: say it of a group in the gpio plugin of this bot, such as vote-lamp: { type: group, gadgets: [lamp], crowd: vote(10s) }',
  ),
  ...each(
    ['allow', 'cooldown', 'aliases', 'enabled', 'name'],
    'expected nothing: say it of the command, below this plugin, such as commands: { lamp: { allow: subscriber } }',
  ),
  ...each(
    ['type', 'pin', 'activeLow', 'busy', 'mode', 'minOff', 'maxTogglesPerSecond'],
    "expected nothing: the node says it, in its own plugins.yaml below gpio's gadgets",
  ),
  ...each(
    ['dutyCycle', 'perRun', 'deadTime', 'quietHours'],
    "expected nothing: the node says it, in its own plugins.yaml below gpio's gadgets",
  ),
};

function each(keys: readonly string[], text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(keys.map((key) => [key, text]));
}

const ownEntries = v.strictObject({
  maxOn: seconds,
  verbs: described(
    v.optional(v.array(v.string())),
    'Verbs that chat may use, such as [on, off]; without it all.',
  ),
});

/** What the host says of one gadget of a node. */
const gadgetEntries = v.lazy((input) => {
  const keys = typeof input === 'object' && input !== null ? Object.keys(input) : [];
  const strayed = keys.filter((key) => Object.hasOwn(elsewhere, key));
  if (strayed.length === 0) return ownEntries;
  const refused = strayed.map((key) => [key, v.custom(() => false, elsewhere[key])] as const);
  // It has no output: each of these keys is refused.
  return v.strictObject({
    ...ownEntries.entries,
    ...Object.fromEntries(refused),
  }) as typeof ownEntries;
});

/** A node, as the bot in chat has it. */
const nodeEntries = v.optional(
  v.nullish(
    v.strictObject({
      only: described(
        v.optional(v.array(gadgetName)),
        'Gadgets of it that are taken, such as [lamp]; without it all.',
      ),
      as: described(
        v.optional(gadgetName),
        'Word before the names of its gadgets: with desk, its lamp is desk-lamp.',
      ),
      gadgets: described(
        v.optional(v.record(gadgetName, gadgetEntries), {}),
        'What this bot says of single gadgets, by their names on the node.',
      ),
    }),
    {},
  ),
  {},
);

const entries = {
  broker: described(
    broker,
    'Where the MQTT broker is: mqtt:// or mqtts://, with a port if it is not the usual one.',
  ),
  node: described(
    v.optional(nodeName),
    'On a machine without chat: the name under which its gadgets are offered.',
  ),
  nodes: described(
    v.optional(v.record(nodeName, nodeEntries)),
    'On the bot that sits in chat: the nodes whose gadgets it takes, by their names.',
  ),
  name: described(
    v.optional(v.pipe(v.string(), v.regex(/^[\p{L}\p{N}_.-]{1,40}$/u, 'expected one word'))),
    'What nodes call this bot when another one asks who holds them; without it the name of the machine.',
  ),
  user: described(v.optional(v.string()), 'User at the broker.'),
  password: described(v.optional(v.string()), 'Password at the broker: a variable of .env.'),
  ca: described(
    v.optional(v.pipe(v.string(), v.nonEmpty('expected the name of a file'))),
    "File with the certificate of whoever signed that of the broker, for mqtts://; from the bot's folder.",
  ),
};

/** Schema of the entry's `config:`; docs/many-machines.md explains each key. */
export const mqttConfigSchema = v.pipe(
  v.strictObject(entries),
  v.check(
    ({ node, nodes }) => (node === undefined) !== (nodes === undefined),
    'expected either "node: garage", on the machine with the pins, or "nodes: { garage: {} }", on the bot that sits in chat',
  ),
);

/** Settings of the MQTT plugin, checked; durations in milliseconds. */
export type MqttConfig = v.InferOutput<typeof mqttConfigSchema>;

/** What the host says of one node. */
export type NodeSettings = NonNullable<NonNullable<MqttConfig['nodes']>[string]>;

/** Injection token of the {@link MqttConfig}. */
export const MqttConfig: InjectionToken<MqttConfig> = Symbol.for('pertybot.mqtt.MqttConfig');
