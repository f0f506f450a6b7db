import { describe, expect, it } from '@jest/globals';
import { parseBotFile } from '../../src/bot-file/bot-file.js';

/** The faults of a plugins.yaml with these rewards of one plugin. */
function faultsOf(rewards: string, more = '') {
  const text = `plugins:\n  - use: gpio\n    rewards:\n${rewards.replace(/^/gm, '      ')}\n${more}`;
  return parseBotFile(text, {}).problems.map(({ position, message }) => [position.line, message]);
}

describe('rewards of plugins.yaml', () => {
  it('that run a command need a cost, which those of an author have', () => {
    expect(faultsOf('Lamp: { run: lamp on }')).toEqual([[4, 'Lamp: it has no cost']]);
    expect(faultsOf('Lamp: { run: lamp on, cost: 100 }')).toEqual([]);
    expect(faultsOf('confetti: { enabled: false }')).toEqual([]);
  });

  it('have a title as long as Twitch takes it, in characters as people count them', () => {
    const long = 'x'.repeat(46);
    expect(faultsOf(`${long}: { run: lamp, cost: 1 }`)).toEqual([
      [4, `${long}: a title has at most 45 characters, not 46`],
    ]);
    expect(faultsOf(`${'🎉'.repeat(45)}: { run: lamp, cost: 1 }`)).toEqual([]);
    expect(faultsOf(`${long}: { run: lamp, cost: 1, title: short }`)).toEqual([]);
  });

  it('have each title once, however it is written', () => {
    expect(
      faultsOf('Lamp: { run: lamp, cost: 1 }\nother: { run: lamp, cost: 1, title: LAMP }'),
    ).toEqual([[5, '"LAMP" is already a reward, on line 4']]);
  });

  it('have each name once, over all plugins', () => {
    const second = '  - use: mqtt\n    rewards:\n      LAMP: { run: horn, cost: 5 }\n';
    expect(faultsOf('lamp: { run: lamp, cost: 1 }', second)).toEqual([
      [7, '"LAMP" is already a reward, on line 4'],
    ]);
  });

  it('of a plugin that is switched off take nothing from others', () => {
    const second =
      '  - use: mqtt\n    enabled: false\n    rewards:\n      lamp: { run: horn, cost: 5 }\n';
    expect(faultsOf('lamp: { run: lamp, cost: 1 }', second)).toEqual([]);
  });

  it('may have a title that is the name of none', () => {
    expect(
      faultsOf('a: { run: lamp, cost: 1, title: b }\nc: { run: lamp, cost: 1, title: d }'),
    ).toEqual([]);
  });

  it('are found double among a thousand, each one named', () => {
    const rewards = Array.from(
      { length: 1_000 },
      (_, index) => `r${index}: { run: lamp, cost: 1, title: "t${index % 999}" }`,
    );
    expect(faultsOf(rewards.join('\n'))).toEqual([[1_003, '"t0" is already a reward, on line 4']]);
  });
});
