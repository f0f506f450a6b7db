import { randomUUID } from 'node:crypto';
import { toTwitchTime } from '../twitch-time.js';
import type { BySomebody, ChannelWorld } from './channel-world.js';
import { broadcaster, user } from './triples.js';

/** Somebody redeems one of Twitch's own rewards. */
export interface AutomaticRewardOptions extends BySomebody {
  readonly reward:
    | 'send_highlighted_message'
    | 'single_message_bypass_sub_mode'
    | 'random_sub_emote_unlock'
    | 'chosen_sub_emote_unlock'
    | 'chosen_modified_sub_emote_unlock'
    | (string & {});
  /** Channel points. @default 200 */
  readonly cost?: number;
  /** What they write; chat shows it where the reward is a message. @default '' */
  readonly text?: string;
}

const chatTags: Readonly<Record<string, string>> = {
  send_highlighted_message: 'highlighted-message',
  single_message_bypass_sub_mode: 'skip-subs-mode-message',
};

/** Somebody redeems one of Twitch's own rewards; both versions of the event are told. */
export function automaticReward(world: ChannelWorld, options: AutomaticRewardOptions): void {
  const { as, reward, cost = 200, text = '' } = options;
  const { account } = world.channels.named(options.channel);
  const type = 'channel.channel_points_automatic_reward_redemption.add';
  const about = { broadcaster_user_id: account.id };
  const emote = /emote/.test(reward) ? { id: '425618', name: 'LUL' } : null;
  const common = {
    ...broadcaster(account),
    ...user(world.people.someone(as)),
    id: randomUUID(),
    redeemed_at: toTwitchTime(world.now()),
  };
  const said = (more: object) => (text === '' ? null : { text, ...more });
  world.notify({
    type,
    about,
    event: {
      ...common,
      reward: { type: reward, cost, unlocked_emote: emote },
      message: said({ emotes: [] }),
      user_input: text,
    },
  });
  world.notify({
    type,
    version: '2',
    about,
    event: {
      ...common,
      reward: { type: reward, channel_points: cost, emote },
      message: said({ fragments: [{ type: 'text', text, emote: null }] }),
    },
  });
  const tag = chatTags[reward];
  if (tag === undefined || text === '') return;
  world.chat.say({ channel: account.login, as, text, tags: { 'msg-id': tag } });
}
