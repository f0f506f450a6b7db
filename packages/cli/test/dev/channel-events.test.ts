import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { eventsOf } from '../support/run-pertybot.js';
import { askPertybot } from '../support/served-command.js';

jest.setTimeout(120_000);

let folder: TestFolder;

afterEach(() => folder.remove());

const listener = `import { definePlugin } from '@pertybot/core';

const names = ['follow', 'streamOnline', 'streamOffline', 'hypeTrainBegin', 'pollBegin', 'pollEnd', 'adBreak',
  'powerUp', 'automaticReward', 'subscriptionEnd', 'shoutoutReceived', 'charityDonation', 'channelUpdate', 'redeem'];

export default definePlugin({
  name: 'listener',
  start({ on }) {
    for (const name of names) on(name, () => {});
  },
});
`;

const botFile = `plugins:
  - use: oauth
    config: { clientId: none }
  - use: irc
    config: { channels: [mychannel] }
  - use: eventsub
  - use: ./listener.ts
`;

const lines = `go live
alice follows
title is Blinking all day
hype train 3
poll Which colour: red, blue
poll ends
ads 60
alice powers up 30: hooray
alice highlights: look at this
alice unsubscribes
bob praises us
charity 500: Lamps
alice donates 10
goal 10: more
alice redeems Nonsense: pink
raid 50
go offline
`;

describe('pertybot dev', () => {
  it('lets happen what EventSub tells, from a pipe, and says what is not listened to', async () => {
    folder = await makeBotFolder({ 'plugins.yaml': botFile, 'listener.ts': listener });
    const run = await askPertybot(['dev', '--json'], { folder: folder.path, input: lines });
    const events = eventsOf(run).filter(
      ({ type }) => !['ready', 'plugin', 'stopped', 'message'].includes(String(type)),
    );
    expect(events.map(({ type, user }) => [type, ...(user ? [user] : [])].join(' '))).toEqual([
      'streamOnline',
      'follow alice',
      'channelUpdate',
      'hypeTrainBegin',
      'pollBegin',
      'pollEnd',
      'adBreak',
      'powerUp alice',
      'automaticReward alice',
      'subscriptionEnd alice',
      'shoutoutReceived',
      'charityDonation alice',
      'raid raider',
      'streamOffline',
    ]);
    expect(events[3]).toMatchObject({ channel: 'mychannel', level: 1 });
    // What is a message as well is a line of chat, too.
    const texts = eventsOf(run).filter(({ type }) => type === 'message');
    expect(texts.map(({ text }) => text)).toEqual(['hooray', 'look at this']);
    expect(run.stderr).not.toContain('still being handled');
    expect(run.stderr).toContain('the bot does not listen to "goalBegin".');
    expect(run.stderr).toContain('The channel has no reward "Nonsense".');
  });
});
