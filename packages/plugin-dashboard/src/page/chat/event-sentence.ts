import type { Fed } from '../../shared/feed.js';
import { entryOf } from '../parts/entry-of.js';

type ChannelEvent = Pick<Extract<Fed, { type: 'event' }>, 'name' | 'facts' | 'choices'>;
type Facts = ChannelEvent['facts'];

/** What happened in the channel, in words behind the name of whoever did it, such as `raids with 50 viewers`. */
export function eventSentence({ name, facts, choices }: ChannelEvent): string {
  const sentence = entryOf(sentences, name)?.(facts) ?? otherwise(name, facts);
  if (choices === undefined || choices.length === 0) return sentence;
  return `${sentence} (${choices.map(({ title, votes }) => `${title} ${votes}`).join(', ')})`;
}

const plural = (count: unknown, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** What somebody wrote with it. */
const quoted = (text: unknown): string =>
  typeof text === 'string' && text !== '' ? `: “${text}”` : '';

const tierOf = ({ tier }: Facts): string => (tier === 'prime' ? 'with Prime' : `at tier ${tier}`);

const seconds = (milliseconds: unknown): number => Math.round(Number(milliseconds) / 1_000);

const train = ({ level, total }: Facts): string => `at level ${level}, ${plural(total, 'point')}`;

const fund = ({ charity, current, target }: Facts): string => `${charity}, ${current} of ${target}`;

const goal = ({ kind, description, current, target }: Facts): string =>
  `${description || `${kind}`.replaceAll('_', ' ')}, ${current} of ${target}`;

const sentences: Readonly<Record<string, (facts: Facts) => string>> = {
  cheer: ({ bits, message }) => `cheers ${plural(bits, 'bit')}${quoted(message)}`,
  redeem: ({ title, cost, text }) =>
    `redeems ${title ?? 'a reward'}${cost === undefined ? '' : ` for ${plural(cost, 'point')}`}${quoted(text)}`,
  redeemUpdate: ({ title, status }) =>
    status === 'canceled'
      ? `has the points of ${title} back`
      : `has got ${title}, which is ${status}`,
  automaticReward: ({ reward, cost, text }) =>
    `redeems ${`${reward}`.replaceAll('_', ' ')} for ${plural(cost, 'point')}${quoted(text)}`,
  powerUp: ({ kind, title, bits, text }) =>
    `powers up (${title ?? `${kind}`.replaceAll('_', ' ')}) for ${plural(bits, 'bit')}${quoted(text)}`,
  follow: () => 'follows the channel',
  subscribe: (facts) =>
    `${facts.renewed ? `subscribes for the ${facts.months}. month` : 'subscribes'} ${tierOf(facts)}${quoted(facts.text)}`,
  subscriptionEnd: ({ gift }) => `is no subscriber any more${gift ? ' (it was a gift)' : ''}`,
  giftSubscription: (facts) =>
    `${facts.recipient ? `gives ${facts.recipient} a subscription` : `gives ${plural(facts.count, 'subscription')}`} ${tierOf(facts)}`,
  raid: ({ viewers }) => `raids with ${plural(viewers, 'viewer')}`,
  raidOut: ({ to, viewers }) =>
    `The channel raids ${to ?? 'another'} with ${plural(viewers, 'viewer')}`,
  announcement: ({ text }) => `announces${quoted(text)}`,
  hypeTrainBegin: (facts) => `A hype train begins ${train(facts)}`,
  hypeTrainProgress: (facts) => `The hype train is ${train(facts)}`,
  hypeTrainEnd: (facts) => `The hype train ends ${train(facts)}`,
  pollBegin: ({ title }) => `A poll begins: ${title}`,
  pollProgress: ({ title }) => `The poll goes on: ${title}`,
  pollEnd: ({ title, winner }) => `The poll ends: ${title}${winner ? `, ${winner} wins` : ''}`,
  predictionBegin: ({ title }) => `A prediction begins: ${title}`,
  predictionProgress: ({ title }) => `The prediction goes on: ${title}`,
  predictionLock: ({ title }) => `The prediction is locked: ${title}`,
  predictionEnd: ({ title, winner }) =>
    `The prediction ends: ${title}${winner ? `, ${winner} was right` : ''}`,
  adBreak: ({ duration }) => `Advertisements for ${seconds(duration)} s`,
  streamOnline: () => 'The stream is live',
  streamOffline: () => 'The stream has ended',
  channelUpdate: ({ title, category }) =>
    `The channel shows ${[title, category].filter(Boolean).join(', ')}`,
  shieldModeBegin: ({ moderator }) => `${moderator} switches the shield mode on`,
  shieldModeEnd: ({ moderator }) => `${moderator} switches the shield mode off`,
  shoutoutSent: ({ other }) => `The channel praises ${other}`,
  shoutoutReceived: ({ other }) => `${other} praises this channel`,
  goalBegin: (facts) => `A goal begins: ${goal(facts)}`,
  goalProgress: (facts) => `The goal: ${goal(facts)}`,
  goalEnd: (facts) => `The goal ends: ${goal(facts)}${facts.achieved ? ', achieved' : ''}`,
  charityDonation: ({ amount, charity }) => `gives ${amount} to ${charity}`,
  charityBegin: (facts) => `A charity campaign begins: ${fund(facts)}`,
  charityProgress: (facts) => `The charity campaign: ${fund(facts)}`,
  charityEnd: (facts) => `The charity campaign ends: ${fund(facts)}`,
  moderation: ({ action, login, duration }) =>
    action === 'clear'
      ? 'Chat was cleared'
      : `${login} ${entryOf(deeds, `${action}`) ?? action}${duration === undefined ? '' : ` for ${duration} s`}`,
  connected: () => 'The bot is in chat',
  disconnected: ({ reason }) => `The bot lost chat${reason ? `: ${reason}` : ''}`,
};

const deeds: Readonly<Record<string, string>> = {
  timeout: 'was timed out',
  ban: 'was banned',
  delete: 'had a line deleted',
};

/** Of plugins' own events, and those that Twitch may add: `goalBegin current 3, target 10`. */
function otherwise(name: string, facts: Facts): string {
  const title = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  const told = Object.entries(facts)
    .filter(([key]) => !/(^id|Id|At)$/.test(key))
    .map(([key, value]) => (/^(text|message)$/.test(key) ? `“${value}”` : `${key} ${value}`));
  return [title, told.join(', ')].filter(Boolean).join(': ');
}
