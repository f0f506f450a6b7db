import { type Account, injectable } from '@pertybot/core';
import { HelixApi } from '../helix/helix-api.js';
import { TwitchApiError } from '../helix/twitch-api-error.js';

/** Twitch's user ids of channels, each asked for once. */
@injectable()
export class ChannelIds {
  private readonly known = new Map<string, string>();

  constructor(private readonly api: HelixApi) {}

  /** @throws TwitchApiError where there is no such channel, or Twitch cannot be asked */
  async find(channel: string, account: Account, signal: AbortSignal): Promise<string> {
    const known = this.known.get(channel);
    if (known !== undefined) return known;
    const answer = await this.api.request({
      ...{ account, path: 'users', query: { login: channel }, signal, impatient: true },
    });
    const id = idOf(answer);
    if (id === undefined) {
      throw new TwitchApiError('TWITCH_API_REFUSED', `There is no channel "${channel}".`, {
        hint: 'Check the name of the channel.',
      });
    }
    this.known.set(channel, id);
    return id;
  }
}

function idOf(answer: unknown): string | undefined {
  const { data } = (answer ?? {}) as { data?: readonly { id?: unknown }[] };
  const id = Array.isArray(data) ? data[0]?.id : undefined;
  return typeof id === 'string' ? id : undefined;
}
