import { once } from 'node:events';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { makeBotFolder, type TestFolder } from './support/bot-folder.js';
import { startPertybot } from './support/run-pertybot.js';

jest.setTimeout(30_000);

let folder: TestFolder;
beforeEach(async () => {
  folder = await makeBotFolder({ 'plugins.yaml': 'plugins: []\n' });
});
afterEach(() => folder.remove());

it('opens no debugger at SIGUSR1, beside the emergency stop’s SIGUSR2', async () => {
  const child = startPertybot(['start'], { folder: folder.path });
  let told = '';
  await new Promise<void>((resolve) => {
    child.stderr?.on('data', (part) => {
      told += part;
      if (told.includes('The bot is ready')) resolve();
    });
  });
  child.kill('SIGUSR1');
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  expect([code, told]).toEqual([0, expect.not.stringContaining('Debugger')]);
});
