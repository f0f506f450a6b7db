import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { runInProcess } from '../support/run-in-process.js';

const texts = 'plugins:\n  - use: texts\n';
const gadget = (text: string) =>
  `plugins:\n  - use: gpio\n    config:\n      gadgets:\n        ${text}\n`;

/** Faults that a beginner makes: the file, where it is told, and what mends it. */
const faults: readonly (readonly [what: string, file: string, place: string, cure: string])[] = [
  ['no space behind a colon', 'prefix:"!"\nplugins: []\n', '1:1 a space is missing', 'prefix: "!"'],
  [
    'an entry without a space',
    'plugins:\n  - use:texts\n',
    '2:5 expected an entry',
    '- use: texts',
  ],
  ['curly quotes', 'prefix: “!”\nplugins: []\n', '1:9 these quotes are letters', 'Write: "!"'],
  [
    'config before its entry',
    `${texts}  config:\n    a: 1\n`,
    '3:1 this line does not begin',
    'spaces',
  ],
  ['config too deep', `${texts}      config: {}\n`, '2:10 the line below', 'the same indentation'],
  ['plugin for plugins', 'plugin:\n  - use: texts\n', '1:1 plugin: unknown key', '"plugins"'],
  ['no comma', gadget('lamp: { type: light pin: 17 }'), '5:23 a comma is missing', 'pin: GPIO17'],
  [
    'a comma in a number',
    gadget('lamp: { type: light, pin: 17, maxOn: 1,5m }'),
    '5:46 gadgets.lamp.maxOn',
    '"1s"',
  ],
  [
    'a dot in a pin',
    gadget('lamp: { type: light, pin: GPIO.17 }'),
    '5:35 gadgets.lamp.pin',
    '"GPIO17"',
  ],
  [
    'a verb that is none',
    gadget('lamp: { type: light, pin: 17, verbs: [on, offf] }'),
    '5:51 The gadget "lamp" has no verb',
    '"off"',
  ],
  [
    'a reply of no verb',
    gadget('lamp: { type: light, pin: 17, replies: { onn: a } }'),
    'onn',
    '"on"',
  ],
  [
    'a servo without PWM',
    gadget('flag: { type: servo, pin: GPIO17 }'),
    '5:9 Pin "GPIO17" has no',
    'GPIO18',
  ],
  [
    'hours without minutes',
    gadget('lamp: { type: light, pin: 17, quietHours: 23-7 }'),
    '5:51 gadgets.lamp.quietHours',
    '23:00-07:00',
  ],
  [
    'two gadgets on a pin',
    `${gadget('lamp: { type: light, pin: 17 }')}        horn: { type: buzzer, pin: 17 }\n`,
    '6:36 gadgets.horn.pin',
    'that of "lamp"',
  ],
  [
    'a text that is a map',
    `${texts}    config: { commands: { hi: {user} } }\n`,
    '3:31 commands.hi',
    'Write: "{user}"',
  ],
  [
    'a variable that is none',
    `${texts}    config: { commands: { hi: "Hi {usr}" } }\n`,
    '3:31 commands.hi',
    '{user}',
  ],
  [
    'a prefix in a name',
    `${texts}    config: { commands: { "!hi": "Hi" } }\n`,
    '3:34 commands.!hi',
    'without the prefix',
  ],
  [
    'a role that is none',
    `${texts}    commands: { hi: { allow: mods } }\n`,
    '3:30 commands.hi.allow',
    'moderator',
  ],
  ['true in quotes', `${texts}    enabled: "false"\n`, '3:14 enabled', 'true or false'],
  [
    'a channel behind a #',
    `${texts}    config: { commands: { hi: #hello } }\n`,
    'a # begins a comment',
    '"#hello"',
  ],
  [
    'an alias that is taken',
    `${gadget('lamp: { type: light, pin: 17 }')}    commands: { lamp: { aliases: [hi] } }\n  - use: texts\n    config: { commands: { hi: "Hi" } }\n`,
    '6:35 The command "hi"',
    'aliases: []',
  ],
];

let folder: TestFolder;
beforeAll(async () => {
  folder = await makeBotFolder({});
});
afterAll(() => folder.remove());

describe('a fault in plugins.yaml', () => {
  it.each(faults)('is told with its place and cure: %s', async (_, file, place, cure) => {
    await writeFile(folder.file('plugins.yaml'), file);
    const { code, stderr } = await runInProcess(['check'], folder.path);
    expect(code).toBe(1);
    expect(stderr).toContain('plugins.yaml:');
    expect(stderr).toContain(place);
    expect(stderr).toContain(cure);
  });
});
