import { describe, expect, it } from '@jest/globals';
import type { DevEvent } from '../../../src/dev/dev-event.js';
import { JsonView, TextView } from '../../../src/dev/screen/dev-frontend.js';
import { formatDevEvent } from '../../../src/dev/screen/format-dev-event.js';
import { plainStyle } from '../../../src/terminal/style.js';
import { harmlessLines, hostile } from '../../support/hostile.js';

const at = new Date(2026, 0, 2, 3, 4, 5);

describe('the views of a session', () => {
  it('write an object for every event that can be read again', () => {
    const written: string[] = [];
    const view = new JsonView({ write: (text) => written.push(text) });
    const reply: DevEvent = { type: 'reply', channel: 'c', text: hostile };
    for (const event of [reply, { type: 'stopped' } as const]) view.show(event, at);
    expect(written.map((line) => JSON.parse(line).type)).toEqual(['reply', 'stopped']);
    for (const line of written) expect(line.split('\n')).toHaveLength(2);
  });

  it('print nothing for what is not worth a line', () => {
    const printed: string[] = [];
    const view = new TextView((text) => printed.push(text), plainStyle);
    view.show({ type: 'plugin', plugin: 'irc', state: 'running' }, at);
    view.show({ type: 'stopped' }, at);
    expect(printed).toEqual(['03:04:05  Stopped; every pin is off.']);
  });

  it('show a fault with its place and its cure, each on a line of its own', () => {
    const fault = {
      type: 'fault',
      message: 'It failed.',
      place: 'plugins/dice.ts:7:5',
      hint: 'Mend it.',
    } as const;
    expect(formatDevEvent(fault, at, plainStyle)).toBe(
      '03:04:05  ✗ It failed.\n  at plugins/dice.ts:7:5\n  Hint: Mend it.',
    );
    const evil = { type: 'fault', message: hostile, place: hostile, hint: hostile } as const;
    harmlessLines(formatDevEvent(evil, at, plainStyle) ?? '');
  });

  it('show the gadgets and users of others without what would move the cursor', () => {
    const events: DevEvent[] = [
      { type: 'pin', gadget: hostile, pin: hostile, level: 1, on: true },
      { type: 'pin', gadget: hostile, pin: hostile, level: 0, on: false, dryRun: true },
      {
        ...{ type: 'refusal', reason: 'role', command: hostile, user: hostile, channel: 'c' },
        ...{ messageId: '1', redemption: { title: hostile, cost: 1 } },
      },
      { type: 'plugin', plugin: hostile, state: 'waiting', reason: hostile },
      { type: 'plugin', plugin: hostile, state: 'restarting' },
      {
        ...{ type: 'ready', bot: hostile, channels: [hostile], commands: [], outputs: [] },
        plugins: [{ id: hostile, state: 'failed' }],
      },
      {
        type: 'message',
        id: '1',
        channel: 'c',
        user: hostile,
        displayName: '',
        roles: [],
        text: '',
      },
    ];
    for (const event of events) {
      expect(harmlessLines(formatDevEvent(event, at, plainStyle) ?? '')).toHaveLength(1);
    }
  });
});
