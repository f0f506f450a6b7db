import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect } from '@jest/globals';
import { AccessTokens, Chat } from '@pertybot/core';
import { Bot, type BotOptions, silentLogger } from '@pertybot/core/host';
import {
  itNeedsMosquitto,
  RealMosquitto,
} from '../../../packages/plugin-mqtt/test/support/real-mosquitto.js';

const folder = path.join(__dirname, '..');
const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Starts the bot of a folder on a board in memory, without Twitch. */
async function start(place: string, broker: string): Promise<Bot> {
  const stateFolder = await mkdtemp(path.join(tmpdir(), 'second-pi-'));
  ends.push(() => rm(stateFolder, { recursive: true, force: true }));
  const options: BotOptions = {
    folder: place,
    stateFolder,
    logger: silentLogger,
    leaveOut: [Chat, AccessTokens],
    env: { TWITCH_CLIENT_ID: 'a', TWITCH_CLIENT_SECRET: 'b', MQTT_PASSWORD: 'c' },
    overlay: {
      '@pertybot/plugin-mqtt': { broker, user: undefined, password: undefined, ca: undefined },
      '@pertybot/plugin-gpio': { driver: 'simulated' },
    },
  };
  const bot = await Bot.load(options);
  ends.push(() => bot.stop());
  await bot.start();
  return bot;
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 1_000) throw new Error('It did not come to that.');
    await sleep(10);
  }
}

async function startBoth() {
  const broker = await RealMosquitto.start();
  ends.push(() => broker.end());
  const garage = await start(path.join(folder, 'garage'), broker.url);
  const host = await start(folder, broker.url);
  const isLit = (bot: Bot, pin: number) =>
    bot.gadgets.outputs.some((output) => output.pin === `GPIO${pin}` && output.level === 1);
  await until(() => {
    const lamp = host.gadgets.find('lamp');
    return lamp !== undefined && lamp.away === undefined;
  });
  return { broker, garage, host, isLit };
}

describe('a second Pi', () => {
  itNeedsMosquitto(
    'has its lamp switched from the first, and no longer than that allows',
    async () => {
      const { garage, host, isLit } = await startBoth();
      const lamp = host.gadgets.find('lamp');
      expect(lamp).toMatchObject({ node: 'garage', pins: ['GPIO22'] });
      expect(await lamp?.perform('on')).toMatchObject({ text: expect.stringContaining('lamp') });
      await until(() => isLit(garage, 22));
      expect(await lamp?.perform('off')).not.toHaveProperty('reason');
      await until(() => !isLit(garage, 22));
    },
  );

  itNeedsMosquitto('plays a sequence over both machines', async () => {
    const { garage, host, isLit } = await startBoth();
    await host.gadgets.find('evening')?.perform('play');
    await until(() => isLit(host, 17) && isLit(garage, 22));
  });

  itNeedsMosquitto('switches off by itself when the broker dies', async () => {
    const { broker, garage, host, isLit } = await startBoth();
    await host.gadgets.find('lamp')?.perform('on');
    await until(() => isLit(garage, 22));
    await broker.signal('SIGKILL');
    await until(() => !isLit(garage, 22));
    expect(await host.gadgets.find('lamp')?.perform('on')).toMatchObject({
      text: expect.stringContaining('garage is not there'),
    });
  });
});
