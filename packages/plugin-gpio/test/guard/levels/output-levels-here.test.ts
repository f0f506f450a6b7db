import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { readReleasePolicy } from '../../../src/guard/levels/output-levels-here.js';

it.each([
  ['pinctrl_bcm2835', 'Y', 'kept'],
  ['pinctrl_bcm2835', 'N', 'input'],
  ['pinctrl_rp1', 'N', 'input'],
  ['pinctrl_other', 'N', undefined],
])('reads from %s with %s that a released output is %s', async (module, value, policy) => {
  const folder = mkdtempSync(join(tmpdir(), 'pertybot-'));
  mkdirSync(join(folder, module, 'parameters'), { recursive: true });
  writeFileSync(join(folder, module, 'parameters/persist_gpio_outputs'), `${value}\n`);
  expect(await readReleasePolicy(folder)).toBe(policy);
});
