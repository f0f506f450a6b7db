import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { subscriptionTypes, type TwitchSimulator } from '../../src/index.js';
import { atEnd, simulator } from '../simulator.js';
import { everything } from './everything.js';
import { PromisedTypes } from './promised-types.js';

interface Told {
  readonly kind: string;
  readonly method?: string;
  readonly methods?: readonly string[];
  readonly why?: string;
  readonly reason?: string;
  readonly times?: number;
  readonly data?: unknown;
  readonly faults?: readonly string[];
}

/** What twurple itself knows to be impossible over WebSocket. */
const forAppsOnly = [
  'onDropEntitlementGrant',
  'onExtensionBitsTransactionCreate',
  'onUserAuthorizationGrant',
  'onUserAuthorizationRevoke',
];

/** What Twitch has withdrawn and twurple still offers. */
const withdrawn = [
  'onChannelHypeTrainBegin',
  'onChannelHypeTrainProgress',
  'onChannelHypeTrainEnd',
];

const slow = 60_000;

/** Twurple in a process of its own. */
class Twurple {
  readonly told: Told[] = [];
  readonly exit: Promise<unknown>;

  private constructor(private readonly child: ChildProcess) {
    child.on('message', (message) => this.told.push(message as Told));
    this.exit = new Promise((resolve) => child.on('exit', resolve));
    atEnd(() => child.kill());
  }

  static start(twitch: TwitchSimulator, rewardId: string): Twurple {
    const scopes = [...new Set(subscriptionTypes.flatMap((each) => each.scopes))];
    const { accessToken } = twitch.id.issueToken({ login: 'streamer', scopes });
    const judge = fileURLToPath(new URL('judge.mjs', import.meta.url));
    const child = fork(judge, ['demo', accessToken, '2002', rewardId], {
      env: { ...process.env, TWURPLE_MOCK_API_PORT: new URL(twitch.apiUrl).port },
      execArgv: [],
    });
    return new Twurple(child);
  }

  of(kind: string): readonly Told[] {
    return this.told.filter((each) => each.kind === kind);
  }

  ask(question: 'who' | 'stop'): void {
    this.child.send(question);
  }

  async until(condition: () => boolean): Promise<void> {
    const end = performance.now() + slow;
    while (!condition()) {
      if (performance.now() > end)
        throw new Error(`twurple told ${JSON.stringify(this.told.slice(-3))}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Waits until each subscription was made or refused. */
  async settled(): Promise<readonly string[]> {
    const methods = () => this.of('asked')[0]?.methods ?? [];
    const settled = () => this.of('subscribed').length + this.of('refused').length;
    await this.until(() => methods().length > 0 && settled() >= methods().length);
    return methods();
  }
}

describe('twurple in its mock mode', () => {
  it(
    'hears every event with the fields that its types promise, and survives a reconnect',
    async () => {
      const twitch = await simulator();
      const reward = twitch.channels.addReward({
        channel: 'streamer',
        title: 'Confetti',
        cost: 500,
        inputRequired: true,
      });
      const twurple = Twurple.start(twitch, reward.id);
      const methods = await twurple.settled();
      const refused = twurple.of('refused').map(({ method }) => method);
      expect(refused.toSorted()).toEqual([...forAppsOnly, ...withdrawn].toSorted());

      everything(twitch);
      const due = methods.filter((each) => !refused.includes(each));
      const heard = () => new Set(twurple.of('event').map(({ method }) => method));
      await twurple.until(() => due.every((each) => heard().has(each))).catch(() => undefined);
      expect(due.filter((each) => !heard().has(each))).toEqual([]);

      const before = twurple.of('subscribed').length;
      const moved = twitch.eventSub.waitFor('move', undefined, slow);
      twitch.eventSub.faults.reconnect();
      await moved;
      const follows = () =>
        twurple.of('event').filter(({ method }) => method === 'onChannelFollow');
      const known = follows().length;
      twitch.channels.follow({ channel: 'streamer', as: { login: 'dave' } });
      await twurple.until(() => follows().length > known);
      expect(follows()).toHaveLength(known + 1);
      expect(twurple.of('subscribed')).toHaveLength(before);
      expect(twurple.of('disconnected')).toEqual([]);

      twurple.ask('who');
      await twurple.until(() => twurple.of('who').length > 0);
      expect(twurple.of('who')[0]).toMatchObject({
        id: '2002',
        type: 'affiliate',
        rewards: 1,
        hasApp: true,
      });

      twitch.eventSub.faults.revoke('user_removed', 'channel.follow');
      await twurple.until(() => twurple.of('revoked').length > 0);
      expect(twurple.of('revoked')).toEqual([
        { kind: 'revoked', method: 'onChannelFollow', reason: 'user_removed' },
      ]);
      twurple.ask('stop');
      await twurple.exit;

      // Last, since nothing else is done while declarations are read: twurple would miss its keepalives.
      const types = new PromisedTypes();
      const faults = twurple
        .of('event')
        .flatMap(({ method = '', data, faults: own = [] }) => [
          ...own.map((fault) => `${method} ${fault}`),
          ...types.faults(method, data).map((fault) => `${method} ${fault}`),
        ]);
      expect([...new Set(faults)]).toEqual([]);
    },
    slow * 3,
  );
});
