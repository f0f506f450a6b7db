import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import type { Run } from '../support/run-pertybot.js';
import { askPertybot } from '../support/served-command.js';

jest.setTimeout(60_000);

/** A plugin in one file: what its definition has beside a name. */
const plugin = (definition: string, head = '') =>
  `import { definePlugin, v } from '@pertybot/core';
import { Gpio, SimulatedBoard } from '@pertybot/plugin-gpio';
import { createServer } from 'node:net';
${head}
export default definePlugin({ name: 'it', about: 'Does it', ${definition} });
`;

interface Verdict {
  readonly ok: boolean;
  readonly findings: readonly { level: string; subject: string; message: string; hint?: string }[];
}

const folders: TestFolder[] = [];
afterAll(() => Promise.all(folders.map((folder) => folder.remove())));

async function makeFolder(files: Readonly<Record<string, string>>): Promise<TestFolder> {
  const folder = await makeBotFolder(files);
  folders.push(folder);
  return folder;
}

async function run(
  files: Readonly<Record<string, string>>,
  words: readonly string[],
): Promise<Run> {
  const { path } = await makeFolder(files);
  return askPertybot(['plugins', 'verify', ...words], { folder: path });
}

/** Trials mostly wait: three go on at the same time, and more would need more processes. */
const lanes: Promise<unknown>[] = Array.from({ length: 3 }, () => Promise.resolve());

async function verify(
  text: string,
  words: readonly string[] = [],
): Promise<Run & Verdict & { readonly folder: TestFolder }> {
  const folder = await makeFolder({ 'it.js': text });
  const all = ['plugins', 'verify', folder.file('it.js'), '--json', ...words];
  const result = lanes.shift()?.then(() => askPertybot(all, { folder: folder.path }));
  if (!result) throw new Error('There is no lane.');
  lanes.push(result.catch(() => undefined));
  const { stdout, ...others } = await result;
  return { stdout, ...others, folder, ...JSON.parse(stdout) };
}

