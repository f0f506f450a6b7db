import { describe, expect, it } from '@jest/globals';
import { parseEvent } from '../../../src/dev/lines/parse-event.js';
import { isOfChat } from '../../../src/dev/lines/twitch-event.js';
import { EventPlayer } from '../../../src/dev/players/event-player.js';

/** Plays a line as it is typed; gives what the simulated Twitch was told, and the echo. */
function play(line: string, player = createPlayer()) {
  const event = parseEvent(line);
  if (event === undefined || 'fault' in event || !isOfChat(event))
    throw new Error(`"${line}" is no event.`);
  const echo = player.play('streamer', event);
  return { echo, told: player.told };
}

function createPlayer() {
  const told: unknown[] = [];
  const take = (call: string) => (options: object) => {
    told.push({ call, ...options });
    return { id: `id-${told.length}` };
  };
  const player = new EventPlayer({
    say: take('say'),
    usernotice: take('usernotice'),
    clearchat: take('clearchat'),
    clearmsg: take('clearmsg'),
  });
  return Object.assign(player, { told });
}

describe('EventPlayer', () => {
  it('cheers by a line with bits, as Twitch does', () => {
    const { told, echo } = play('alice[sub] cheers 100: !lamp on');
    expect(told).toEqual([
      {
        call: 'say',
        channel: 'streamer',
        as: { login: 'alice', roles: ['subscriber'] },
        text: 'Cheer100 !lamp on',
        bits: 100,
      },
    ]);
    expect(echo).toEqual({ messageId: 'id-1' });
    expect(play('alice cheers 5').told[0]).toMatchObject({ text: 'Cheer5' });
  });

  it('redeems by a line with the id of the reward, or with that of a built-in one', () => {
    expect(play('alice redeems a-b: pink').told[0]).toMatchObject({
      text: 'pink',
      customRewardId: 'a-b',
    });
    expect(play('alice redeems highlighted-message: look').told[0]).toMatchObject({
      tags: { 'msg-id': 'highlighted-message' },
    });
  });

  it('subscribes anew and again', () => {
    expect(play('alice subscribes prime').told[0]).toMatchObject({ type: 'sub', plan: 'Prime' });
    expect(play('alice resubscribes 12: hi').told[0]).toMatchObject({
      type: 'resub',
      months: 12,
      text: 'hi',
    });
  });

  it('gives a bundle by one notice of all and one for each receiver, which bear one id', () => {
    const { told, echo } = play('alice gifts 3');
    expect(told).toMatchObject([
      { type: 'submysterygift', count: 3 },
      { type: 'subgift', recipient: { login: 'viewer1' } },
      { type: 'subgift', recipient: { login: 'viewer2' } },
      { type: 'subgift', recipient: { login: 'viewer3' } },
    ]);
    const ids = JSON.stringify(told).match(/"msg-param-community-gift-id":"[^"]+"/g);
    expect([ids?.length, new Set(ids).size]).toEqual([4, 1]);
    expect(echo).toEqual({ type: 'giftSubscription', count: 4 });
  });

  it('gives the largest bundle that there is, and one to somebody, and both without a name', () => {
    expect(play('alice gifts 100').told).toHaveLength(101);
    expect(play('alice gifts bob').told).toEqual([
      {
        call: 'usernotice',
        channel: 'streamer',
        plan: '1000',
        as: { login: 'alice', roles: [] },
        type: 'subgift',
        recipient: { login: 'bob' },
      },
    ]);
    expect(play('anonymous gifts 1').told[0]).not.toHaveProperty('as');
  });

  it.each([
    ['bob raids 50', { type: 'raid', viewers: 50 }],
    ['mod announces green: hi', { type: 'announcement', color: 'GREEN', text: 'hi' }],
    ['mod times out bob 60', { call: 'clearchat', login: 'bob', duration: 60 }],
    ['mod bans bob', { call: 'clearchat', login: 'bob' }],
    ['mod clears chat', { call: 'clearchat', channel: 'streamer' }],
  ])('plays "%s"', (line, call) => {
    expect(play(line).told).toEqual([expect.objectContaining(call)]);
  });

  it('deletes the last line of somebody, once, whatever it was', () => {
    const player = createPlayer();
    expect(play('mod deletes bob', player).echo).toBeUndefined();
    player.noteLine('bob', 'one');
    player.noteLine('bob', 'two');
    expect(play('mod deletes bob', player).told).toMatchObject([{ call: 'clearmsg', id: 'two' }]);
    expect(play('mod deletes bob', player).echo).toBeUndefined();
    play('bob cheers 1', player);
    expect(play('mod deletes bob', player).echo).toBeDefined();
  });

  it('remembers the lines of the latest thousand writers alone', () => {
    const player = createPlayer();
    for (let number = 0; number <= 1_000; number++) player.noteLine(`viewer${number}`, 'id');
    expect(play('mod deletes viewer0', player).echo).toBeUndefined();
    expect(play('mod deletes viewer1', player).echo).toBeDefined();
  });
});
