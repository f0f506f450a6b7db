import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { runPertybot } from '../support/run-pertybot.js';

jest.setTimeout(60_000);

const secret = 'hunter2-of-the-lamp';

let folder: TestFolder;
beforeEach(async () => {
  folder = await makeBotFolder({
    '.env': `LAMP_PW=${secret}\n`,
    'plugins.yaml': 'plugins:\n  - use: ./loud.js\n',
    'loud.js': `import { definePlugin } from '@pertybot/core';
console.log('at the top ${secret}');
export default definePlugin({
  name: 'loud',
  start() {
    console.log('to console', { pw: '${secret}' });
    console.error('to console.error ${secret}');
    process.stdout.write('to stdout ${secret}\\n');
    process.stderr.write(Buffer.from('to stderr ${secret}\\n'));
    process.stdout.write(new Uint8Array([0xff, 0x0a]), () => process.kill(process.pid, 'SIGTERM'));
  },
});
`,
  });
});
afterEach(() => folder.remove());

it('hides secrets in whatever a plugin writes, and logs what it writes to the console', async () => {
  const { stdout, stderr } = await runPertybot(['start'], { folder: folder.path });
  expect(`${stdout}${stderr}`).not.toContain(secret);
  expect(stdout).toMatch(/^to stdout \[hidden\]\n/);
  expect(stderr).toContain('to stderr [hidden]\n');
  const logged = (level: string, message: string) =>
    expect(stderr).toMatch(new RegExp(`"level":"${level}".*"message":"${message} .*\\[hidden\\]`));
  logged('info', 'at the top');
  logged('info', 'to console');
  logged('warn', 'to console.error');
});
