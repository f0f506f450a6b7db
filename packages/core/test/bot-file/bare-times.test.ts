import { describe, expect, it } from '@jest/globals';
import { parseBotFile } from '../../src/bot-file/bot-file.js';

const problemsOf = (below: string) =>
  parseBotFile(`plugins:\n  - use: gpio\n${below}`, {}).problems.map(
    ({ position: { line, column }, message, hint }) => `${line}:${column} ${message} | ${hint}`,
  );

describe('a time without its unit', () => {
  it.each([
    [
      '    commands: { lamp: { cooldown: 30 } }\n',
      '3:35 commands.lamp.cooldown: 30 alone is 30 milliseconds | Write 30s if seconds are meant, or 30ms.',
    ],
    [
      '    commands: { lamp: { cooldown: { user: 30, vip: 10s } } }\n',
      '3:43 commands.lamp.cooldown.user: 30 alone is 30 milliseconds | Write 30s if seconds are meant, or 30ms.',
    ],
    [
      '    startTimeout: 60\n',
      '3:19 startTimeout: 60 alone is 60 milliseconds | Write 60s if seconds are meant, or 60ms.',
    ],
  ])('is refused where it can only be seconds: %j', (below, told) => {
    expect(problemsOf(below)).toEqual([told]);
  });

  it.each([
    '    commands: { lamp: { cooldown: 0 } }\n',
    '    commands: { lamp: { cooldown: 1000 } }\n',
    '    commands: { lamp: { cooldown: 30s }, horn: { cooldown: { user: 0, vip: 30ms } } }\n',
    '    startTimeout: 30000\n',
    '    config: { cooldown: 30, startTimeout: 5 }\n',
    '    commands:\n',
  ])('is taken otherwise: %j', (below) => {
    expect(problemsOf(below).filter((told) => told.includes('alone'))).toEqual([]);
  });
});