async function untilGone(pid: number): Promise<void> {
  while (isThere(pid)) await sleep(5);
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** What is said before a plugin is started, and nothing else. */
const said = expect.stringMatching(
  /^Starting and stopping \S+, on a board in memory and without Twitch\. It may reach the network\.\n(?:\S+ has not finished loading yet\.\n)*$/,
);

const faultsOf = ({ findings }: Verdict, level = 'error') =>
  findings
    .filter((finding) => finding.level === level)
    .map(({ subject, message }) => `${subject}: ${message}`);

describe('pertybot plugins verify of a file', () => {
  it('shows what it looked at, a line each, and is content', async () => {
    const sound = plugin(`needs: { gpio: Gpio }, async start({ gpio, command, every, on, onStop }) {
      const lamp = await gpio.output('GPIO17', { activeLow: true });
      await lamp.on();
      every('1s', () => {});
      on('message', () => {});
      const server = createServer().listen(0);
      onStop(() => new Promise((resolve) => server.close(resolve)));
      command('it', { about: 'Does it' }, () => {});
    }`);
    const { stdout, stderr, code } = await run({ 'it.js': sound }, ['./it.js']);
    expect(stderr).toEqual(said);
    expect(stdout.trim().split('\n')).toEqual([
      '✓ loads         It can be loaded.',
      '✓ name          It is called "it".',
      '✓ about         Does it',
      '✓ config        It takes no config.',
      '✓ start         It starts.',
      '✓ commands      It has !it.',
      '✓ stop          It stops.',
      '✓ leftovers     It leaves no pin, timer, socket, process, file or listener behind.',
      '✓ second start  It starts a second time.',
    ]);
    expect(code).toBe(0);
  });

  it('leaves nothing behind itself', async () => {
    const before = (await readdir(tmpdir())).filter((name) => name.startsWith('pertybot-verify-'));
    const { folder } = await verify(plugin(''));
    const after = (await readdir(tmpdir())).filter((name) => name.startsWith('pertybot-verify-'));
    expect(after.filter((name) => !before.includes(name))).toEqual([]);
    expect(await readdir(folder.path)).toEqual(['it.js']);
  });

  it.concurrent.each([
    ['is no plugin', 'export default 1;', 'loads: .* does not export a plugin\\.'],
    ['does not parse', 'export default {;', 'loads: .*it\\.js:1:17'],
    ['throws while it is loaded', 'throw new Error("boom");', 'loads: .*boom'],
    [
      'ends the process when it is loaded',
      'process.exit(0);',
      'loads: It ended the process with exit code 0 while it was loaded\\.',
    ],
    [
      'does not start',
      plugin("start() { throw new Error('no fuse'); }"),
      'start: It does not start: no fuse',
    ],
    [
      'ends the process when it starts',
      plugin('start() { process.exit(3); }'),
      'start: It ended the process with exit code 3 while it started\\.',
    ],
    [
      'kills the process',
      plugin("start() { process.kill(process.pid, 'SIGKILL'); }"),
      'start: It ended the process with SIGKILL while it started\\.',
    ],
    [
      'ends the process when it stops',
      plugin('start() { return () => process.exit(4); }'),
      'stop: It ended the process with exit code 4 while it stopped\\.',
    ],
    [
      'rejects unseen',
      plugin("start() { void Promise.reject(new Error('unseen')); }"),
      'start: It throws where nobody catches it: unseen',
    ],
    [
      'throws from a callback',
      plugin("start() { setImmediate(() => { throw new Error('late'); }); }"),
      'start: It throws where nobody catches it: late',
    ],
    [
      'throws in a timer of its own',
      plugin("start({ after }) { after('10ms', () => { throw new Error('tick'); }); }"),
      'start: .* failed in timer: tick',
    ],
    [
      'throws when it stops',
      plugin("start() { return () => { throw new Error('stuck'); }; }"),
      'stop: .* did not stop cleanly: stuck',
    ],
    [
      'does not end its stop',
      plugin('start() { return () => new Promise(() => {}); }'),
      'stop: .* did not stop within ',
    ],
    [
      'leaves a timer',
      plugin('start() { setInterval(() => {}, 1000); }'),
      'leftovers: After its stop it leaves a timer \\(it\\.js:5\\)\\.',
    ],
    [
      'leaves a timer that waits quietly',
      plugin('start() { setTimeout(() => {}, 900).unref(); }'),
      'leftovers: After its stop it leaves a timer \\(it\\.js:5\\)\\.',
    ],
    [
      'leaves a server',
      plugin('start() { createServer().listen(0); }'),
      'leftovers: After its stop it leaves a server \\(it\\.js:5\\)\\.',
    ],
    [
      'leaves a listener of the process',
      plugin("start() { process.on('exit', () => {}); }"),
      'leftovers: After its stop it leaves a listener of process \\("exit"\\)\\.',
    ],
    [
      'leaves a pin',
      plugin(
        "needs: { board: SimulatedBoard }, start({ board }) { board.claim(5, 'me', { level: 1 }); }",
      ),
      'leftovers: After its stop it leaves GPIO5 \\(claimed, high\\)\\.',
    ],
    [
      'does not start again',
      plugin('start() { if (used) throw new Error("used up"); used = true; }', 'let used = false;'),
      'second start: It does not start: used up',
    ],
    [
      'has a command that nothing explains',
      plugin("start({ command }) { command('it', {}, () => {}); }"),
      'commands: Nothing says what !it does',
    ],
    [
      'takes any option',
      plugin('config: v.object({ pin: v.optional(v.pipe(v.string(), v.description("Pin"))) })'),
      'strict: It takes options that it does not know',
    ],
    [
      'has a schema that cannot be shown',
      plugin(
        "config: { '~standard': { version: 1, vendor: 'mine', validate: (value) => Object.keys(value).length ? { issues: [{ message: 'no' }] } : { value } } }",
      ),
      'config: Its schema is of mine, which writes no JSON Schema\\.',
    ],
    [
      'has no fitting name',
      plugin("name: 'MyPlugin'"),
      'name: "MyPlugin" is no name for a plugin\\.',
    ],
    [
      'needs what nobody provides',
      plugin("needs: { weather: Symbol.for('example.Weather') }"),
      'start: .* needs example\\.Weather, which no plugin provides\\.',
    ],
  ])('reports one that %s', async (_, text, fault) => {
    const verdict = await verify(text);
    expect(faultsOf(verdict)).toEqual([expect.stringMatching(new RegExp(`^${fault}`))]);
    expect(verdict).toMatchObject({ code: 1, ok: false, stderr: said });
  });

  it.concurrent('names all that one leaves, and ends the processes that it started', async () => {
    const greedy = plugin(
      `async start() {
        const server = createServer().listen(0);
        await once(server, 'listening');
        connect(server.address().port);
        const { stdout } = spawn('sh', ['-c', 'echo $$ > child; echo .; exec sleep 60']);
        await once(stdout, 'data');
        watch('.');
        kept = await open('child');
        new Worker('setInterval(() => {}, 1000)', { eval: true });
        createSocket('udp4').bind(0);
      }`,
      `import { connect } from 'node:net';
       import { spawn } from 'node:child_process';
       import { once } from 'node:events';
       import { watch } from 'node:fs';
       import { open } from 'node:fs/promises';
       import { createSocket } from 'node:dgram';
       import { Worker } from 'node:worker_threads';
       let kept;`,
    );
    const verdict = await verify(greedy);
    const [left = ''] = faultsOf(verdict);
    for (const what of [
      'server',
      'socket',
      'UDP socket',
      'child process',
      'file watcher',
      'worker thread',
    ]) {
      expect(left).toMatch(new RegExp(`a ${what} \\(it\\.js:\\d+\\)`));
    }
    expect(left).toContain('an open file');
    await untilGone(Number(await readFile(verdict.folder.file('child'), 'utf8')));
  });

  it.concurrent('has nothing against what is closed, or waits quietly in a library', async () => {
    const tidy = plugin(
      `async start({ onStop }) {
        const server = serve((_, response) => response.end('hi')).listen(0);
        await once(server, 'listening');
        const url = 'http://127.0.0.1:' + server.address().port;
        await (await fetch(url)).text();
        console.error('The first word on stderr, which opens it.');
        const file = await open('.');
        onStop(() => file.close());
        return () => void server.close();
      }`,
      `import { once } from 'node:events';
       import { open } from 'node:fs/promises';
       import { createServer as serve } from 'node:http';`,
    );
    expect(faultsOf(await verify(tidy))).toEqual([]);
  });

  it.concurrent('reports one whose start does not end', async () => {
    const verdict = await verify(plugin('start: () => new Promise(() => {})'), [
      '--start-timeout',
      '1',
    ]);
    expect(faultsOf(verdict)).toEqual([
      'start: It does not start: The plugin "it" did not finish its start within 1 s.',
    ]);
  });

  it.concurrent('reports one that never gives the process back', async () => {
    const idle = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)';
    const verdict = await verify(plugin(`start() { for (;;) ${idle}; }`), ['--start-timeout', '1']);
    expect(faultsOf(verdict)).toEqual([
      'start: It did not give the process back for 9 s while it started.',
    ]);
  });

  it.concurrent('warns of what is only a pity', async () => {
    const named = plugin("name: 'other', config: v.strictObject({ pin: v.optional(v.string()) })");
    const verdict = await verify(named.replace("about: 'Does it', ", ''));
    expect(verdict).toMatchObject({ code: 0, ok: true });
    expect(faultsOf(verdict, 'warning')).toEqual([
      'name: It calls itself "other", but plugins.yaml will call it "it".',
      'about: It does not say what it is.',
      'descriptions: Nothing says what to write for pin.',
    ]);
  });

  it.concurrent('warns of one that waits for a person, and stops it all the same', async () => {
    const verdict = await verify(plugin("start({ waiting }) { waiting('login'); }"));
    expect(verdict.code).toBe(0);
    expect(faultsOf(verdict, 'warning')).toEqual(['start: It starts, and then waits: login.']);
  });

  it.concurrent('does not start what needs Twitch itself, and says so', async () => {
    const verdict = await verify(plugin("needs: { tokens: Symbol.for('pertybot.AccessTokens') }"));
    expect(verdict.code).toBe(0);
    expect(faultsOf(verdict, 'warning')).toEqual([
      expect.stringMatching(/^start: It was not started: it needs AccessTokens/),
    ]);
  });
});

