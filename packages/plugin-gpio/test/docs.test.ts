import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { v } from '@pertybot/core';
import { parse } from 'yaml';
import { firstPartyKinds } from '../src/gadgets/kinds/first-party.js';
import { gpioConfigSchema } from '../src/gpio-config.js';
import { defaultLimits } from '../src/guard/limits/default-limits.js';
import { planGadgets } from '../src/plan-gadgets.js';

const read = (name: string) => readFileSync(path.join(__dirname, '../../../docs', name), 'utf8');

const entrySchema = v.tuple([
  v.strictObject({
    use: v.literal('gpio'),
    config: v.unknown(),
    commands: v.optional(v.unknown()),
  }),
]);

/** Every YAML block of a page, with the line on which it begins. */
function blocksOf(page: string): [string, string][] {
  const text = read(page);
  return [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(({ 1: block = '', index }) => [
    `${page}:${text.slice(0, index).split('\n').length + 1}`,
    block,
  ]);
}

describe.each(['gadgets.md', 'safety.md'])('%s', (page) => {
  it.each(blocksOf(page))('%s is an entry that starts', async (_place, block) => {
    const [entry] = v.parse(entrySchema, parse(block));
    const config = v.parse(gpioConfigSchema, entry.config);
    const plan = await planGadgets(config);
    expect(plan.gadgets.length + plan.missing.length).toBe(Object.keys(config.gadgets).length);
    expect(plan.gadgets.length + plan.missing.length).toBeGreaterThan(0);
  });
});

describe('gadgets.md', () => {
  const page = read('gadgets.md');

  it('has a section with YAML for each kind', () => {
    for (const { type } of firstPartyKinds) {
      const section = page.split(`\n## ${type}\n`)[1]?.split('\n## ')[0] ?? '';
      expect([type, section.includes(`type: ${type}`)]).toEqual([type, true]);
    }
  });

  it('names every verb of each kind', async () => {
    const plans = await Promise.all(
      blocksOf('gadgets.md').map(async ([, block]) => {
        const [{ config }] = v.parse(entrySchema, parse(block));
        return planGadgets(v.parse(gpioConfigSchema, config));
      }),
    );
    for (const { type, verbs } of plans.flatMap(({ gadgets }) => gadgets)) {
      const section = page.split(`\n## ${type}\n`)[1]?.split('\n## ')[0] ?? '';
      const table = page.split('\n').find((line) => line.startsWith(`| [${type}]`)) ?? '';
      const unnamed = verbs
        .map(({ name }) => name)
        .filter((name) => !section.includes(name) && !table.includes(name))
        .filter((name) => !(type === 'group' || name === 'color' || name === 'angle'));
      expect([type, unnamed]).toEqual([type, []]);
    }
  });
});

describe('safety.md', () => {
  it('gives the defaults that hold', () => {
    const page = read('safety.md');
    const show = (kind: keyof typeof defaultLimits) => {
      const { maxOn = 0, maxTogglesPerSecond } = defaultLimits[kind];
      const time = maxOn % 60_000 === 0 ? `${maxOn / 60_000} min` : `${maxOn / 1_000} s`;
      return `${time} | ${maxTogglesPerSecond} |`;
    };
    expect(page).toContain(`| an output of a plugin | ${show('output')}`);
    expect(page).toContain(`| light (also rgb, onboard-led) | ${show('light')}`);
    expect(page).toContain(`| buzzer | ${show('buzzer')}`);
    expect(page).toContain(`| relay, motor, servo | ${show('relay')}`);
    expect(show('motor')).toBe(show('relay'));
  });
});
