import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { askPertybot } from '../support/served-command.js';

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
  ['a type that nobody brings', gadget('lamp: { type: led, pin: 17 }'), '5:23 type: no', '"light"'],
  ['a type in capitals', gadget('lamp: { type: LED, pin: 17 }'), '5:23 type: no', '"light"'],
  ['a type alone', gadget('lamp: light'), '5:15 gadgets.lamp', '{ type: light, pin: GPIO17 }'],
  ['a gadget without a pin', gadget('lamp: { type: light }'), '5:9 gadgets.lamp.pin', 'missing'],
  [
    'a pin that is given twice',
    gadget('lamp: { type: light, pin: 17, pin: 22 }'),
    '5:39 this key stands twice',
    'Keep one',
  ],
  [
    'an unknown event',
    `${gadget('lamp: { type: light, pin: 17 }')}      on: { raidd: [lamp on] }\n`,
    '6:13 on.raidd',
    '"raid"',
  ],
  [
    'an event with a verb that is none',
    `${gadget('lamp: { type: light, pin: 17 }')}      on: { raid: [lamp blnk 3] }\n`,
    '6:20 lamp takes',
    'blink',
  ],
  [
    'a step with a value that does not fit',
    `${gadget('lamp: { type: light, pin: 17 }')}        s: { type: sequence, steps: [lamp blink 99] }\n`,
    '6:38 ',
    'blink takes',
  ],
  [
    'a wait without a unit',
    `${gadget('lamp: { type: light, pin: 17 }')}        s: { type: sequence, steps: [lamp on, wait 3] }\n`,
    '6:47 gadgets.s.steps.1',
    'wait 500ms',
  ],
  [
    'a sequence that plays itself',
    gadget('s: { type: sequence, steps: [s play] }'),
    '5:38 gadgets.s.steps.0',
    's',
  ],
  [
    'a group that cannot what it is to',
    `${gadget('lamp: { type: light, pin: 17 }')}        all: { type: group, gadgets: [lamp], verbs: [beep] }\n`,
    '6:54 The gadget "all" has no verb',
    'It has on',
  ],
  [
    'tones on a pin without PWM',
    gadget('horn: { type: buzzer, pin: 5, tones: true }'),
    '5:9 Pin "GPIO5"',
    'GPIO18',
  ],
  [
    'an interlock of nobody',
    `${gadget('lamp: { type: light, pin: 17 }')}      interlock: [lamp, lmap]\n`,
    '6:25 interlock.1',
    '"lamp"',
  ],
  [
    'a time of milliseconds',
    gadget('lamp: { type: light, pin: 17, maxOn: 2 }'),
    '5:46 gadgets.lamp.maxOn',
    's',
  ],
  [
    'a time of days',
    gadget('lamp: { type: light, pin: 17, maxOn: 25h }'),
    '5:46 gadgets.lamp.maxOn',
    '24 h',
  ],
  ['a bare prefix', 'prefix: !\nplugins: []\n', '1:10 a text that begins with !', 'Write: "!"'],
  ['a file without its ./', 'plugins:\n  - use: plugins/dice.ts\n', '2:10 ', './plugins/dice.ts'],
  [
    'an alias that is taken',
    `${gadget('lamp: { type: light, pin: 17 }')}    commands: { lamp: { aliases: [hi] } }\n  - use: texts\n    config: { commands: { hi: "Hi" } }\n`,
    '6:35 The command "hi"',
    'aliases: []',
  ],
];

let folder: TestFolder;
beforeAll(async () => {
  const dice =
    "import { definePlugin } from '@pertybot/core';\nexport default definePlugin({ name: 'dice' });\n";
  folder = await makeBotFolder({ 'plugins/dice.ts': dice });
});
afterAll(() => folder.remove());

describe('a fault in plugins.yaml', () => {
  it.each(faults)('is told with its place and cure: %s', async (_, file, place, cure) => {
    await writeFile(folder.file('plugins.yaml'), file);
    const { code, stderr } = await askPertybot(['check'], { folder: folder.path });
    expect(code).toBe(1);
    expect(stderr).toContain('plugins.yaml:');
    expect(stderr).toContain(place);
    expect(stderr).toContain(cure);
  });
});

describe('faults in plugins.yaml', () => {
  it('are all told, each of several gadgets with its own', async () => {
    const file = `${gadget('flag: { type: servo, pin: GPIO17 }')}        lamp: { type: light, pin: 22, verbs: [offf] }
        all: { type: group, gadgets: [flag] }
        horn: { type: buzzer, pin: 5, tones: true }\n`;
    await writeFile(folder.file('plugins.yaml'), file);
    const { code, stderr } = await askPertybot(['check'], { folder: folder.path });
    expect(code).toBe(1);
    expect(stderr).toContain('plugins.yaml:5:9 Pin "GPIO17" has no hardware PWM.');
    expect(stderr).toContain('plugins.yaml:6:47 The gadget "lamp" has no verb "offf".');
    expect(stderr).toContain('plugins.yaml:8:9 Pin "GPIO5" has no hardware PWM.');
    // It lacks nothing but its member.
    expect(stderr).not.toContain('plugins.yaml:7');
  });

  it('are told to who lists the gadgets, one of which is missing', async () => {
    await writeFile(folder.file('plugins.yaml'), gadget('lamp: { type: led, pin: 17 }'));
    const { code, stderr } = await askPertybot(['gadgets'], { folder: folder.path });
    expect(code).toBe(0);
    expect(stderr).toContain('plugins.yaml:5:23 type: no plugin brings "led"');
    expect(stderr).toContain('Did you mean "light"?');
  });

  it('cost one gadget each when the bot runs, and are told there', async () => {
    const file = `${gadget('flag: { type: servo, pin: GPIO17 }')}        lamp: { type: light, pin: 22, verbs: [offf] }
        horn: { type: buzzer, pin: 5 }
        glow: { type: led, pin: 23 }
        party: { type: sequence, steps: [horn flash] }\n`;
    const bot = await makeBotFolder({ 'plugins.yaml': file });
    try {
      const { stdout, code } = await askPertybot(['dev'], { folder: bot.path });
      expect(code).toBe(0);
      expect(stdout).toContain(
        '✗ No plugin brings the type "led" of the gadget "glow". Did you mean "light"?',
      );
      expect(stdout).toContain('✗ plugins.yaml: gadgets.flag: Pin "GPIO17" has no hardware PWM.');
      expect(stdout).toContain('Hint: Use GPIO12, GPIO13, GPIO18 or GPIO19.');
      expect(stdout).toContain('✗ plugins.yaml: gadgets.lamp.verbs.0: The gadget "lamp" has no');
      expect(stdout).toContain('✗ plugins.yaml: gadgets.party.steps.0: horn takes a number');
      expect(stdout).toContain('Ready');
      expect(stdout).not.toContain('gpio failed');
    } finally {
      await bot.remove();
    }
  });
});
