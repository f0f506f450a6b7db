import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startTwitchSimulator, type TwitchSimulator } from '@pertybot/twitch-simulator';
import { parseEvent } from '../../../src/dev/lines/parse-event.js';
import { isOfChat } from '../../../src/dev/lines/twitch-event.js';
import { ChannelPlayer } from '../../../src/dev/players/channel-player.js';

let twitch: TwitchSimulator;
let player: ChannelPlayer;

beforeEach(async () => {
  twitch = await startTwitchSimulator();
  player = new ChannelPlayer(twitch);
});

afterEach(() => twitch.stop());

function play(line: string) {
  const event = parseEvent(line);
  if (event === undefined || 'fault' in event) throw new Error(`"${line}" is no event.`);
  if (event.kind === 'redeem') return player.redeem('streamer', event);
  if (isOfChat(event)) throw new Error(`"${line}" is one of chat.`);
  return player.play('streamer', event);
}

describe('ChannelPlayer', () => {
  it('knows by which type of EventSub the bot would hear of it', () => {
    expect(play('alice follows')).toEqual({ deafTo: ['follow'] });
    expect(play('goal 10: more')).toEqual({ deafTo: ['goalBegin'] });
  });

  it('redeems by title or id, with or without a text', () => {
    const { id } = twitch.channels.addReward({ channel: 'streamer', title: 'Two Words', cost: 5 });
    expect(player.hasRewards('streamer')).toBe(true);
    expect(play('alice redeems two words')).toEqual({ deafTo: ['redeem'] });
    expect(play(`alice redeems ${id}: unasked`)).toEqual({ deafTo: ['redeem'] });
    expect(twitch.channels.redemptions('streamer')).toMatchObject([{ input: '' }, { input: '' }]);
  });

  it('says which reward was meant, and why one cannot be redeemed', () => {
    expect(play('alice redeems Confetti')).toMatchObject({
      fault: 'The channel has no reward "Confetti".',
      hint: expect.stringContaining('It has none'),
    });
    twitch.channels.addReward({ channel: 'streamer', title: 'Confetti', cost: 5, paused: true });
    expect(play('alice redeems Confeti')).toMatchObject({ hint: 'Did you mean "Confetti"?' });
    expect(play('alice redeems Confetti')).toMatchObject({ fault: '"Confetti" is paused.' });
    twitch.channels.changeReward('streamer', 'Confetti', { paused: false, inputRequired: true });
    expect(play('alice redeems Confetti')).toMatchObject({ fault: '"Confetti" asks for a text.' });
  });

  it('settles what is open in the place of a moderator', () => {
    twitch.channels.addReward({ channel: 'streamer', title: 'Confetti', cost: 5 });
    expect(play('mod refunds Confetti')).toMatchObject({
      fault: 'No redemption of "Confetti" is open.',
    });
    play('alice redeems Confetti');
    play('mod fulfils Confetti');
    expect(twitch.channels.redemptions('streamer')).toMatchObject([{ status: 'FULFILLED' }]);
  });

  it.each([
    ['hype train ends', 'No hype train runs.'],
    ['poll votes: red', 'No poll runs.'],
    ['poll ends', 'No poll runs.'],
    ['prediction locks', 'No prediction runs.'],
    ['prediction is canceled', 'No prediction runs.'],
    ['goal advances 1', 'No goal runs.'],
    ['charity stops', 'No charity campaign runs.'],
    ['alice donates 5', 'No charity campaign runs.'],
  ])('says of %j that there is none', (line, fault) => {
    expect(play(line)).toMatchObject({ fault });
  });

  it('names the choices of a poll and the outcomes of a prediction', () => {
    play('poll Which: red, blue');
    expect(play('poll votes: green')).toMatchObject({ hint: 'Its choices: red, blue.' });
    play('prediction Will it: yes, no');
    expect(play('prediction resolves: perhaps')).toMatchObject({ hint: 'Its outcomes: yes, no.' });
  });
});
