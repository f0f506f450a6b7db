import { expect, it } from '@jest/globals';
import { toReactionLine, toRefusalLine } from '../../src/why/list-refusals.js';

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

it('shows what became of points, and what an event was to set off', () => {
  const time = new Date().toISOString();
  const redemption = { title: 'Lamp for a minute', cost: 500 };
  const own = { time, user: 'alice', command: 'lamp on 1m' };
  expect(toRefusalLine({ ...own, redemption })).toContain(
    'alice: redeemed "Lamp for a minute" (500 points) and it moved',
  );
  const refused = { ...own, redemption, reason: 'pin.already', text: 'lamp is on already.' };
  expect(toRefusalLine(refused)).toContain(
    'redeemed "Lamp for a minute" (500 points) and has the points back: lamp is on already.',
  );
});

it('shows what an event set off, or why it set nothing off', () => {
  const common = { time: new Date().toISOString(), channel: 'test', plugin: 'gpio' };
  const cheer = { ...common, event: 'cheer', user: 'alice' };
  expect(toReactionLine({ ...cheer, did: 'horn beep' })).toMatch(
    /^[\d:]+ {2}alice: cheer set off horn beep \(gpio\)$/,
  );
  const text = '"min" asks for 100, and it was 50';
  expect(toReactionLine({ ...cheer, reason: 'unfit', text })).toContain(
    `alice: cheer set nothing off (gpio): ${text}`,
  );
  expect(toReactionLine({ ...common, event: 'streamOnline', reason: 'estop' })).toContain(
    '  streamOnline set nothing off (gpio): estop',
  );
  expect(toReactionLine({ ...cheer, did: '\u001b]0;owned\u0007' })).not.toMatch(/\p{Cc}/u);
});
