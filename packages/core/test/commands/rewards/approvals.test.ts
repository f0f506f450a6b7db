import { describe, expect, it } from '@jest/globals';
import { Approvals } from '../../../src/commands/rewards/approvals.js';
import { Deed } from '../../../src/commands/rewards/deed.js';
import { OpenDeeds } from '../../../src/commands/rewards/open-deeds.js';
import { refuse } from '../../../src/contracts/command.js';
import { makeRedemption } from '../../../src/testing/channel-events.js';
import { ManualClock } from '../../../src/testing/manual-clock.js';

function waiters() {
  let changes = 0;
  const approvals = new Approvals(() => {
    changes += 1;
  });
  return { approvals, changes: () => changes };
}

describe('redemptions that wait for a yes', () => {
  it('are done after it, and wait in the order in which they came', async () => {
    const { approvals, changes } = waiters();
    const [first, second] = [makeRedemption('Lamp'), makeRedemption('Horn')];
    const told = approvals.wait(first, 'Lamp');
    void approvals.wait(second, 'Horn');
    expect(approvals.waiting).toEqual([first, second]);
    expect(approvals.approve(first.id)).toBe(true);
    expect(await told).toBeUndefined();
    expect([approvals.waiting, changes()]).toEqual([[second], 3]);
  });

  it('are none that nobody knows, or that were done already', async () => {
    const { approvals } = waiters();
    const redemption = makeRedemption('Lamp');
    const told = approvals.wait(redemption, 'Lamp');
    expect([approvals.approve('other'), approvals.approve(redemption.id)]).toEqual([false, true]);
    expect(approvals.approve(redemption.id)).toBe(false);
    expect(await told).toBeUndefined();
  });

  it('wait no longer when they are withdrawn, also before they began to', async () => {
    const { approvals } = waiters();
    const controller = new AbortController();
    const told = approvals.wait(makeRedemption('Lamp'), 'Lamp', controller.signal);
    controller.abort();
    const later = approvals.wait(makeRedemption('Lamp'), 'Lamp', controller.signal);
    expect([(await told)?.reason, (await later)?.reason]).toEqual(['withdrawn', 'withdrawn']);
    expect(approvals.waiting).toEqual([]);
  });

  it('are given back at once when two hundred wait already', async () => {
    const { approvals } = waiters();
    for (let count = 0; count < 200; count++) void approvals.wait(makeRedemption('Lamp'), 'Lamp');
    expect(await approvals.wait(makeRedemption('Lamp'), 'Lamp')).toMatchObject({ reason: 'full' });
    approvals.refuseAll(refuse('stopping'));
    expect(approvals.waiting).toEqual([]);
  });

  it('are found by the login or the shown name of their viewer, in one channel', () => {
    const { approvals } = waiters();
    const redemption = makeRedemption('Lamp', { as: 'Alice', channel: 'one' });
    void approvals.wait(redemption, 'A lamp');
    void approvals.wait(makeRedemption('Lamp', { as: 'Alice', channel: 'two' }), 'A lamp');
    const found = [{ id: redemption.id, title: 'A lamp' }];
    expect(approvals.of('alice', 'one')).toEqual(found);
    expect(approvals.of('ALICE', 'one')).toEqual(found);
    expect(approvals.of('bob', 'one')).toEqual([]);
    expect(approvals.of('alice', 'three')).toEqual([]);
  });

  it('are refused alone where only some are meant', async () => {
    const { approvals } = waiters();
    const lamp = approvals.wait(makeRedemption('Lamp'), 'Lamp');
    void approvals.wait(makeRedemption('Horn'), 'Horn');
    approvals.refuseAll(refuse('gone'), ({ reward }) => reward === 'Lamp');
    expect((await lamp)?.reason).toBe('gone');
    expect(approvals.waiting.map(({ reward }) => reward)).toEqual(['Horn']);
  });
});

/** A deed, and the reasons with which it was decided. */
function openDeed() {
  const told: string[] = [];
  const deed = new Deed({
    clock: new ManualClock(),
    willMove: () => {},
    onFault: () => {},
    decided: (outcome) => told.push(outcome.moved ? 'done' : outcome.refusal.reason),
  });
  return { deed, told };
}

describe('redemptions that are being done', () => {
  it('are a thousand of one reward at most, and others besides', () => {
    const open = new OpenDeeds();
    const { signal } = new AbortController();
    const forget = Array.from({ length: 1_000 }, () => open.add(openDeed().deed, 'Lamp', signal));
    expect([open.isFull('Lamp'), open.isFull('Horn')]).toEqual([true, false]);
    forget[0]?.();
    forget[0]?.();
    expect(open.isFull('Lamp')).toBe(false);
    for (const each of forget) each();
    expect(open.isFull('Lamp')).toBe(false);
  });

  it('are decided when the plugin that does them stops, and no other', () => {
    const open = new OpenDeeds();
    const [one, two] = [new AbortController(), new AbortController()];
    const [first, second, other] = [openDeed(), openDeed(), openDeed()];
    open.add(first.deed, 'Lamp', one.signal);
    open.add(second.deed, 'Lamp', one.signal)();
    open.add(other.deed, 'Horn', two.signal);
    one.abort();
    expect([first.told, second.told, other.told]).toEqual([['stopping'], [], []]);
  });

  it('are decided where nothing has moved, or all of them', () => {
    const open = new OpenDeeds();
    const { signal } = new AbortController();
    const [moved, unmoved] = [openDeed(), openDeed()];
    for (const { deed } of [moved, unmoved]) open.add(deed, 'Lamp', signal);
    moved.deed.moved(10_000);
    open.closeUnmoved(refuse('stopped'));
    expect([moved.told, unmoved.told]).toEqual([[], ['stopped']]);
    open.closeAll(refuse('stopping'));
    expect([moved.told, unmoved.told]).toEqual([['stopping'], ['stopped']]);
  });
});
