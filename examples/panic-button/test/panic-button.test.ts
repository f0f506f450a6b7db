import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type GadgetTestBot, startTestBot } from '@pertybot/testing';
import announceStop from '../plugins/announce-stop.js';

describe('the panic button', () => {
  let bot: GadgetTestBot;
  let state: string;
  beforeEach(async () => {
    // The stop is latched in a file.
    state = mkdtempSync(path.join(tmpdir(), 'panic-'));
    bot = await startTestBot([announceStop], {
      folder: path.join(__dirname, '..'),
      folders: { bot: state, state },
    });
  });
  afterEach(async () => {
    await bot.stop();
    rmSync(state, { recursive: true });
  });

  async function press(pin: 'GPIO5' | 'GPIO26'): Promise<void> {
    bot.pins[pin].press();
    await bot.clock.advance('20ms');
    bot.pins[pin].release();
    await bot.clock.advance('20ms');
  }

  it('switches everything off, and tells chat', async () => {
    await bot.hear('!fan on');
    expect(bot.pins.GPIO6.level).toBe(0);
    await press('GPIO5');
    expect(bot.pins.GPIO6.level).toBe(1);
    expect(bot.replies.at(-1)).toBe('Everything is off. The streamer has pressed the red button.');
    await bot.hear('!light on');
    expect(bot.pins.GPIO17.level).toBe(0);
    await bot.hear('!stopped');
    expect(bot.replies.at(-1)).toBe('Yes, by panic.');
  });

  it('lets things go on when the owner releases it', async () => {
    await press('GPIO5');
    bot.emergencyStop.release();
    expect(bot.replies.at(-1)).toBe('On we go!');
    await bot.hear('!light on');
    expect(bot.pins.GPIO17.level).toBe(1);
  });

  it('says hello, and goodbye when the green one is held', async () => {
    await press('GPIO26');
    await bot.clock.advance('5s');
    expect(bot.replies).toEqual(['The streamer says hello!']);
    expect(bot.pins.GPIO17.levels).toEqual([1, 0, 1, 0, 1, 0]);
    bot.pins.GPIO26.press();
    await bot.clock.advance('3s');
    expect(bot.replies.at(-1)).toBe('The streamer is back in a minute.');
  });

  it('lets the fan rest', async () => {
    await bot.hear('!fan on');
    await bot.clock.advance('20s');
    await bot.hear('!fan on');
    expect(bot.pins.GPIO6.levels).toEqual([0, 1]);
    expect(bot.replies.at(-1)).toBe('fan rests for another 40 s.');
  });
});
