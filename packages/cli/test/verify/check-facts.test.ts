import { describe, expect, it } from '@jest/globals';
import { checkFacts } from '../../src/verify/check-facts.js';

const found = { provides: ['Weather'], needs: ['Gpio'], commands: ['sun', 'rain'] };

describe('checkFacts', () => {
  it('takes what is true, in any order', () => {
    expect(checkFacts({ ...found, commands: ['rain', 'sun'] }, found)).toMatchObject({
      level: 'ok',
    });
    expect(checkFacts({}, { provides: [], needs: [], commands: [] })).toMatchObject({
      level: 'ok',
    });
  });

  it('says what is wrong, and what is right', () => {
    expect(
      checkFacts({ provides: ['Weather'], needs: [], commands: ['sun'] }, found),
    ).toMatchObject({
      level: 'error',
      message: 'The field "pertybot" of package.json is wrong about needs, commands.',
      hint: 'Write into package.json: "pertybot": { "provides": ["Weather"], "needs": ["Gpio"], "commands": ["sun", "rain"] }',
    });
  });

  it.each([[undefined], ['a plugin'], [{ needs: 'Gpio' }]])(
    'misses it where there is %j',
    (stated) => {
      expect(checkFacts(stated, found)).toMatchObject({
        level: 'error',
        message: expect.stringContaining('is missing'),
      });
    },
  );

  it('does not judge the commands of a plugin that was not started', () => {
    const { commands: _, ...known } = found;
    expect(checkFacts({ ...known, commands: ['storm'] }, known)).toMatchObject({ level: 'ok' });
  });
});
