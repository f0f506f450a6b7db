import { describe, expect, it } from '@jest/globals';
import { answeredLines, inOrder, isChatLine } from '../../../src/page/chat/chat-lines.js';
import { textParts } from '../../../src/page/chat/text-parts.js';
import { Told } from '../told.js';

const reply = (text: string, replyTo?: string) => ({
  channel: 'c',
  text,
  ...(replyTo !== undefined && { replyTo }),
});

describe('the lines of chat', () => {
  it('are what somebody could have read there, and what came of it', () => {
    const { feed } = new Told()
      .say(1, 'alice', 'hi')
      .add(2, 'reply', reply('hello'))
      .refuse(3, 'bob', 'role', 'm')
      .happen(4, 'raid', { viewers: 5 })
      .add(5, 'estop', { engaged: true, by: 'bob' })
      .add(6, 'reaction', { event: 'raid', plugin: 'gpio', did: 'lamp on' })
      .run(7, 'alice', 'lamp', 'm')
      .add(8, 'pin', { gadget: 'lamp', pin: 'GPIO17', on: true })
      .add(9, 'gadget', { gadget: 'lamp', event: 'on', state: 'on' })
      .add(10, 'plugin', { plugin: 'gpio', state: 'running' })
      .add(11, 'fault', { plugin: 'gpio', where: 'timer', text: 'no' })
      .happen(12, 'cheer', { bits: 100 })
      .happen(13, 'redeemUpdate', { redemptionId: 'r', status: 'canceled' });
    expect(feed.filter(isChatLine).map(({ at }) => at)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('are not read before what they answer, however many answers there are', () => {
    const { feed } = new Told()
      .add(1, 'reply', reply('one', 'm'))
      .refuse(2, 'alice', 'role', 'm')
      .add(3, 'reply', reply('of another', 'x'))
      .say(4, 'alice', '!lamp', 'm')
      .say(5, 'bob', 'hi');
    expect(inOrder(feed).map(({ at }) => at)).toEqual([1, 2, 3, 4, 5]);
    const { feed: near } = new Told()
      .add(1, 'reply', reply('of another', 'x'))
      .add(2, 'reply', reply('one', 'm'))
      .refuse(3, 'alice', 'role', 'm')
      .say(4, 'alice', '!lamp', 'm');
    expect(inOrder(near).map(({ at }) => at)).toEqual([1, 4, 2, 3]);
    expect(inOrder([])).toEqual([]);
  });

  it('that the bot answers are known by their ids, and no others are', () => {
    const { feed } = new Told()
      .say(1, 'alice', '!lamp on', 'm')
      .say(2, 'bob', 'hi', 'n')
      .add(3, 'reply', reply('done', 'm'))
      .add(4, 'reply', reply('to nobody'))
      .add(5, 'reply', reply('to a forgotten line', 'gone'));
    const answered = answeredLines(feed);
    expect([...answered.keys()]).toEqual(['m']);
    expect(answered.get('m')).toBe(feed[0]);
    expect(answeredLines([]).size).toBe(0);
  });
});

describe('textParts', () => {
  const cut = (text: string, places?: readonly (readonly [number, number])[]) =>
    textParts(text, places).map((part) => (part.isEmote ? `<${part.text}>` : part.text));

  it('cuts a text at its emotes, and leaves no empty piece', () => {
    expect(
      cut('Kappa hi LUL', [
        [0, 5],
        [9, 12],
      ]),
    ).toEqual(['<Kappa>', ' hi ', '<LUL>']);
    expect(
      cut('LULLUL', [
        [0, 3],
        [3, 6],
      ]),
    ).toEqual(['<LUL>', '<LUL>']);
  });

  it('leaves a text without emotes whole', () => {
    expect(cut('hi')).toEqual(['hi']);
    expect(cut('hi', [])).toEqual(['hi']);
    expect(cut('')).toEqual([]);
  });

  it('loses and adds nothing, wherever the places are', () => {
    const text = '<b>Kappa</b> & LUL';
    for (const places of [[[3, 8]], [[0, 99]], [[90, 99]], [[0, 0]]] as const) {
      expect(
        textParts(text, places)
          .map((part) => part.text)
          .join(''),
      ).toBe(text);
    }
  });
});