describe('the config of pertybot plugins verify', () => {
  const picky = plugin(
    'config: v.strictObject({ pin: v.pipe(v.string(), v.description("Pin")) }), start(_, { pin }) { if (pin !== "GPIO5") throw new Error(pin); }',
  );

  it('is asked for where a plugin needs one', async () => {
    const verdict = await verify(picky);
    expect(verdict.code).toBe(1);
    expect(faultsOf(verdict)).toEqual([
      expect.stringMatching(
        /^start: It was not started, since it needs a config: pin: is missing\.$/,
      ),
    ]);
    expect(verdict.findings.at(-1)?.hint).toContain('--config "{ pin: GPIO17 }"');
  });

  it('is taken from the command line, and from a file', async () => {
    const typed = await run({ 'it.js': picky }, ['./it.js', '--config', '{ pin: GPIO5 }']);
    expect(typed).toMatchObject({ code: 0, stderr: said });
    const files = { 'it.js': picky, 'try.yaml': '# to try it\npin: GPIO5\n' };
    expect(await run(files, ['./it.js', '--config', 'try.yaml'])).toMatchObject({ code: 0 });
  });

  it('is taken from plugins.yaml', async () => {
    const files = {
      'it.js': picky,
      'plugins.yaml': 'plugins:\n  - use: ./it.js\n    id: mine\n    config: { pin: GPIO5 }\n',
    };
    expect(await run(files, ['mine'])).toMatchObject({ code: 0, stderr: said });
  });

  it.each(['nowhere.yaml', '[1', '- 1'])('is refused as %s', async (config) => {
    const { stderr, code } = await run({ 'it.js': picky }, ['./it.js', '--config', config]);
    expect(code).toBe(1);
    expect(stderr).toContain('(CLI_CONFIG_INVALID)');
  });
});

