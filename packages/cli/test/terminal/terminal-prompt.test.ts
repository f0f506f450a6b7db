import { PassThrough } from 'node:stream';
import { expect, it } from '@jest/globals';
import { TerminalPrompt } from '../../src/terminal/terminal-prompt.js';

/** A terminal at which `answer` is typed as soon as something is asked. */
function terminal(answer: string) {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  const output = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY: true });
  let shown = '';
  output.on('data', (text: string) => {
    const isAsked = shown.includes(':');
    shown += text;
    // Nobody types before there is a question; Node 26 moves the cursor on its own first.
    if (!isAsked && shown.includes(':')) input.write(`${answer}\n`);
  });
  // Streams of a terminal have more, which a plain question does not need.
  const streams = [input, output] as unknown as [NodeJS.ReadStream, NodeJS.WriteStream];
  return { prompt: new TerminalPrompt(...streams), shown: () => shown };
}

it('asks on the line of the question', async () => {
  const { prompt, shown } = terminal('lamp');
  expect(await prompt.ask('Its name:')).toBe('lamp');
  expect(shown()).toContain('Its name: ');
});

it('leaves a line of its own to the answer of a question that ends its line', async () => {
  const { prompt, shown } = terminal('http://localhost:3000/?code=x');
  expect(await prompt.ask('Address:\n')).toBe('http://localhost:3000/?code=x');
  expect(shown()).toMatch(/Address:\r?\n/);
});
