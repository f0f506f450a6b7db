import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const program = path.join(__dirname, '..', '..', '..', 'cli', 'bin', 'run.js');

const botFile = `# This comment stays
prefix: "!"
plugins:
  - use: oauth
    config: { clientId: "\${TWITCH_CLIENT_ID}" }
  - use: irc
    config: { channels: [streamer] }
  - use: gpio # and this one
    config:
      gadgets:
        lamp: { type: light, pin: GPIO17, maxOn: 10m }
        horn: { type: buzzer, pin: GPIO27, maxOn: 2s }
        bell: { type: button, pin: GPIO23, say: "Somebody is at the door!" }
    commands:
      horn: { allow: subscriber }
`;

/** A bot that runs as `pertybot dev`, with its page. */
export class DevBot {
  private told = '';

  private constructor(
    readonly folder: string,
    private readonly child: ChildProcessWithoutNullStreams,
  ) {
    child.stdout.resume();
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.told += text;
    });
  }

  /** @param files beside plugins.yaml, or instead of it; @param flags of `pertybot dev` */
  static async start(
    files: Readonly<Record<string, string>> = {},
    flags: readonly string[] = [],
  ): Promise<DevBot> {
    const folder = await mkdtemp(path.join(tmpdir(), 'bot-'));
    for (const [name, text] of Object.entries({ 'plugins.yaml': botFile, ...files })) {
      await writeFile(path.join(folder, name), text);
    }
    const env = { ...process.env, CI: 'true', NODE_OPTIONS: '', NODE_ENV: '' };
    const bot = new DevBot(
      folder,
      spawn(process.execPath, [program, 'dev', '--page', ...flags], { cwd: folder, env }),
    );
    while (bot.link === undefined) {
      if (bot.child.exitCode !== null) throw new Error(bot.told);
      await sleep(20);
    }
    return bot;
  }

  /** What lets one into the page, once. */
  get link(): string | undefined {
    return /The page: (\S+)/.exec(this.told)?.[1];
  }

  /** Says a line, as at its prompt. */
  say(line: string): void {
    this.child.stdin.write(`${line}\n`);
  }

  readFile(): Promise<string> {
    return readFile(path.join(this.folder, 'plugins.yaml'), 'utf8');
  }

  /** Lets it stand still, as if it hung, or go on. */
  signal(name: 'SIGSTOP' | 'SIGCONT'): void {
    this.child.kill(name);
  }

  async stop(): Promise<void> {
    this.child.kill('SIGCONT');
    if (this.child.exitCode === null && this.child.kill()) await once(this.child, 'exit');
    await rm(this.folder, { recursive: true, force: true, maxRetries: 9 });
  }
}
