import { afterEach } from '@jest/globals';
import {
  startTwitchSimulator,
  type TwitchSimulator,
  type TwitchSimulatorOptions,
} from '../src/index.js';

const undos: (() => unknown)[] = [];

afterEach(async () => {
  for (const undo of undos.splice(0).reverse()) await undo();
});

/** Undoes something when the test is over, last taken first. */
export function atEnd(undo: () => unknown): void {
  undos.push(undo);
}

/** The redirect URI that the test's clients have registered. */
export const redirectUri = 'http://localhost:3000/';

/** A simulator with two accounts, a client with a secret and a public one; it stops by itself. */
export async function simulator(options: TwitchSimulatorOptions = {}): Promise<TwitchSimulator> {
  const twitch = await startTwitchSimulator({
    clients: [
      { id: 'demo', secret: 's3cret', redirectUris: [redirectUri], name: 'Demo <bot>' },
      { id: 'public', redirectUris: [redirectUri] },
    ],
    accounts: [
      { login: 'pertybot', displayName: 'PertyBot', id: '1001' },
      { login: 'streamer', displayName: 'Streamer', id: '2002' },
    ],
    ...options,
  });
  atEnd(() => twitch.stop());
  return twitch;
}

/** A clock that tests turn. */
export class TestClock {
  time = 1_800_000_000_000;
  readonly now = (): number => this.time;

  /** Lets seconds pass. */
  pass(seconds: number): void {
    this.time += seconds * 1000;
  }
}
