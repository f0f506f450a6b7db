import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { Gadgets } from '@pertybot/plugin-gpio';
import { type GpioBot, startGpioBot } from '../../start-gpio-bot.js';

describe('thermometer', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'thermometer-'));
  const file = path.join(folder, 'temperature');
  let bot: GpioBot;
  afterEach(() => bot.stop());
  afterAll(() => rm(folder, { recursive: true, maxRetries: 9 }));

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

  it.each([
    ['-127000', '-127'],
    ['1000000000', '1000000'],
    ['126000', '126'],
    ['-55062', '-55.062'],
  ])('does not tell %s, which no sensor can have measured', async (text, degrees) => {
    writeFileSync(file, text);
    bot = await startGpioBot({ gadgets: { temp: { type: 'thermometer', file } } });
    await bot.hear('!temp');
    expect(bot.replies).toEqual([
      `temp cannot be read: it tells ${degrees} °C, which it cannot have measured.`,
    ]);
    expect(bot.find(Gadgets)?.find('temp')?.state).toBe('unknown');
  });

  it.each(['nonsense', '0x10', '1e3', 'NaN', 'Infinity', '', ' '])(
    'has no reading of "%s"',
    async (text) => {
      writeFileSync(file, text);
      bot = await startGpioBot({ gadgets: { temp: { type: 'thermometer', file } } });
      await bot.hear('!temp');
      expect(bot.replies).toEqual(['temp cannot be read: it has no reading.']);
    },
  );

  it('does not tell the value at power-on of a DS18B20, which a CPU may well have', async () => {
    writeFileSync(file, '85000\n');
    const pond = path.join(folder, '28-0123456789ab', 'temperature');
    mkdirSync(path.dirname(pond));
    writeFileSync(pond, '85000\n');
    bot = await startGpioBot({
      gadgets: {
        temp: { type: 'thermometer', file },
        pond: { type: 'thermometer', file: pond },
        pool: { type: 'thermometer', file, source: 'ds18b20' },
      },
    });
    for (const [index, name] of ['temp', 'pond', 'pool'].entries()) {
      await bot.hear(`!${name}`, { as: `user${index}` });
    }
    const silent =
      'cannot be read: it tells 85 °C, its value at power-on: it has measured nothing.';
    expect(bot.replies).toEqual(['temp is 85.0 °C', `pond ${silent}`, `pool ${silent}`]);
    writeFileSync(pond, '85063\n');
    await bot.hear('!pond');
    expect(bot.replies.at(-1)).toBe('pond is 85.1 °C');
  });

  it('forgets the last reading when there is none any more', async () => {
    writeFileSync(file, '20000');
    bot = await startGpioBot({ gadgets: { temp: { type: 'thermometer', file } } });
    await bot.hear('!temp');
    expect(bot.find(Gadgets)?.find('temp')?.state).toBe('20.0 °C');
    writeFileSync(file, '-127000');
    await bot.hear('!temp', { as: 'bob' });
    expect(bot.find(Gadgets)?.find('temp')?.state).toBe('unknown');
  });

  it('reads no more than the beginning of an endless file', async () => {
    bot = await startGpioBot({ gadgets: { temp: { type: 'thermometer', file: '/dev/zero' } } });
    await bot.hear('!temp');
    expect(bot.replies).toEqual(['temp cannot be read: it has no reading.']);
  });
});
