import { PassThrough } from 'node:stream';
import type { ReadStream, WriteStream } from 'node:tty';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DevSession } from '../../../src/dev/dev-session.js';
import { LineFrontend } from '../../../src/dev/screen/line-frontend.js';
import { TerminalFrontend } from '../../../src/dev/screen/terminal-frontend.js';
import { hostile } from '../../support/hostile.js';

const { stderr } = process;
const write = stderr.write;
let remarks = '';
beforeEach(() => {
  remarks = '';
  stderr.write = ((text: unknown) => {
    remarks += String(text);
    return true;
  }) as typeof stderr.write;
});
afterEach(() => {
  stderr.write = write;
});

/** A session that notes what it hears, and does it at once. */
function session(more: Partial<DevSession> = {}) {
  const heard: string[] = [];
  const fake = {
    ...{ prefix: '!', buttons: ['panic'], channels: ['streamer'], speaker: 'streamer' },
    commands: [{ name: 'lamp', aliases: [], enabled: true, about: 'Lamp', usage: 'lamp' }],
    outputs: [{ gadget: 'lamp', pin: 'GPIO17', level: 0, on: false }],
    say: async ({ login, text }: { login: string | undefined; text: string }) => {
      heard.push(`${login ?? 'streamer'}: ${text}`);
      return 'handled';
    },
    happen: async ({ kind }: { kind: string }) => {
      heard.push(kind);
      return 'handled';
    },
    press: async () => true,
    idle: async () => {},
    ...more,
  };
  // A frontend asks for no more of a session.
  return { heard, session: fake as unknown as DevSession };
}

const at = new Date(2026, 0, 2, 3, 4, 5);

describe('lines from a pipe', () => {
  const never = new AbortController().signal;

  function pipe(text: string) {
    const input = new PassThrough();
    input.end(text);
    const shown: string[] = [];
    const view = { show: ({ type }: { type: string }) => void shown.push(type) };
    return { frontend: new LineFrontend(input, view), shown };
  }

  it('are taken one after the other, until they end', async () => {
    const { heard, session: bot } = session();
    const { frontend } = pipe('!lamp on\r\n\nalice: !lamp off\nalice follows');
    await frontend.run(bot, never);
    expect(heard).toEqual(['streamer: !lamp on', 'alice: !lamp off', 'follow']);
  });

  it('are named by their number where they cannot be read', async () => {
    const { heard, session: bot } = session();
    const { frontend } = pipe('!lamp on\nalice cheers loudly\n!lamp off\n');
    await frontend.run(bot, never);
    expect(remarks).toMatch(/^Line 2: .+ takes .+\n$/);
    expect(heard).toHaveLength(2);
  });

  it('end with quit, and what follows is not taken', async () => {
    const { heard, session: bot } = session();
    await pipe('!lamp on\nquit\n!lamp off\n').frontend.run(bot, never);
    expect(heard).toEqual(['streamer: !lamp on']);
  });

  it('are no lines where there is nothing', async () => {
    const { heard, session: bot } = session();
    await pipe('').frontend.run(bot, never);
    expect(heard).toEqual([]);
  });

  it('are not waited for when the owner has enough, nor is what they began', async () => {
    const ending = new AbortController();
    const { session: bot } = session({ idle: () => new Promise(() => {}) });
    const frontend = new LineFrontend(new PassThrough(), { show: () => {} });
    const running = frontend.run(bot, ending.signal);
    ending.abort();
    await running;
    await pipe('!lamp on\n').frontend.run(bot, AbortSignal.abort());
  });

  it('hand on what happens, and keep stdout for it alone', () => {
    const { frontend, shown } = pipe('');
    frontend.show({ type: 'stopped' }, at);
    frontend.remark('A remark.');
    frontend.reloaded({ text: 'Reloaded.', isFault: false }, at);
    frontend.close();
    expect(shown).toEqual(['stopped']);
    expect(remarks).toBe('A remark.\n03:04:05  Reloaded.\n');
  });
});

describe('a terminal', () => {
  const open: TerminalFrontend[] = [];
  afterEach(() => {
    for (const each of open.splice(0)) each.close();
  });

  function terminal() {
    const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {} });
    const output = Object.assign(new PassThrough({ encoding: 'utf8' }), {
      isTTY: true,
      columns: 80,
    });
    let written = '';
    output.on('data', (text: string) => {
      written += text;
    });
    // A terminal has more, of which nothing is used.
    const streams = [input, output] as unknown as [ReadStream, WriteStream];
    const frontend = new TerminalFrontend(...streams);
    open.push(frontend);
    const settle = () => new Promise((resolve) => setImmediate(resolve));
    return {
      frontend,
      async since(): Promise<string> {
        await settle();
        const text = written;
        written = '';
        return text;
      },
      async type(text: string): Promise<void> {
        input.write(text);
        for (let turns = 0; turns < 4; turns += 1) await settle();
      },
    };
  }

  it('says that the bot is starting, also to whoever types already', async () => {
    const { type, since } = terminal();
    expect(await since()).toContain('Starting the bot');
    await type('!lamp on\r');
    expect(await since()).toContain('The bot is still starting.');
  });

  it('can be left while the bot is starting', async () => {
    const { frontend, type } = terminal();
    await type('quit\r');
    expect(frontend.ended.aborted).toBe(true);
  });

  it('greets with what one can type, takes lines, and ends with quit', async () => {
    const { frontend, type, since } = terminal();
    const { heard, session: bot } = session();
    const running = frontend.run(bot, new AbortController().signal);
    const greeting = await since();
    expect(greeting).toContain('!lamp');
    expect(greeting).toContain('GPIO17');
    await type('!lamp on\r');
    await type('alice cheers loudly\r');
    expect(await since()).toContain(' takes ');
    await type('help\r');
    expect(await since()).toContain('cheers');
    await type('quit\r');
    await running;
    expect(heard).toEqual(['streamer: !lamp on']);
    expect(frontend.ended.aborted).toBe(true);
  });

  it('completes commands, and what somebody can do', async () => {
    const { frontend, type } = terminal();
    const { heard, session: bot } = session();
    const running = frontend.run(bot, new AbortController().signal);
    for (const keys of ['!la\t', 'on\r', 'alice fol\t', '\r', 'qu\t', '\r']) await type(keys);
    await running;
    expect(heard).toEqual(['streamer: !lamp on', 'follow']);
  });

  it('does not begin to wait when all is over', async () => {
    const { frontend } = terminal();
    await frontend.run(session().session, AbortSignal.abort());
  });

  it('shows what happens above the board, and nothing that speaks to the terminal', async () => {
    const { frontend, since } = terminal();
    await since();
    const user = { user: 'mallory', displayName: hostile, roles: [] };
    frontend.show({ type: 'message', id: '1', channel: 'c', text: hostile, ...user }, at);
    frontend.reloaded({ text: `Reloaded: ${hostile}`, isFault: true }, at);
    const shown = (await since()).split('\n').filter((line) => line.includes('mallory'));
    expect(shown).toHaveLength(2);
    for (const line of shown) {
      expect(line).not.toMatch(/\]0;owned|\[2J|\u202e/);
    }
  });

  it('keeps the log apart where stderr is no terminal', async () => {
    const { frontend, since } = terminal();
    await since();
    frontend.log('a line\n');
    expect(remarks).toBe('a line\n');
    expect(await since()).toBe('');
  });

  it('asks in the place of the next line', async () => {
    const { frontend, type } = terminal();
    const answer = frontend.prompt.ask('Its name?');
    await type('lamp\r');
    expect(await answer).toBe('lamp');
  });
});
