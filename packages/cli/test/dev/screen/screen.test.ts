import { PassThrough } from 'node:stream';
import type { ReadStream, WriteStream } from 'node:tty';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Screen } from '../../../src/dev/screen/screen.js';

const open: Screen[] = [];
afterEach(() => {
  for (const screen of open.splice(0)) screen.close();
});

/** A terminal of memory: what is typed is written to it, and all that it was sent can be read. */
function terminal({ columns = 40, footer = ['○ lamp GPIO17 off'] as readonly string[] } = {}) {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {} });
  const output = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY: true, columns });
  let written = '';
  output.on('data', (text: string) => {
    written += text;
  });
  const lines: string[] = [];
  let ends = 0;
  const shown = { footer };
  const screen = new Screen({
    // A terminal has more, of which a screen uses nothing.
    input: input as unknown as ReadStream,
    output: output as unknown as WriteStream,
    prompt: '> ',
    footer: () => shown.footer,
    complete: (line) => ['!lamp on', '!lamp off'].filter((each) => each.startsWith(line)),
    onLine: (line) => lines.push(line),
    onEnd: () => {
      ends += 1;
    },
  });
  open.push(screen);
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    ...{ screen, input, output, lines, shown },
    ends: () => ends,
    /** What came since it was asked last. */
    async since(): Promise<string> {
      await settle();
      const text = written;
      written = '';
      return text;
    },
    async type(text: string): Promise<void> {
      input.write(text);
      await settle();
      await settle();
    },
  };
}

describe('Screen', () => {
  it('keeps footer and prompt below what is printed', async () => {
    const { screen, since } = terminal();
    expect(await since()).toMatch(/lamp GPIO17 off\n[\s\S]*> /);
    screen.print('alice !lamp on');
    const text = await since();
    expect(text.indexOf('alice !lamp on')).toBeLessThan(text.indexOf('GPIO17'));
    expect(text).toContain('\u001b[0J');
  });

  it('hands on what is typed, a line at a time', async () => {
    const { type, lines } = terminal();
    await type('!lamp on\r');
    await type('!lamp off\r!horn\r');
    expect(lines).toEqual(['!lamp on', '!lamp off', '!horn']);
  });

  it('keeps what is half typed while others talk', async () => {
    const { screen, type, lines, since } = terminal();
    await type('!lamp');
    await since();
    screen.print('bob hello');
    expect(await since()).toContain('> !lamp');
    await type(' on\r');
    expect(lines).toEqual(['!lamp on']);
  });

  it('completes with the Tab key', async () => {
    const { type, lines } = terminal();
    await type('!lamp of\t');
    await type('\r');
    expect(lines).toEqual(['!lamp off']);
  });

  it('draws the footer anew when it changed, and clears every row that the old one took', async () => {
    const { screen, since, shown } = terminal({ footer: ['one', 'two', 'x'.repeat(100)] });
    await since();
    shown.footer = ['three'];
    screen.refresh();
    const text = await since();
    // 1 + 1 + 3 rows of the footer at 40 columns.
    expect(text).toContain('\u001b[5A');
    expect(text).toContain('three\n');
    expect(text).not.toContain('two');
  });

  it('draws it anew when the terminal changes its size', async () => {
    const { output, since } = terminal();
    await since();
    output.columns = 20;
    output.emit('resize');
    expect(await since()).toContain('GPIO17');
  });

  it('lives with a terminal that has no columns', async () => {
    const { screen, since } = terminal({ columns: 0 });
    screen.print('hello');
    expect(await since()).toContain('hello');
  });

  it('asks, and takes the next line for the answer alone', async () => {
    const { screen, type, lines, since } = terminal();
    const answer = screen.ask('Its name?');
    expect(await since()).toContain('Its name? ');
    await type('lamp\r');
    expect(await answer).toBe('lamp');
    expect(lines).toEqual([]);
    await type('!lamp on\r');
    expect(lines).toEqual(['!lamp on']);
  });

  it('asks no longer when nobody waits for it, or when another is asked', async () => {
    const { screen, type, lines } = terminal();
    const controller = new AbortController();
    const first = screen.ask('First?', controller.signal);
    controller.abort();
    expect(await first).toBeUndefined();
    expect(await screen.ask('Late?', AbortSignal.abort())).toBeUndefined();
    const second = screen.ask('Second?');
    const third = screen.ask('Third?');
    expect(await second).toBeUndefined();
    await type('yes\r');
    expect(await third).toBe('yes');
    expect(lines).toEqual([]);
  });

  it('ends a question with the terminal', async () => {
    const { screen } = terminal();
    const answer = screen.ask('Its name?');
    screen.close();
    expect(await answer).toBeUndefined();
    expect(await screen.ask('Another?')).toBeUndefined();
  });

  it('tells that its owner has enough, by Ctrl-C and by Ctrl-D', async () => {
    const first = terminal();
    await first.type('\u0003');
    expect(first.ends()).toBe(1);
    const second = terminal();
    await second.type('\u0004');
    expect(second.ends()).toBe(1);
  });

  it('ends nothing by being closed, once and again', () => {
    const { screen, ends, output } = terminal();
    screen.close();
    screen.close();
    expect(ends()).toBe(0);
    expect(output.listenerCount('resize')).toBe(0);
  });

  it.each(['input', 'output'] as const)(
    'is over, once, when the %s of its terminal is gone, and writes nothing more there',
    async (end) => {
      const { screen, since, ends, ...its } = terminal();
      const answer = screen.ask('Its name?');
      await since();
      const lost = () => its[end].emit('error', new Error('EIO'));
      lost();
      lost();
      screen.print('The bot stops.');
      screen.refresh();
      screen.close();
      screen.print('Stopped.');
      lost();
      expect(ends()).toBe(1);
      expect(await answer).toBeUndefined();
      expect(await since()).toBe('');
    },
  );

  it('simply goes on below after it was closed', async () => {
    const { screen, since } = terminal();
    screen.close();
    await since();
    screen.print('Stopped.');
    screen.refresh();
    expect(await since()).toBe('Stopped.\n');
  });

  it('shows ten thousand lines, each once and in order', async () => {
    const { screen, since } = terminal();
    for (let index = 0; index < 10_000; index += 1) screen.print(`line ${index}.`);
    const seen = (await since()).match(/line \d+\./g) ?? [];
    expect(seen).toEqual(Array.from({ length: 10_000 }, (_, index) => `line ${index}.`));
  });
});
