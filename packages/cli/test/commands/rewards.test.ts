import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { runInProcess } from '../support/run-in-process.js';

const left = [{ channel: 'streamer', id: '7', rewards: ['a', 'b'] }];

describe('pertybot rewards', () => {
  let folder: TestFolder;
  const run = (...words: string[]) => runInProcess(['rewards', ...words], folder.path);

  beforeEach(async () => {
    folder = await makeBotFolder({ 'plugins.yaml': 'plugins: []\n', '.pertybot/keep': '' });
  });
  afterEach(() => folder.remove());

  it('says plainly that no bot runs', async () => {
    const { code, stderr } = await run();
    expect(code).toBe(1);
    expect(stderr).toContain('No bot runs in');
  });

  describe('after the death of a bot', () => {
    it('does nothing where nothing was left open', async () => {
      const { code, stdout } = await run('--dead-bot');
      expect({ code, stdout }).toEqual({ code: 0, stdout: 'No reward was left open.\n' });
    });

    it.each([
      ['there is no eventsub plugin any more', 'plugins: []\n', 'no eventsub plugin is there'],
      ['plugins.yaml has faults', 'plugins: 7\n', 'Rewards were not paused: '],
      [
        'Twitch cannot be reached',
        [
          'plugins:',
          '  - { use: oauth, config: { clientId: a, clientSecret: b, idUrl: "http://127.0.0.1:9" } }',
          '  - { use: irc, config: { channels: [streamer] } }',
          '  - { use: eventsub, config: { apiUrl: "http://127.0.0.1:9" } }',
          '',
        ].join('\n'),
        'Another was not: ',
      ],
    ])('never fails where %s', async (_, text, said) => {
      writeFileSync(folder.file('plugins.yaml'), text);
      writeFileSync(folder.file('.pertybot/open-rewards.json'), JSON.stringify(left));
      const { code, stdout } = await run('--dead-bot');
      expect(stdout).toContain(said);
      expect(code).toBe(0);
    });
  });
});
