import { mkdir, symlink } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { makeControlAddress } from '../../src/control/control-address.js';
import { runLogs } from '../../src/logs/run-logs.js';
import { makeBotFolder } from '../support/bot-folder.js';

const options = { lines: 1, follow: false, json: true, print: () => {} };

it('tells a log that cannot be reached from none', async () => {
  const folder = await makeBotFolder({ 'plugins.yaml': 'plugins: []\n' });
  await expect(runLogs(folder.path, options)).rejects.toThrow('No bot has run');
  await mkdir(folder.file('.pertybot/logs'), { recursive: true });
  // Root may look everywhere, but follows no link that leads to itself.
  await symlink('bot.log', folder.file('.pertybot/logs/bot.log'));
  await expect(runLogs(folder.path, options)).rejects.toMatchObject({ code: 'CLI_FOLDER_LOCKED' });
  await folder.remove();
});

it('says what is in the way of the control socket', async () => {
  const folder = await makeBotFolder({ 'control.sock/x': '' });
  await expect(makeControlAddress(folder.path)).rejects.toMatchObject({
    code: 'CLI_FOLDER_LOCKED',
    message: `"${folder.file('control.sock')}" is in the way of the control socket.`,
    hint: expect.stringContaining('rm -r'),
  });
  await folder.remove();
});
