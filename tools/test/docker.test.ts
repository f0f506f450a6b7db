import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const folder = path.join(__dirname, '..', '..', 'config', 'docker');
const lines = readFileSync(path.join(folder, 'Dockerfile'), 'utf8')
  .replaceAll('\\\n', ' ')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));
const of = (word: string) =>
  lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));

describe('the image for a bot', () => {
  it('is made of one base with a fixed line of versions, and of nothing from elsewhere', () => {
    expect(of('FROM')).toEqual([expect.stringMatching(/^node:\d+-[a-z]+-slim$/)]);
    expect(of('ADD')).toEqual([]);
    expect(of('RUN').join('\n')).not.toMatch(/curl|wget|sudo|apt-get/);
  });

  it('runs as nobody of importance, on a volume, with its health', () => {
    expect(of('USER')).toEqual(['node']);
    expect(of('VOLUME')).toEqual(['/bot']);
    expect(of('WORKDIR')).toEqual(['/bot']);
    expect(of('HEALTHCHECK')).toEqual([expect.stringContaining('CMD ["pertybot", "status"]')]);
    // In the form that passes signals on.
    expect(of('ENTRYPOINT')).toEqual(['["pertybot"]']);
    expect(of('CMD')).toEqual(['["start"]']);
    const user = lines.findIndex((line) => line.startsWith('USER '));
    expect(lines.slice(user).filter((line) => /^(?:RUN|COPY) /.test(line))).toEqual([]);
  });
});

describe('the program of the image', () => {
  let bot = '';
  beforeEach(() => {
    bot = mkdtempSync(path.join(tmpdir(), 'pertybot-docker-'));
  });
  afterEach(() => rmSync(bot, { recursive: true, force: true }));

  /** Runs it with the bot where the image has /bot, and an npm that makes a program. */
  function run(...words: string[]) {
    const npm = path.join(bot, 'bin', 'npm');
    mkdirSync(path.dirname(npm), { recursive: true });
    const program = 'node_modules/pertybot/bin/run.js';
    const making = `mkdir -p $(dirname ${program}); echo 'console.log(process.argv.slice(2).join(" "))' > ${program}`;
    writeFileSync(npm, `#!/bin/sh\necho "npm $*"; ${making}\n`, { mode: 0o755 });
    const script = readFileSync(path.join(folder, 'pertybot'), 'utf8').replace(
      'cd /bot',
      `cd ${bot}`,
    );
    const env = { ...process.env, PATH: `${path.dirname(npm)}:${process.env.PATH}` };
    return spawnSync('sh', ['-c', script, 'pertybot', ...words], { env, encoding: 'utf8' });
  }

  it('says what is missing where there is no bot', () => {
    const { status, stderr } = run('start');
    expect([status, stderr]).toEqual([
      1,
      'There is no bot in /bot: mount the folder of one there, with plugins.yaml in it.\n',
    ]);
  });

  it('installs the packages of the bot before the first start alone', () => {
    writeFileSync(path.join(bot, 'plugins.yaml'), 'plugins: []\n');
    expect(run('start').stdout).toBe('npm install --no-audit --no-fund\nstart\n');
    expect(run('start').stdout).toBe('start\n');
    expect(run('gadgets', 'lamp', 'on').stdout).toBe('gadgets lamp on\n');
  });
});
