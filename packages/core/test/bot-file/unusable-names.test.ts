import { describe, expect, it } from '@jest/globals';
import { parseBotFile } from '../../src/bot-file/bot-file.js';

const problemsOf = (commands: string) =>
  parseBotFile(
    `plugins:
  - use: gpio
    commands:
${commands}`,
    {},
  ).problems;

describe('reserved words in plugins.yaml', () => {
  it.each([
    'enabled: false',
    'allow: broadcaster',
    'cooldown: 1m',
    'name: halt',
    'aliases: [halt]',
  ])('are not tuned by %s, in whatever case', (tuning) => {
    for (const word of ['estop', 'stop', 'EStop']) {
      expect(problemsOf(`      lamp: { about: Lamp }\n      ${word}: { ${tuning} }\n`)).toEqual([
        {
          file: 'plugins.yaml',
          position: { line: 5, column: 7 },
          message: `${word}: "${word}" is reserved for stopping everything and cannot be tuned`,
          hint: expect.stringContaining('Remove it'),
        },
      ]);
    }
  });

  it('are no names or aliases of others', () => {
    expect(problemsOf('      lamp: { name: Stop }\n      fan: { aliases: [f, estop] }\n')).toEqual([
      {
        file: 'plugins.yaml',
        position: { line: 4, column: 21 },
        message: 'name: "Stop" is reserved for stopping everything',
        hint: 'Give "lamp" another name.',
      },
      {
        file: 'plugins.yaml',
        position: { line: 5, column: 27 },
        message: 'aliases: "estop" is reserved for stopping everything',
        hint: 'Give "fan" another name.',
      },
    ]);
  });

  it('are as free in a text as any other', () => {
    expect(
      problemsOf('      lamp: { about: stop }\n      stopwatch: { aliases: [stops] }\n'),
    ).toEqual([]);
  });
});