describe('what pertybot plugins verify is given', () => {
  let weather: Readonly<Record<string, string>>;
  beforeEach(() => {
    const token = "const Weather = Symbol.for('example.Weather');";
    weather = {
      'weather.js': plugin(
        "name: 'weather', provides: [Weather], register(container) { container.register(Weather, { useValue: 21 }); }",
        token,
      ),
      'it.js': plugin(
        'needs: { weather: Weather }, start({ weather }) { if (weather !== 21) throw new Error(String(weather)); }',
        token,
      ),
    };
  });

  it('may need a plugin beside it', async () => {
    expect(await run(weather, ['./it.js', '--with', './weather.js'])).toMatchObject({
      code: 0,
      stderr: said,
    });
  });

  it('is named where it is not clear', async () => {
    const { stderr, code } = await run(
      { 'plugins.yaml': 'plugins: []\n', 'package.json': '{ "name": "bot" }' },
      [],
    );
    expect(code).toBe(1);
    expect(stderr).toContain(
      'Hint: Name the plugin, for example: pertybot plugins verify ./plugins/dice.ts',
    );
  });

  it.each([
    ['./nothing.js', 'CLI_PLUGIN_UNKNOWN'],
    ['nothing', 'PLUGIN_NOT_INSTALLED'],
  ])('is there, unlike %s', async (what, errorCode) => {
    const { stderr, code } = await run({}, [what]);
    expect(code).toBe(1);
    expect(stderr).toContain(`(${errorCode})`);
  });
});

describe('pertybot plugins verify of a package', () => {
  const manifest = {
    name: 'pertybot-plugin-it',
    version: '1.0.0',
    license: 'MIT',
    type: 'module',
    keywords: ['pertybot-plugin'],
    engines: { node: '>=20.19.0' },
    exports: { types: './index.d.ts', default: './index.js' },
    files: ['index.*'],
    peerDependencies: { '@pertybot/core': '>=0.1.0 <1.0.0' },
    pertybot: { provides: [], needs: ['Gpio'], commands: ['it'] },
  };
  const files = (changes: object = {}) => ({
    'package.json': JSON.stringify({ ...manifest, ...changes }),
    'README.md': '# It\n',
    LICENSE: 'MIT\n',
    'index.d.ts': 'export {};\n',
    'index.js': plugin(
      "needs: { gpio: Gpio }, start({ command }) { command('it', { about: 'Does it' }, () => {}); }",
    ),
  });

  it('looks at the package around, too', async () => {
    const { stdout, stderr, code } = await run(files(), []);
    expect(stderr).toEqual(said);
    expect(stdout).not.toMatch(/^[!✗]/m);
    expect(stdout).toMatch(/^✓ files +5 files would be published\.$/m);
    expect(stdout).toMatch(/^✓ pertybot +/m);
    expect(code).toBe(0);
  });

  it('says what is wrong with it, and what to write instead', async () => {
    const wrong = {
      files: ['dist'],
      license: undefined,
      keywords: [],
      scripts: { postinstall: 'node build.js' },
      dependencies: { tsyringe: '4.10.0' },
      pertybot: { commands: ['that'], since: 2026 },
    };
    const { stdout, code } = await run({ ...files(wrong), 'README.md': '' }, ['.', '--json']);
    expect(code).toBe(1);
    const { findings }: Verdict = JSON.parse(stdout);
    const faults = findings.filter(({ level }) => level === 'error');
    expect(faults.map(({ subject }) => subject)).toEqual([
      'keyword',
      'licence',
      'core',
      'scripts',
      'files',
      'pertybot',
    ]);
    expect(faults.at(-1)?.hint).toBe(
      'Write into package.json: "pertybot": { "commands": ["it"], "since": 2026, "provides": [], "needs": ["Gpio"] }',
    );
  });

  it('finds it in the bot that has it', async () => {
    const inBot = Object.fromEntries(
      Object.entries(files()).map(([name, text]) => [
        `node_modules/pertybot-plugin-it/${name}`,
        text,
      ]),
    );
    const bot = { 'plugins.yaml': 'plugins:\n  - use: it\n  - use: gpio\n', ...inBot };
    expect(await run(bot, ['it'])).toMatchObject({ code: 0, stderr: said });
  });
});
