import { describe, expect, it } from '@jest/globals';
import type { SharedGadget } from '@pertybot/core';
import type { SharedOutput } from '@pertybot/core/host';
import { makeUser } from '@pertybot/core/testing';
import type { RemoteNode } from '@pertybot/plugin-mqtt';
import {
  toGadgetReport,
  toNodeReport,
  toOutputReport,
  toRefusalReport,
} from '../../src/control/to-reports.js';

const user = makeUser({ as: 'Alice' });
const remembered = { time: 0, user, channel: 'test', command: 'lamp on', plugin: 'gpio' };
const report = (more: object = {}) =>
  // Of what a bot remembers this is all that is looked at.
  toRefusalReport({ ...remembered, ...more } as Parameters<typeof toRefusalReport>[0]);

describe('toRefusalReport', () => {
  it('tells who, what and why, with the time as text', () => {
    expect(report({ reason: 'cooldown', retryAfter: 3_000 })).toEqual({
      time: '1970-01-01T00:00:00.000Z',
      user: user.login,
      command: 'lamp on',
      reason: 'cooldown',
      retryAfter: 3_000,
    });
  });

  it('leaves out what there is nothing of', () => {
    expect(report({ reason: 'role' })).not.toHaveProperty('text');
    expect(report({ reason: 'role', text: '' })).toHaveProperty('text', '');
    expect(report({ reason: 'role', retryAfter: 0 })).toHaveProperty('retryAfter', 0);
  });

  it('has no reason for a redemption that keeps its points, and no more of a reward than it takes', () => {
    const redemption = { title: 'Lamp', cost: 500, secret: 'x' };
    const told = report({ redemption });
    expect(told.redemption).toEqual({ title: 'Lamp', cost: 500 });
    expect(told).not.toHaveProperty('reason');
  });
});

const lamp = {
  ...{ name: 'lamp', type: 'light', state: 'off', busy: false, pins: ['GPIO17'] },
  ...{ usage: 'lamp <on|off>', waiting: 0 },
  verbs: [
    { name: 'on', about: 'On', value: '[time]', run: () => {} },
    { name: 'off', about: 'Off' },
  ],
} as unknown as SharedGadget;

describe('toGadgetReport', () => {
  it('tells what one can do, without how it is done', () => {
    const told = toGadgetReport(lamp);
    expect(told.verbs).toEqual([
      { name: 'on', about: 'On', value: '[time]' },
      { name: 'off', about: 'Off' },
    ]);
    expect(JSON.parse(JSON.stringify(told))).toEqual(told);
  });

  it('puts the machine before pins that are elsewhere', () => {
    expect(toGadgetReport({ ...lamp, node: 'garage' })).toMatchObject({
      node: 'garage',
      pins: ['garage/GPIO17'],
    });
    expect(toGadgetReport(lamp)).not.toHaveProperty('node');
  });

  it('says why one cannot be had', () => {
    const away = { refused: true, reason: 'node.away' } as unknown as NonNullable<
      SharedGadget['away']
    >;
    expect(toGadgetReport({ ...lamp, away }).away).toBe('node.away');
    expect(toGadgetReport({ ...lamp, away: { ...away, text: 'It is away.' } }).away).toBe(
      'It is away.',
    );
  });

  it('gives a ballot as it is now, and not as it will be', () => {
    const choices = [{ line: 'red', votes: 1 }];
    const ballot = { policy: 'majority', closesIn: 3, voters: 1, choices };
    // Whatever a vote holds beside that is its own.
    const told = toGadgetReport({ ...lamp, ballot } as unknown as SharedGadget);
    choices.push({ line: 'blue', votes: 9 });
    expect(told.ballot?.choices).toEqual([{ line: 'red', votes: 1 }]);
  });
});

const output = {
  ...{ gadget: 'lamp', pin: 'GPIO17', on: false, kind: 'output', level: 0, plugin: 'gpio' },
} as unknown as SharedOutput;

describe('toOutputReport', () => {
  it('is small where there is nothing to tell', () => {
    expect(toOutputReport(output)).toEqual({
      ...{ gadget: 'lamp', pin: 'GPIO17', on: false, kind: 'output', level: 0 },
    });
  });

  it('tells all that there is, a share of nothing too', () => {
    const more = { share: 0, maxOn: 5, onTimeLeft: 0, fault: '', guardian: 'required' } as const;
    expect(toOutputReport({ ...output, ...more, dryRun: true, node: 'shed' })).toMatchObject({
      ...more,
      dryRun: true,
      node: 'shed',
      pin: 'shed/GPIO17',
    });
  });

  it('says neither dry-run nor unguarded of one that is not', () => {
    const told = toOutputReport({ ...output, dryRun: false, unguarded: false } as SharedOutput);
    expect(told).not.toHaveProperty('dryRun');
    expect(told).not.toHaveProperty('unguarded');
  });
});

describe('toNodeReport', () => {
  it('names the gadgets of a machine, and tells no more of them', () => {
    const node = { name: 'garage', state: 'here', gadgets: [lamp] } as unknown as RemoteNode;
    expect(toNodeReport(node).gadgets).toEqual(['lamp']);
    expect(toNodeReport({ ...node, gadgets: [] }).gadgets).toEqual([]);
  });
});
