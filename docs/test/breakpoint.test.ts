import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import WebSocket from 'ws';
import { root } from './pages.js';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'breakpoint-')));
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  mkdirSync(path.join(folder, 'plugins'));
  cpSync(path.join(__dirname, 'dice.ts'), path.join(folder, 'plugins', 'dice.ts'));
  writeFileSync(
    path.join(folder, 'plugins.yaml'),
    'plugins:\n  - use: irc\n    config: { channels: [room] }\n  - use: oauth\n  - use: ./plugins/dice.ts\n',
  );
});
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 9 }));

/** Line of `await reply` in dice.ts, counted from 0. */
const wanted = 10;

it('a breakpoint in plugins/dice.ts stops there, as docs/writing-plugins.md says', async () => {
  const child = spawn(
    process.execPath,
    ['--inspect=127.0.0.1:0', 'node_modules/pertybot/bin/run.js', 'dev', '--no-page'],
    { cwd: folder, env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: '', CI: 'true' } },
  );
  let told = '';
  const sees = async (sign: RegExp) => {
    for (;;) {
      const found = sign.exec(told);
      if (found !== null) return found;
      await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data')]);
    }
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part) => {
      told += part;
    });
  }
  try {
    const [, address = ''] = await sees(/Debugger listening on (ws:\S+)/);
    await sees(/Ready/);
    const debuggerSocket = new WebSocket(address);
    await once(debuggerSocket, 'open');
    const call = (id: number, method: string, params: object = {}) =>
      debuggerSocket.send(JSON.stringify({ id, method, params }));
    const urls = new Map<string, string>();
    const paused = new Promise<{ file: string | undefined; line: number }>((resolve) => {
      debuggerSocket.on('message', (data) => {
        const { method, params } = JSON.parse(String(data));
        if (method === 'Debugger.scriptParsed') urls.set(params.scriptId, params.url);
        if (method !== 'Debugger.paused') return;
        const { location } = params.callFrames[0];
        resolve({ file: urls.get(location.scriptId), line: location.lineNumber });
      });
    });
    call(1, 'Debugger.enable');
    const url = { urlRegex: 'plugins/dice\\.ts', lineNumber: wanted };
    call(2, 'Debugger.setBreakpointByUrl', url);
    await once(debuggerSocket, 'message');
    child.stdin.write('alice: !roll 3\n');
    const { file, line } = await paused;
    expect(file).toContain(`${folder}/plugins/dice.ts`);
    expect(line).toBe(wanted);
    call(3, 'Debugger.resume');
    await sees(/Alice rolls|alice rolls/);
    debuggerSocket.close();
  } finally {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}, 60_000);
