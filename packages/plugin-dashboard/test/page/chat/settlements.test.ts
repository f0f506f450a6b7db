import { describe, expect, it } from '@jest/globals';
import { inOrder, isChatLine } from '../../../src/page/chat/chat-lines.js';
import { settlementsOf } from '../../../src/page/chat/settlements.js';
import { somebody, Told } from '../told.js';

const note = (id: string) => ({ id, reward: 'lamp', title: 'Lamp', cost: 5 });

describe('settlementsOf', () => {
  it('tells what became of each redemption, and why', () => {
    const user = somebody('alice');
    const { feed } = new Told()
      .add(1, 'command', {
        command: 'lamp',
        plugin: 'gpio',
        user,
        messageId: '',
        took: 1,
        redemption: note('one'),
      })
      .add(2, 'refusal', {
        reason: 'estop',
        command: 'lamp',
        user,
        messageId: '',
        text: 'Emergency stop.',
        redemption: note('two'),
      })
      .happen(3, 'redeemUpdate', { redemptionId: 'two', status: 'canceled' })
      .happen(4, 'redeemUpdate', { redemptionId: 'three', status: 'canceled' })
      .refuse(5, 'bob', 'role', 'm');
    expect([...settlementsOf(feed)]).toEqual([
      ['one', { isRefund: false, text: 'fulfilled' }],
      ['two', { isRefund: true, text: 'refunded: Emergency stop.' }],
      ['three', { isRefund: true, text: 'refunded' }],
    ]);
  });

  it('leaves to the redemption what chat would tell twice', () => {
    const { feed } = new Told()
      .happen(1, 'redeemUpdate', { redemptionId: 'r' })
      .happen(2, 'cheer', { bits: 5 })
      .happen(3, 'raid', { viewers: 5 })
      .refuse(4, 'bob', 'role', 'm');
    expect(feed.map(isChatLine)).toEqual([false, false, true, true]);
  });
});

describe('inOrder', () => {
  it('shows a line before what it was answered with', () => {
    const { feed } = new Told()
      .say(1, 'bob', 'hello', 'other')
      .add(2, 'reply', { channel: 'c', text: 'lamp is on', replyTo: 'm' })
      .refuse(3, 'alice', 'role', 'm')
      .say(4, 'alice', '!lamp on', 'm')
      .add(5, 'reply', { channel: 'c', text: 'bye' });
    expect(inOrder(feed).map(({ number }) => number)).toEqual([1, 4, 2, 3, 5]);
  });
});
