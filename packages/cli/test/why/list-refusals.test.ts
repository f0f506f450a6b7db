import { expect, it } from '@jest/globals';
import { toRefusalLine } from '../../src/why/list-refusals.js';

it('shows nothing to the terminal that came from chat but plain text', () => {
  const title = '\u001b]0;owned\u0007';
  const line = toRefusalLine({
    time: new Date().toISOString(),
    user: `mallory${title}`,
    command: `lamp${title}`,
    reason: `own${title}`,
  });
  expect(line).toContain('mallory');
  expect(line).not.toMatch(/\p{Cc}/u);
});
