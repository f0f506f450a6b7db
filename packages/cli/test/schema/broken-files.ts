const head = '# yaml-language-server: $schema=./.pertybot/plugins.schema.json\n';

/** A plugins.yaml with these plugins. */
export const fileOf = (entries: string) => `${head}plugins:\n${entries}`;

const gadget = (text: string) =>
  fileOf(`  - use: gpio\n    config:\n      gadgets:\n        ${text}\n`);

const gpio = (text: string) => fileOf(`  - use: gpio\n    config:\n      ${text}\n`);

const entry = (text: string) => fileOf(`  - use: texts\n    ${text}\n`);

/** Files that both `check` and an editor must refuse, each with the line on which that is. */
export const brokenFiles: readonly (readonly [what: string, file: string, line: number])[] = [
  ['an option that no light has', gadget('lamp: { type: light, pin: 17, pinn: 4 }'), 6],
  ['an option in other letters', gadget('lamp: { type: light, pin: 17, maxon: 10m }'), 6],
  ['an option of another kind', gadget('lamp: { type: light, pin: 17, tones: [440] }'), 6],
  ['no pin', gadget('lamp: { type: light }'), 6],
  ['a pin that is none', gadget('lamp: { type: light, pin: GPIO99 }'), 6],
  ['a pin that is power', gadget('lamp: { type: light, pin: BOARD1 }'), 6],
  ['a number that is no pin', gadget('lamp: { type: light, pin: 40 }'), 6],
  ['a type that nobody brings', gadget('lamp: { type: led, pin: 17 }'), 6],
  ['a type with two letters swapped', gadget('lamp: { type: lihgt, pin: 17 }'), 6],
  ['no type', gadget('lamp: { pin: 17 }'), 6],
  ['a text for true', gadget('lamp: { type: relay, pin: 17, activeLow: "yes" }'), 6],
  ['a time in words', gadget('lamp: { type: light, pin: 17, maxOn: 10 minutes }'), 6],
  ['a time without its unit', gadget('lamp: { type: light, pin: 17, maxOn: 10 }'), 6],
  ['a time below nothing', gadget('lamp: { type: light, pin: 17, maxOn: -10s }'), 6],
  ['a part of a duty cycle', gadget('lamp: { type: light, pin: 17, dutyCycle: { on: 1s } }'), 6],
  ['half a run', gadget('lamp: { type: light, pin: 17, perRun: 1.5 }'), 6],
  ['steps without brackets', gadget('show: { type: sequence, steps: lamp on }'), 6],
  ['no steps', gadget('show: { type: sequence, steps: [] }'), 6],
  ['a group of nobody', gadget('all: { type: group, gadgets: [] }'), 6],
  ['one angle of two', gadget('flag: { type: servo, pin: 18, range: [0] }'), 6],
  ['a colour without a pin', gadget('mood: { type: rgb, red: 17, green: 27 }'), 6],
  ['a name of two words', gadget('desk lamp: { type: light, pin: 17 }'), 6],
  ['gadgets as a list', gpio('gadgets: [{ type: light, pin: 17 }]'), 5],
  ['a driver that is none', gpio('driver: onof'), 5],
  ['an event that is none', gpio('on: { raids: [lamp on] }'), 5],
  ['an event with less than nobody', gpio('on: { raid: { min: -1, do: [lamp on] } }'), 5],
  ['a key that gpio does not have', gpio('gadget: {}'), 5],
  ['a key that no entry has', entry('confg: {}'), 4],
  ['an id with a space', entry('id: my texts'), 4],
  ['a role that nobody has', entry('commands: { hello: { allow: mod } }'), 4],
  ['a role in a list', entry('commands: { hello: { allow: [mods] } }'), 4],
  ['a cooldown of nobody', entry('commands: { hello: { cooldown: { usr: 5s } } }'), 4],
  ['a cooldown in words', entry('commands: { hello: { cooldown: a while } }'), 4],
  ['an alias of two words', entry('commands: { hello: { aliases: [a b] } }'), 4],
  ['a text that is a map', entry('config: { commands: { hello: {user} } }'), 4],
  ['a timer without a text', entry('config: { timers: [{ every: 15m }] }'), 4],
  [
    'a timer that counts in words',
    entry('config: { timers: [{ every: 15m, after: ten, say: a }] }'),
    4,
  ],
  ['a prefix with a space', `${head}prefix: "! "\nplugins: []\n`, 2],
  ['a key that plugins.yaml does not have', `${head}prefx: "!"\nplugins: []\n`, 2],
  ['a channel that is a number', fileOf('  - use: irc\n    config: { channels: [1] }\n'), 4],
  ['no channel', fileOf('  - use: irc\n    config: { channels: [] }\n'), 4],
  ['a login that is none', fileOf('  - use: oauth\n    config: { login: phone }\n'), 4],
];
