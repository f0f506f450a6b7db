import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { type GpioBot, startGpioBot } from '../../start-gpio-bot.js';

describe('thermometer', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'thermometer-'));
  const file = path.join(folder, 'temperature');
  let bot: GpioBot;
  afterEach(() => bot.stop());
  afterAll(() => rmSync(folder, { recursive: true }));

  it('says the temperature', async () => {
    writeFileSync(file, '48312\n');
    bot = await startGpioBot({ gadgets: { temp: { type: 'thermometer', file } } });
    await bot.hear('!temp');
    writeFileSync(file, '-1250\n');
    await bot.hear('!temp', { as: 'bob' });
    expect(bot.replies).toEqual(['temp is 48.3 °C', 'temp is -1.3 °C']);
  });

  it('says it in Fahrenheit where people want that', async () => {
    writeFileSync(file, '25000\n');
    bot = await startGpioBot({ gadgets: { temp: { type: 'thermometer', file, unit: 'F' } } });
    await bot.hear('!temp');
    expect(bot.replies).toEqual(['temp is 77.0 °F']);
  });

  it('says when there is nothing to read', async () => {
    const nothing = path.join(folder, 'nothing');
    bot = await startGpioBot({ gadgets: { temp: { type: 'thermometer', file: nothing } } });
    await bot.hear('!temp');
    expect(bot.replies[0]).toMatch(/^temp cannot be read: ENOENT/);
    writeFileSync(file, '\n');
    expect(bot.refusals).toMatchObject([{ reason: 'gadget.reading' }]);
  });
});
