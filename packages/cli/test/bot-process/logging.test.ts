import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { createLogger } from '../../src/bot-process/logging.js';
import { CliError } from '../../src/terminal/cli-error.js';

function logTo(lines: string[], options: { pretty?: boolean; level?: 'debug' | 'warn' } = {}) {
  return createLogger({
    level: options.level ?? 'debug',
    pretty: options.pretty ?? false,
    write: (line) => lines.push(line),
    environment: { TWITCH_CLIENT_SECRET: 'hushhushhush' },
  });
}

describe('createLogger', () => {
  it('writes JSON lines with level, time, fields and message', () => {
    const lines: string[] = [];
    logTo(lines).child({ plugin: 'irc' }).warn('Chat is away.', { tries: 3 });
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      level: 'warn',
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      plugin: 'irc',
      tries: 3,
      message: 'Chat is away.',
    });
  });

  it('drops what is below its level, in its children too', () => {
    const lines: string[] = [];
    const log = logTo(lines, { level: 'warn' });
    log.info('quiet');
    log.child({ plugin: 'irc' }).debug('quieter');
    log.error('loud');
    expect(lines.map((line) => JSON.parse(line).message)).toEqual(['loud']);
  });

  it('hides secret fields, one level down as well', () => {
    const lines: string[] = [];
    logTo(lines).info('login', { token: 't1', answer: { refresh_token: 't2', login: 'bot' } });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      token: '[hidden]',
      answer: { refresh_token: '[hidden]', login: 'bot' },
    });
  });

  it('hides secret values in messages and errors, for people and for programs', () => {
    for (const pretty of [true, false]) {
      const lines: string[] = [];
      logTo(lines, { pretty }).error('said hushhushhush', { error: new Error('hushhushhush') });
      expect(lines.join('')).not.toContain('hushhushhush');
      expect(lines.join('')).toContain('[hidden]');
    }
  });

  it('writes for people: time, level, plugin, message, fields', () => {
    const lines: string[] = [];
    logTo(lines, { pretty: true }).info('Joined.', {
      plugin: 'irc',
      channel: 'a b',
      took: 5,
      of: ['x', 'y'],
    });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours may be on
    const plain = lines.join('').replace(/\u001b\[\d+m/g, '');
    expect(plain).toMatch(/^\d\d:\d\d:\d\d info {2}irc {2}Joined\. channel="a b" took=5 of=x,y\n$/);
  });

  it('shows an error with its stack below', () => {
    const lines: string[] = [];
    logTo(lines, { pretty: true }).error('It broke.', { error: new Error('why') });
    expect(lines.join('')).toMatch(/It broke\.[\s\S]*\n.* {2}Error: why\n {2} {4}at /);
  });

  it('gives the hint of an error that has one, and no stack', () => {
    const lines: string[] = [];
    const error = new CliError('CLI_BOT_NOT_RUNNING', 'No bot runs.', { hint: 'Start it.' });
    logTo(lines, { pretty: true }).error('It broke.', { error });
    expect(stripVTControlCharacters(lines.join(''))).toMatch(/It broke\.\n {2}Hint: Start it\.\n$/);
  });

  it('never lets text of others steer the terminal', () => {
    const lines: string[] = [];
    logTo(lines, { pretty: true }).info('said \u001b[2J', { by: '\u001b]0;x\u0007eve' });
    expect(lines.join('')).not.toContain('\u001b[2J');
    expect(lines.join('')).not.toContain('\u0007');
  });
});
