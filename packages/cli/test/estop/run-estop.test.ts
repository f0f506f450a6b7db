import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EstopLatch } from '@pertybot/plugin-gpio';
import { takeBotLock } from '../../src/bot-process/bot-lock.js';
import type { ControlServer } from '../../src/control/control-server.js';
import { engageEstop, releaseEstop, tidyPins } from '../../src/estop/run-estop.js';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { answerAsBot } from '../support/running-bot.js';

let folder: TestFolder;
let server: ControlServer | undefined;
let lock: Awaited<ReturnType<typeof takeBotLock>> | undefined;
beforeEach(async () => {
  folder = await makeBotFolder({ 'plugins.yaml': 'plugins: []\n' });
});
afterEach(async () => {
  await server?.stop();
  await lock?.release();
  server = undefined;
  lock = undefined;
  await folder.remove();
});

const latch = (name = '') => new EstopLatch(folder.file(`.pertybot/${name}`));
const makeState = (name = '') =>
  mkdir(folder.file(`.pertybot/${name}`), { recursive: true, mode: 0o700 });

describe('an emergency stop', () => {
  it('holds for the next bot where none runs, and says so', async () => {
    expect(await engageEstop(folder.path)).toEqual({
      text: 'No bot runs. The next one starts with everything off, until you release it.',
      complete: true,
    });
    expect(latch().read()).toMatchObject({ by: 'pertybot estop' });
  });

  it('needs no plugins.yaml that can be read', async () => {
    await writeFile(folder.file('plugins.yaml'), 'plugins: [\n');
    await engageEstop(folder.path);
    expect(latch().read()).toBeDefined();
  });

  it('is for a folder that is there', async () => {
    await expect(engageEstop(folder.file('nowhere'))).rejects.toMatchObject({
      code: 'CLI_FOLDER_MISSING',
    });
    await expect(releaseEstop(folder.file('nowhere'))).rejects.toMatchObject({
      code: 'CLI_FOLDER_MISSING',
    });
    expect(await readdir(folder.path)).toEqual(['plugins.yaml']);
  });

  it('says what the running bot says of it', async () => {
    server = await answerAsBot(folder, { estop: { done: true, text: 'Every output is off.' } });
    expect(await engageEstop(folder.path)).toEqual({
      text: 'Every output is off.',
      complete: true,
    });
    // It was written before the bot was asked.
    expect(latch().read()).toBeDefined();
  });

  it('goes on without a bot that cannot do it', async () => {
    server = await answerAsBot(folder, { estop: { done: false, text: 'It could not.' } });
    const { text } = await engageEstop(folder.path);
    expect(text).toContain('The outputs are set without the bot: It could not.');
  });

  it('goes on without a bot that answers nonsense, or with an error', async () => {
    server = await answerAsBot(folder, { estop: 'nonsense' });
    expect((await engageEstop(folder.path)).text).toContain('makes no sense');
    await server.stop();
    server = await answerAsBot(folder, {});
    expect((await engageEstop(folder.path)).text).toContain('was not to be asked for estop');
  });

  it('says that something holds the lock which is not proved to be a bot', async () => {
    // This very process holds it, and does not listen to SIGUSR2.
    lock = await takeBotLock(folder.file('.pertybot'), 'pertybot start');
    const { text } = await engageEstop(folder.path);
    expect(text).toContain(`Process ${process.pid} was sent nothing`);
    expect(text).not.toContain('No bot runs');
  });

  it('is engaged twice as well as once', async () => {
    await engageEstop(folder.path);
    const first = latch().read();
    await engageEstop(folder.path);
    expect(latch().read()?.by).toBe(first?.by);
  });
});

describe('the release of a stop', () => {
  it('takes it away, of start as of dev, and says that no bot runs', async () => {
    await makeState('dev');
    for (const name of ['', 'dev']) latch(name).write({ by: 'x', at: '2026-01-01T00:00:00Z' });
    expect(await releaseEstop(folder.path)).toBe('Released. No bot runs.');
    expect([latch().read(), latch('dev').read()]).toEqual([undefined, undefined]);
    expect(await releaseEstop(folder.path)).toBe('There was no stop, and no bot runs.');
  });

  it('is asked of the running bot', async () => {
    server = await answerAsBot(folder, { estop: { done: true, text: 'Released.' } });
    expect(await releaseEstop(folder.path)).toBe('Released.');
  });

  it('fails where the bot does not do it, though the file is gone', async () => {
    await makeState();
    latch().write({ by: 'x', at: '2026-01-01T00:00:00Z' });
    server = await answerAsBot(folder, { estop: { done: false, text: 'Too long ago.' } });
    await expect(releaseEstop(folder.path)).rejects.toMatchObject({ code: 'CLI_BOT_REFUSED' });
    expect(latch().read()).toBeUndefined();
  });
});

describe('what a dead bot left on', () => {
  it('is nothing where it left no list after a clean end, and no outputs', async () => {
    expect(await tidyPins(folder.path)).toEqual({ text: 'No pin was left on.', complete: true });
  });

  it('is not touched while a bot runs', async () => {
    lock = await takeBotLock(folder.file('.pertybot'), 'pertybot start');
    expect(await tidyPins(folder.path)).toEqual({
      text: 'A bot runs; its pins are its own.',
      complete: true,
    });
  });

  it('is told to be unknown where neither its list nor plugins.yaml can be read', async () => {
    await makeState();
    await writeFile(folder.file('.pertybot/pins.json'), '{');
    await writeFile(folder.file('plugins.yaml'), 'plugins: [\n');
    const { text, complete } = await tidyPins(folder.path);
    expect(complete).toBe(false);
    expect(text).toMatch(
      /^An output may be on: plugins\.yaml does not say which outputs there are/,
    );
  });
});
