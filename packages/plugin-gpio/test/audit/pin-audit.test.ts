import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { definePlugin, runFor } from '@pertybot/core';
import { Gadgets, Gpio, readPinAudit } from '@pertybot/plugin-gpio';
import { type GpioBot, startGpioBot } from '../start-gpio-bot.js';

let bot: GpioBot;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'audit-'));
});
afterEach(async () => {
  await bot.stop();
  await rm(folder, { recursive: true, maxRetries: 9 });
});

const gadgets = {
  lamp: { type: 'light', pin: 'GPIO17', maxOn: '10s' },
  fan: { type: 'relay', pin: 'GPIO22', maxOn: '5s', busy: 'queue(5)' },
};

async function start(config: Record<string, unknown> = {}, options = {}): Promise<void> {
  const folders = { bot: folder, state: folder };
  bot = await startGpioBot({ gadgets, ...config }, { folders, ...options });
}

/** What was noted, when the bot has stopped. */
async function uses() {
  await bot.stop();
  return readPinAudit(folder, bot.clock.date().getTime());
}

describe('the audit of pins', () => {
  it('tells which viewer switched what, for how long, and what ended it', async () => {
    await start();
    await bot.hear('!lamp on', { as: 'alice' });
    await bot.clock.advance('3s');
    await bot.hear('!lamp off', { as: 'bob' });
    await bot.hear('!fan on', { as: 'carol' });
    await bot.clock.advance('6s');
    expect(await uses()).toEqual([
      {
        at: expect.stringMatching(/^\d{4}-.*Z$/),
        pin: 'GPIO17',
        gadget: 'lamp',
        by: { kind: 'viewer', name: 'alice', command: 'lamp' },
        onFor: 3_000,
        end: { kind: 'viewer', name: 'bob', command: 'lamp' },
      },
      expect.objectContaining({
        gadget: 'fan',
        by: { kind: 'viewer', name: 'carol', command: 'fan' },
        onFor: 5_000,
        end: { kind: 'guard', name: 'its time was up' },
      }),
    ]);
    expect((await stat(path.join(folder, 'pins.log'))).mode & 0o777).toBe(0o600);
  });

  it('tells of an emergency stop, and of chat that is away', async () => {
    await start({ chatLostAfter: '2s' });
    await bot.hear('!lamp on', { as: 'alice' });
    bot.emit('disconnected', {});
    await bot.clock.advance('3s');
    bot.emit('connected', {});
    await bot.hear('!lamp on', { as: 'alice' });
    await bot.hear('!estop', { as: 'mod', roles: ['moderator'] });
    const ends = (await uses()).map(({ end }) => end);
    expect(ends).toEqual([
      { kind: 'guard', name: 'chat was away' },
      { kind: 'viewer', name: 'mod', command: 'estop' },
    ]);
  });

  it('tells what went off since the plugin stopped', async () => {
    await start();
    await bot.hear('!lamp on', { as: 'alice' });
    expect((await uses()).map(({ end }) => end)).toEqual([{ kind: 'plugin', name: 'gpio' }]);
  });

  it('tells of events, timers and plugins', async () => {
    const confetti = definePlugin({
      name: 'confetti',
      needs: { gpio: Gpio },
      async start({ gpio, after, command }) {
        const cannon = await gpio.output('GPIO5', { maxOn: '1s' });
        await cannon.on();
        await cannon.off();
        after('2s', () => cannon.on());
        command('confetti', {}, async () => void (await cannon.on()));
      },
    });
    await start({ on: { raid: ['lamp on'] } }, { plugins: [confetti] });
    await bot.clock.advance('5s');
    await bot.hear('!confetti', { as: 'alice' });
    await bot.clock.advance('5s');
    bot.emit('raid', { channel: 'c', viewers: 1, user: {} as never });
    await bot.clock.advance('1s');
    const actors = (await uses()).map(({ by }) => by);
    expect(actors).toEqual([
      { kind: 'plugin', name: 'confetti' },
      { kind: 'timer', name: 'confetti' },
      { kind: 'viewer', name: 'alice', command: 'confetti' },
      { kind: 'event', name: 'raid' },
    ]);
  });

  it('tells of a button and of a terminal', async () => {
    const bell = { type: 'button', pin: 'GPIO5', run: ['lamp on'] };
    await start({ gadgets: { ...gadgets, bell } });
    bot.board.press(5);
    await bot.clock.advance('11s');
    await runFor({ plugin: '', where: 'terminal' }, async () => {
      await bot.find(Gadgets)?.find('fan')?.perform('on');
    });
    expect((await uses()).map(({ by }) => by)).toEqual([
      { kind: 'button', name: 'bell' },
      { kind: 'terminal' },
    ]);
  });

  it('names whoever asked though it waited in a queue', async () => {
    await start({ gadgets: { lamp: { type: 'light', pin: 'GPIO17', busy: 'queue(5)' } } });
    await bot.hear('!lamp blink 2', { as: 'alice' });
    await bot.hear('!lamp blink 1', { as: 'bob' });
    await bot.clock.advance('10s');
    expect((await uses()).map(({ by, times }) => [by.name, times])).toEqual([
      ['alice', 2],
      ['bob', undefined],
    ]);
  });

  it('takes blinking for one use', async () => {
    await start();
    await bot.hear('!lamp blink 20', { as: 'alice' });
    await bot.clock.advance('60s');
    expect(await uses()).toMatchObject([{ gadget: 'lamp', times: expect.any(Number) }]);
    const lines = (await readFile(path.join(folder, 'pins.log'), 'utf8')).trim().split('\n');
    expect(lines.length).toBeLessThan(25);
  });

  it('is on the disk while the bot runs, and goes on over torn lines', async () => {
    await writeFile(path.join(folder, 'pins.log'), '{"at":"2026-01-01T00:00:00.000Z","pin":"GP');
    await start();
    await bot.hear('!lamp on', { as: 'alice' });
    await untilNoted('alice');
    // As after kill -9: a later run finds what was written, and half a line of another.
    await appendFile(path.join(folder, 'pins.log'), '{"at":"20');
    expect(await readPinAudit(folder, bot.clock.date().getTime())).toMatchObject([
      { by: { name: 'alice' } },
    ]);
    await bot.stop();
  });

  it('says of a use whose bot died that nothing tells of its end', async () => {
    const by = { kind: 'viewer', name: 'alice', command: 'lamp' };
    const use = { at: new Date().toISOString(), pin: 'GPIO17', gadget: 'lamp', by };
    await writeFile(path.join(folder, 'pins.log'), `${JSON.stringify(use)}\n`);
    expect(await readPinAudit(folder, Date.now())).toEqual([use]);
    await start();
    await bot.stop();
    expect(await readPinAudit(folder, Date.now())).toEqual([{ ...use, cut: true }]);
  });

  it('leaves no file of a bot that switched nothing', async () => {
    await start();
    await bot.stop();
    expect((await readdir(folder)).filter((name) => name.endsWith('.log'))).toEqual([]);
  });

  it('loses its lines with a warning where nothing can be written, and never a pin’s end', async () => {
    bot = await startGpioBot(
      { gadgets },
      { folders: { bot: folder, state: path.join(folder, 'gone') } },
    );
    for (let count = 0; count < 5; count += 1) {
      await bot.hear('!lamp on', { as: 'alice' });
      await bot.clock.advance('11s');
    }
    expect(bot.levels(17)).toEqual([1, 0, 1, 0, 1, 0, 1, 0, 1, 0]);
    await bot.stop();
    const warnings = bot.log.filter(({ message }) => /cannot be noted/.test(message));
    expect(warnings).toHaveLength(1);
  });
});

/** Until the file has that text: real time, for a real disk. */
async function untilNoted(text: string): Promise<void> {
  const file = path.join(folder, 'pins.log');
  while (!(await readFile(file, 'utf8').catch(() => '')).includes(text)) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
