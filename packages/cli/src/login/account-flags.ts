import { Flags } from '@oclif/core';
import type { LoginAccount } from '@pertybot/plugin-oauth';

/** Flags that say whose login is meant. */
export const broadcasterFlags = {
  broadcaster: Flags.boolean({ description: 'Of the broadcaster instead of the bot.' }),
  channel: Flags.string({
    description: 'Which broadcaster, by the name of the channel.',
    dependsOn: ['broadcaster'],
    helpValue: 'NAME',
  }),
};

/** Whose login the flags mean. */
export function accountOf(flags: {
  readonly broadcaster: boolean;
  readonly channel?: string | undefined;
}): LoginAccount {
  if (!flags.broadcaster) return { account: 'bot' };
  return { account: 'broadcaster', channel: flags.channel };
}
