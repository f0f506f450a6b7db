import { describe, expect, it } from '@jest/globals';
import { formatProblem } from '../../src/bot-file/config-error.js';

const at = (line: number, column: number) => ({
  ...{ file: 'plugins.yaml', position: { line, column }, message: 'pin: is wrong' },
});

describe('formatProblem', () => {
  it('shows the line and puts a caret under the column', () => {
    expect(formatProblem(at(10, 3), `${'\n'.repeat(9)}  pin: x\n`)).toBe(
      'plugins.yaml:10:3 pin: is wrong\n  10 |   pin: x\n     |   ^',
    );
  });

  it('keeps the caret in place behind tabs and Windows line ends', () => {
    expect(formatProblem(at(1, 3), '\t\tpin: x\r\nnext')).toBe(
      'plugins.yaml:1:3 pin: is wrong\n  1 |   pin: x\n    |   ^',
    );
  });

  it('shows no line where there is nothing to see, and the hint last', () => {
    expect(formatProblem({ ...at(7, 1), hint: 'Write one.' }, '')).toBe(
      'plugins.yaml:7:1 pin: is wrong\n  Write one.',
    );
  });

  it('cuts a very long line', () => {
    const lines = formatProblem(at(1, 9_000), 'x'.repeat(10_000)).split('\n');
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(200);
  });
});
