import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StoppedBot } from '../../src/page/stopped-bot.js';

describe('the gadgets of a plugins.yaml', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'bot-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const gadgetsOf = async (text: string) => {
    await writeFile(path.join(folder, 'plugins.yaml'), text);
    return new StoppedBot(folder).file.gadgets();
  };

  it('are those of each entry that is on, as they are written', async () => {
    const text = `plugins:
  - use: gpio
    config: { gadgets: { lamp: { type: light, pin: GPIO17 }, odd: 7 } }
  - use: gpio
    id: second
    enabled: false
    config: { gadgets: { horn: { type: buzzer, pin: GPIO27 } } }
  - use: irc
    config: { channels: [streamer] }
`;
    expect(await gadgetsOf(text)).toEqual([
      { name: 'lamp', config: { type: 'light', pin: 'GPIO17' } },
    ]);
  });

  it.each([
    '',
    'plugins: 7',
    'plugins: [',
    'plugins:\n  - use: gpio\n    config: { gadgets: [1] }\n',
  ])('are none in %j', async (text) => {
    expect(await gadgetsOf(text)).toEqual([]);
  });
});
