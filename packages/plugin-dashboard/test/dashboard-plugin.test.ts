import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestBot } from '@pertybot/core/testing';
import { readPageKeys } from '../src/auth/key-file.js';
import dashboard, { Pages } from '../src/index.js';
import { FakeControl } from './fake-control.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'page-'));
});
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 9 }));

function startBot(options: { isTrial?: boolean } = {}) {
  const folders = { bot: folder, state: folder };
  return startTestBot([dashboard], {
    realClock: true,
    folders,
    control: new FakeControl(),
    ...options,
  });
}

describe('the dashboard', () => {
  it('serves a page while it runs, and none afterwards', async () => {
    const bot = await startBot();
    const pages = bot.find(Pages);
    const address = pages?.address ?? '';
    expect((await fetch(`${address}health`)).status).toBe(200);
    expect(pages?.link()).toMatch(/\/login\?once=owner\./);
    await bot.stop();
    await expect(fetch(`${address}health`)).rejects.toThrow();
  });

  it('comes up beside another one at the next port that is free', async () => {
    const [one, other] = [await startBot(), await startBot()];
    expect(one.find(Pages)?.address).not.toBe(other.find(Pages)?.address);
    await one.stop();
    await other.stop();
  });

  it('says in a sentence that its port is taken', async () => {
    const one = await startBot();
    const port = Number(new URL(one.find(Pages)?.address ?? '').port);
    const folders = { bot: folder, state: folder };
    const other = await startTestBot([{ plugin: dashboard, config: { port } }], {
      realClock: true,
      folders,
    });
    const state = other.plugins.find(({ id }) => id === 'dashboard')?.state;
    expect(state).toMatchObject({ name: 'failed', error: { code: 'PAGE_PORT_TAKEN' } });
    await one.stop();
    await other.stop();
  });

  it('opens no port while it is only tried', async () => {
    const bot = await startBot({ isTrial: true });
    expect(await readPageKeys(folder)).toBeUndefined();
    await bot.stop();
  });
});
