import { ManualClock } from '@pertybot/core/testing';
import { AccountTokens } from '../../src/keeper/account-tokens.js';
import { TokenKeeper } from '../../src/keeper/token-keeper.js';
import type { Login, LoginRequest } from '../../src/login/login.js';
import { botAccount } from '../../src/token/account.js';
import type { AccountScopes } from '../../src/token/account-scopes.js';
import { FileTokenStore } from '../../src/token/file-token-store.js';
import { LockedTokenRefresher } from '../../src/token/token-refresher.js';
import { TwitchTokenValidator, type ValidToken } from '../../src/token/token-validator.js';
import { TwitchIdClient } from '../../src/twitch/twitch-id-client.js';
import { OAuthFixture } from '../oauth-fixture.js';

/** A login that ends when the test says so. */
class FakeLogin implements Login {
  readonly runs: { resolve(): void; reject(error: unknown): void; readonly signal: AbortSignal }[] =
    [];

  run({ signal }: LoginRequest = {}): Promise<ValidToken | undefined> {
    return new Promise((resolve, reject) => {
      if (signal === undefined) throw new TypeError('A bot’s login has a signal.');
      signal.addEventListener('abort', () => reject(signal.reason));
      this.runs.push({ resolve: () => resolve(undefined), reject, signal });
    });
  }
}

/** A keeper of the bot's token, beside a simulated Twitch and a clock that stands still. */
export class KeeperRig {
  readonly clock = new ManualClock();
  readonly login = new FakeLogin();
  /** What it says that it waits for now. */
  readonly waits: string[] = [];
  /** Each token that was published. */
  readonly heard: (string | undefined)[] = [];
  readonly stop = new AbortController();
  readonly store: FileTokenStore;
  readonly tokens: AccountTokens;
  life: Promise<void> = Promise.resolve();
  private readonly scopes: AccountScopes;

  private constructor(
    readonly fixture: OAuthFixture,
    /** Milliseconds that have passed at Twitch. */
    readonly twitch: { now: number },
  ) {
    this.store = new FileTokenStore(fixture.folders, this.clock, fixture.logger);
    this.scopes = fixture.accountScopes;
    this.tokens = new AccountTokens(botAccount, this.scopes, fixture.logger);
    this.tokens.onChange((token) => void this.heard.push(token?.token));
  }

  static async make(): Promise<KeeperRig> {
    const twitch = { now: 0 };
    const fixture = await OAuthFixture.start({
      account: 'pertybot',
      timeout: 1_500,
      simulator: { now: () => twitch.now },
    });
    return new KeeperRig(fixture, twitch);
  }

  async end(): Promise<void> {
    this.stop.abort(new Error('the test is over'));
    await this.life.catch(() => {});
    await this.fixture.stop();
  }

  /** Stores a grant as a login would. */
  async grant(options: { scopes?: string[]; login?: string; expiresIn?: number } = {}) {
    const { fixture, store } = this;
    const scopes = options.scopes ?? ['chat:edit', 'chat:read'];
    const issued = fixture.twitch.id.issueToken({ login: 'pertybot', ...options, scopes });
    await store.exclusively(() =>
      store.write(botAccount, { clientId: fixture.config.clientId, ...issued, scopes }),
    );
    return issued;
  }

  start(config = {}): Promise<void> {
    const { fixture, scopes, store, tokens, login, clock, waits, stop } = this;
    const settings = { ...fixture.config, ...config };
    const client = new TwitchIdClient(settings);
    const validator = new TwitchTokenValidator(client, settings, scopes);
    const refresher = new LockedTokenRefresher(store, client);
    const keeper = new TokenKeeper({
      ...{ account: botAccount, tokens, store, validator, refresher, login, scopes, clock },
      log: fixture.logger,
    });
    const waiting = (reason: string) => {
      waits.push(reason);
      return () => void waits.splice(waits.indexOf(reason), 1);
    };
    return new Promise((resolve, reject) => {
      this.life = keeper.run({ signal: stop.signal, waiting }, resolve);
      this.life.catch(reject);
    });
  }

  /** Whatever was tried again. */
  faults() {
    return this.fixture.logger.lines.filter(({ fields }) => 'retryInSeconds' in fields);
  }

  lines(level: string) {
    return this.fixture.logger.lines.filter((line) => line.level === level);
  }
}
