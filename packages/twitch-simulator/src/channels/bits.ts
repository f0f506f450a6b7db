import { randomUUID } from 'node:crypto';
import { toTwitchTime } from '../twitch-time.js';
import type { BySomebody, ChannelWorld } from './channel-world.js';
import { toFragments } from './fragments.js';
import { broadcaster, user } from './triples.js';

/** Somebody spends bits on a power-up. */
export interface PowerUpOptions extends BySomebody {
  readonly kind: 'message_effect' | 'celebration' | 'gigantify_an_emote';
  /** @default 30 */
  readonly bits?: number;
  /** What they write; a celebration has none. @default 'LUL' */
  readonly text?: string;
}

/** Somebody spends bits on a power-up that the channel made. */
export interface CustomPowerUpOptions extends BySomebody {
  readonly title: string;
  /** @default 100 */
  readonly bits?: number;
  readonly prompt?: string;
  readonly text?: string;
}

/** A power-up of Twitch's own; one with a text is seen in chat as well. */
export function powerUp(world: ChannelWorld, options: PowerUpOptions): void {
  const { as, kind, bits = 30 } = options;
  const { account } = world.channels.named(options.channel);
  const by = world.people.someone(as);
  const text = kind === 'celebration' ? '' : (options.text ?? 'LUL');
  world.notify({
    type: 'channel.bits.use',
    about: { broadcaster_user_id: account.id },
    event: {
      ...broadcaster(account),
      ...user(by),
      bits,
      type: 'power_up',
      power_up: {
        type: kind,
        emote: kind === 'message_effect' ? null : { id: '425618', name: 'LUL' },
        message_effect_id: kind === 'message_effect' ? 'simmer' : null,
      },
      custom_power_up: null,
      message: text === '' ? null : { text, fragments: toFragments(text) },
    },
  });
  const tag = {
    message_effect: 'animated-message',
    gigantify_an_emote: 'gigantified-emote-message',
  };
  if (kind === 'celebration') return;
  world.chat.say({ channel: account.login, as, text, tags: { 'msg-id': tag[kind] } });
}

/** A power-up that the channel made; it is told twice, as bits and as a redemption. */
export function customPowerUp(world: ChannelWorld, options: CustomPowerUpOptions): void {
  const { title, bits = 100, prompt = '', text = '' } = options;
  const { account } = world.channels.named(options.channel);
  const by = world.people.someone(options.as);
  const id = randomUUID();
  const who = { ...broadcaster(account), ...user(by) };
  const about = { broadcaster_user_id: account.id, reward_id: id };
  world.notify({
    type: 'channel.bits.use',
    about,
    event: {
      ...who,
      bits,
      type: 'custom_power_up',
      power_up: null,
      // The fields of this object are nowhere documented.
      custom_power_up: { id, title },
      message: text === '' ? null : { text, fragments: toFragments(text) },
    },
  });
  world.notify({
    type: 'channel.custom_power_up_redemption.add',
    about,
    event: {
      id: randomUUID(),
      ...who,
      user_input: text,
      status: 'unfulfilled',
      custom_power_up: { id, title, bits, prompt },
      redeemed_at: toTwitchTime(world.now()),
    },
  });
}
