import type { BotEvents } from '@pertybot/core';
import {
  startTwitchSimulator,
  type TwitchSimulator,
  type TwitchSimulatorOptions,
} from '@pertybot/twitch-simulator';
import { allScopes, PluginRig } from './plugin-rig.js';

export interface SimulatedRigOptions {
  readonly hears: readonly (keyof BotEvents)[];
  readonly simulator?: TwitchSimulatorOptions;
  readonly scopes?: readonly string[];
}

/** A bot with the plugin before a simulated Twitch, with real time. */
export class SimulatedRig extends PluginRig {
  private constructor(readonly twitch: TwitchSimulator) {
    super();
  }

  static async start(options: SimulatedRigOptions): Promise<SimulatedRig> {
    const twitch = await startTwitchSimulator({
      accounts: [{ login: 'pertybot' }, { login: 'streamer' }],
      ...options.simulator,
    });
    const rig = new SimulatedRig(twitch);
    await rig.login('streamer', options.scopes);
    await rig.login('pertybot', []);
    const { apiUrl, eventSubUrl: eventsubUrl } = twitch;
    const config = { apiUrl, eventsubUrl, channels: ['streamer'] };
    await rig.run(options.hears, config, { realClock: true });
    return rig;
  }

  /** Gives an account another token. @returns it */
  async login(login: string, scopes: readonly string[] = allScopes): Promise<string> {
    const { accessToken: token } = this.twitch.id.issueToken({ login, scopes: [...scopes] });
    const answer = await fetch(`${this.twitch.apiUrl}/users`, {
      headers: { authorization: `Bearer ${token}`, 'client-id': 'demo' },
    });
    const { data } = (await answer.json()) as { data: readonly { id: string }[] };
    const userId = data[0]?.id ?? '';
    this.tokens.set(login === 'pertybot' ? 'bot' : login, {
      ...{ token, clientId: 'demo', userId, login, scopes },
    });
    return token;
  }

  override async stop(): Promise<void> {
    await super.stop();
    await this.twitch.stop();
  }
}
