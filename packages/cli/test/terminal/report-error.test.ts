import { describe, expect, it } from '@jest/globals';
import { CliError } from '../../src/terminal/cli-error.js';
import { reportError } from '../../src/terminal/report-error.js';

const quiet = { stream: {}, verbose: false };

describe('reportError', () => {
  it('says the sentence, the code and the hint', () => {
    const error = new CliError('CLI_NPM_FAILED', 'npm was not found.', { hint: 'Install npm.' });
    expect(reportError(error, quiet)).toBe(
      'Error: npm was not found. (CLI_NPM_FAILED)\nHint: Install npm.\n',
    );
  });

  it('points to --verbose for what nobody foresaw, without a stack', () => {
    const report = reportError(new TypeError('x is not a function'), quiet);
    expect(report).toContain('x is not a function');
    expect(report).toContain('--verbose');
    expect(report).not.toContain(' at ');
  });

  it('shows the stacks of the error and of its causes with --verbose', () => {
    const error = new CliError('CLI_NPM_FAILED', 'npm was not found.', {
      cause: new Error('spawn npm ENOENT'),
    });
    const report = reportError(error, { stream: {}, verbose: true });
    expect(report).toMatch(/CliError: npm was not found\.[\s\S]*caused by Error: spawn npm ENOENT/);
  });

  it('points a wrong usage to the help', () => {
    const error = new Error('Nonexistent flag: --x\nSee more help with --help');
    expect(reportError(error, { ...quiet, help: 'See pertybot dev --help' })).toBe(
      'Error: Nonexistent flag: --x\nHint: See pertybot dev --help\n',
    );
  });
});

it('shows nothing of a stranger’s that would move the cursor', () => {
  const cause = new Error('under\u001b[2Jneath');
  const error = new Error('One\u001b]0;root\u0007\nTwo\u202e', { cause });
  const text = reportError(error, { stream: {}, verbose: true });
  expect(text).toContain('Error: One\nTwo');
  expect(text).toContain('underneath');
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
});
