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
  const raid = { time, user: 'bob', command: 'raid', event: 'raid', reason: 'gadget.queue' };
  expect(toRefusalLine(raid)).toContain('bob: the event raid set nothing off: gadget.queue');
});
