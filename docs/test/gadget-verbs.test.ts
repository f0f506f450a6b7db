import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { Gadgets } from '@pertybot/plugin-gpio';
import { startTestBot } from '@pertybot/testing';
import { colorNames } from '../../packages/plugin-gpio/src/gadgets/kinds/color.js';

const page = readFileSync(path.join(__dirname, '..', 'gadget-api.md'), 'utf8');

/** One of each type; what stands behind a dash needs an option, and shows only what that adds. */
const gadgets = {
  light: { type: 'light', pin: 'GPIO17' },
  'light-dimmable': { type: 'light', pin: 'GPIO27', dimmable: true },
  relay: { type: 'relay', pin: 'GPIO5' },
  buzzer: { type: 'buzzer', pin: 'GPIO6' },
  'buzzer-tones': { type: 'buzzer', pin: 'GPIO18', tones: true },
  rgb: { type: 'rgb', red: 'GPIO22', green: 'GPIO23', blue: 'GPIO24' },
  motor: { type: 'motor', forward: 'GPIO20', backward: 'GPIO21' },
  servo: { type: 'servo', pin: 'GPIO12' },
  button: { type: 'button', pin: 'GPIO25' },
  sensor: { type: 'sensor', pin: 'GPIO26' },
  thermometer: { type: 'thermometer' },
  sequence: { type: 'sequence', steps: ['light on'] },
};

it('docs/gadget-api.md lists every verb of every type, and what it takes', async () => {
  const bot = await startTestBot([], { config: { gpio: { gadgets } } });
  const seen = new Set<string>();
  const rows: string[] = [];
  for (const gadget of bot.find(Gadgets)?.list ?? []) {
    for (const verb of gadget.verbs) {
      const row = await rowOf(verb.name, verb.about, await gadget.perform(`${verb.name} zzz`));
      if (!seen.has(`${gadget.type} ${row}`))
        rows.push(`| ${gadget.name.replace('-', ', ')} ${row}`);
      seen.add(`${gadget.type} ${row}`);
    }
  }
  await bot.stop();
  expect(page.split('\n').filter((line) => /^\| [a-z, ]+ \| `/.test(line))).toEqual(rows);
  for (const name of Object.keys(colorNames)) expect(page).toContain(`\`${name}\``);
  // Types that are built of others or of the machine: their verbs are those of what they stand for.
  expect(page).toContain('`group`');
  expect(page).toContain('`onboard-led`');
});

/** What a gadget says to a value that is none tells what it takes. */
async function rowOf(name: string, about: string, result: object): Promise<string> {
  const text = 'text' in result ? String(result.text) : '';
  const [, takes = '?', example = name] =
    new RegExp(`^${name} takes (.*?)(?:, such as "(.*)")?\\.$`).exec(text) ?? [];
  const value = takes === 'nothing more' ? '' : takes;
  return `| \`${name}\` | ${value} | \`${example}\` | ${about} |`;
}
