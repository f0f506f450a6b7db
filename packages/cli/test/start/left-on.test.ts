import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { runPertybot } from '../support/run-pertybot.js';

jest.setTimeout(30_000);

describe('a start after a bot that was killed together with its guardian', () => {
  let folder: TestFolder;
  let valueFile: string;
  const list = () => folder.file('.pertybot/pins.json');

  /** GPIO17 is exported, and on. */
  beforeEach(async () => {
    folder = await makeBotFolder({ 'plugins.yaml': 'plugins:\n  - use: nowhere\n' });
    valueFile = folder.file('class/gpio529/value');
    for (const file of [valueFile, list()]) mkdirSync(dirname(file), { recursive: true });
    writeFileSync(valueFile, '1');
    writeFileSync(folder.file('class/unexport'), '');
    const lamp = { driver: 'onoff', valueFile, offset: 17, safe: 0 };
    writeFileSync(list(), JSON.stringify({ pins: [lamp] }));
  });
  afterEach(() => folder.remove());

  it('switches off what they left on, though it gets no further', async () => {
    const { code, stderr } = await runPertybot(['start'], { folder: folder.path });
    expect(code).toBe(1);
    expect(stderr).toContain('GPIO17 was switched off: a bot that died had held it.');
    expect([readFileSync(valueFile, 'utf8'), existsSync(list())]).toEqual(['0', false]);
  });

  it('leaves a list that cannot be read to whoever knows what is configured', async () => {
    writeFileSync(list(), '{');
    await runPertybot(['start'], { folder: folder.path });
    expect([readFileSync(valueFile, 'utf8'), existsSync(list())]).toEqual(['1', true]);
  });
});
