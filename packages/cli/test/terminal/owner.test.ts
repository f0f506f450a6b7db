import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { SystemBrowser } from '../../src/terminal/system-browser.js';
import { TerminalPrompt } from '../../src/terminal/terminal-prompt.js';

describe('the browser of a desktop', () => {
  it.each([
    ['over SSH', { SSH_CONNECTION: 'x', DISPLAY: ':0' }],
    ['at an SSH terminal', { SSH_TTY: '/dev/pts/0', DISPLAY: ':0' }],
    ['in CI', { CI: 'true', DISPLAY: ':0' }],
    ['without a screen', {}],
    ['with an empty screen', { DISPLAY: '', WAYLAND_DISPLAY: '' }],
  ])('is not opened %s', async (_, environment) => {
    expect(await new SystemBrowser(environment, 'linux').open('http://localhost/')).toBe(false);
  });
});

describe('the owner at a terminal', () => {
  function terminal(isTTY = true) {
    const input = Object.assign(new PassThrough(), { isTTY });
    const output = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY });
    // Streams of a terminal have more, which a plain question does not need.
    const streams = [input, output] as unknown as [NodeJS.ReadStream, NodeJS.WriteStream];
    return { input, output, prompt: new TerminalPrompt(...streams) };
  }

  it('is asked nothing where nobody can answer', async () => {
    const { prompt, output } = terminal(false);
    expect(prompt.isInteractive).toBe(false);
    expect(await prompt.ask('Its name:')).toBeUndefined();
    expect(await prompt.confirm('Sure?')).toBe(false);
    expect(output.read()).toBeNull();
  });

  it('is asked nothing any more when it is over, or ends while he thinks', async () => {
    const { prompt, input } = terminal();
    expect(await prompt.ask('Its name:', AbortSignal.abort())).toBeUndefined();
    const controller = new AbortController();
    const thinking = prompt.ask('Its name:', controller.signal);
    controller.abort();
    expect(await thinking).toBeUndefined();
    const ended = prompt.ask('Its name:');
    input.end();
    expect(await ended).toBeUndefined();
  });

  it.each([
    ['y', true],
    ['Yes', true],
    [' YES ', true],
    ['', false],
    ['n', false],
    ['yep', false],
    ['yes please', false],
  ])('means with %j: %s', async (answer, meant) => {
    const { prompt, input } = terminal();
    const asked = prompt.confirm('Sure?');
    input.write(`${answer}\n`);
    expect(await asked).toBe(meant);
  });

  it('has Ctrl-C for himself', async () => {
    const { prompt, input } = terminal();
    let interrupts = 0;
    const listener = () => {
      interrupts += 1;
    };
    process.on('SIGINT', listener);
    try {
      const asked = prompt.ask('Its name:');
      input.write('\u0003');
      await new Promise((resolve) => setImmediate(resolve));
      input.end();
      expect(await asked).toBeUndefined();
      expect(interrupts).toBe(1);
    } finally {
      process.off('SIGINT', listener);
    }
  });
});
