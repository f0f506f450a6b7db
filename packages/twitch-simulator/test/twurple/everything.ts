import type { TwitchSimulator } from '../../src/index.js';

const channel = 'streamer';
const as = { login: 'alice', displayName: 'Alice' };

/** Lets everything happen on the streamer's channel that EventSub can tell of. */
export function everything({ channels, chat }: TwitchSimulator): void {
  chat.setRoles(channel, 'carol', ['moderator', 'vip']);
  chat.setRoles(channel, 'carol', []);
  channels.goLive({ channel });
  channels.update({ channel, title: 'Blinking', category: 'Makers' });
  channels.follow({ channel, as });
  sayEverything(chat);
  channels.endSubscription({ channel, as });
  const reward = channels.changeReward(channel, 'Confetti', { cost: 600 });
  const { id } = channels.redeem({ channel, as, reward: reward.id, text: 'hello' });
  channels.settle(channel, id, 'FULFILLED');
  channels.removeReward(channel, 'Confetti');
  channels.addReward({ channel, title: 'Another', cost: 1 });
  channels.automaticReward({ channel, as, reward: 'send_highlighted_message', text: 'look' });
  channels.powerUp({ channel, as, kind: 'celebration' });
  runEverything(channels);
  channels.adBreak({ channel });
  channels.shoutout({ channel, to: 'bob' });
  channels.shoutout({ channel: 'bob', to: channel });
  channels.shieldMode({ channel, on: true });
  channels.shieldMode({ channel, on: false });
  channels.raidOut({ channel, to: 'bob', viewers: 7 });
  channels.unban({ channel, as });
  for (const [type = '', version = '1'] of samples.map((each) => each.split(' '))) {
    const mine = type === 'user.update' ? { as: { login: channel } } : {};
    channels.sample({ channel, type, version, ...mine });
  }
  channels.goOffline({ channel });
}

function sayEverything(chat: TwitchSimulator['chat']): void {
  const { id } = chat.say({ channel, as: { ...as, months: 3 }, text: 'hello' });
  chat.say({ channel, as, text: 'hello to you', replyTo: id });
  chat.say({ channel, as, text: 'Cheer100 great', bits: 100 });
  chat.usernotice({ channel, type: 'sub', as });
  chat.usernotice({ channel, type: 'resub', as, months: 12, text: 'still Kappa here' });
  chat.usernotice({ channel, type: 'subgift', as, recipient: { login: 'bob' } });
  chat.usernotice({ channel, type: 'submysterygift', as, count: 5 });
  chat.usernotice({ channel, type: 'raid', as: { login: 'bob' }, viewers: 50 });
  chat.usernotice({ channel, type: 'announcement', as: { login: channel }, text: 'hear' });
  chat.clearmsg({ channel, id });
  chat.clearchat({ channel, login: 'bob', duration: 60 });
  chat.clearchat({ channel, login: 'bob' });
  chat.clearchat({ channel });
  chat.roomstate({ channel, slow: '10' });
  chat.whisper({ from: 'alice', to: channel, text: 'psst' });
}

function runEverything(channels: TwitchSimulator['channels']): void {
  channels.hypeTrain({ channel, level: 3, sharedWith: ['bob'] }).end();
  const poll = channels.poll({ channel, title: 'Which?', choices: ['red', 'blue'] });
  poll.vote('red', 3);
  poll.report();
  poll.end('completed');
  const prediction = channels.prediction({ channel, title: 'Will it?', outcomes: ['yes', 'no'] });
  prediction.predict({ as, outcome: 'yes', points: 100 });
  prediction.report();
  prediction.lock();
  prediction.resolve('yes');
  channels.goal({ channel, target: 1, description: 'one more' }).advance();
  const charity = channels.charity({ channel, charity: 'Lamps', target: 100 });
  charity.donate({ as, amount: 12.5 });
  charity.stop();
}

/** Types without an action of their own. */
const samples = [
  'channel.unban_request.create',
  'channel.unban_request.resolve',
  'channel.warning.send',
  'channel.warning.acknowledge',
  'channel.suspicious_user.update',
  'channel.suspicious_user.message',
  'channel.chat.user_message_hold',
  'channel.chat.user_message_update',
  'channel.shared_chat.begin',
  'channel.shared_chat.update',
  'channel.shared_chat.end',
  'automod.message.hold',
  'automod.message.hold 2',
  'automod.message.update',
  'automod.message.update 2',
  'automod.settings.update',
  'automod.terms.update',
  'user.update',
];
