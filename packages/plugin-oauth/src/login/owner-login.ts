import { type Account, Clock, inject, injectable, Logger, type Undo } from '@pertybot/core';
import { botAccount, expectedLogin, type LoginAccount, toAccount } from '../token/account.js';
import { AccountScopes } from '../token/account-scopes.js';
import { type Grant, TokenStore } from '../token/token-store.js';
import { TokenValidator, type ValidToken } from '../token/token-validator.js';
import { type LoginMethod, OAuthConfig } from '../twitch/oauth-config.js';
import { isTransient, OAuthError, type OAuthErrorCode } from '../twitch/oauth-error.js';
import { GrantIntake } from './grant-intake.js';
import {
  AuthorizationCodeFlow,
  DeviceCodeFlow,
  type Login,
  type LoginFlowRequest,
  type LoginFlowResult,
  type LoginRequest,
} from './login.js';
import { orAbort, PatientSignal } from './patient-signal.js';

/** Faults of the login page alone, which a device code does without. */
const pageFaults: ReadonlySet<OAuthErrorCode> = new Set([
  'OAUTH_CERTIFICATE_MISSING',
  'OAUTH_PORT_BUSY',
]);

/**
 * Chooses the flow: with a client secret and a browser here the authorization code flow, else the device code
 * flow, unless the owner names one. A login by another process counts as well.
 */
@injectable()
export class OwnerLogin implements Login {
  private tail: Promise<void> = Promise.resolve();

  constructor(
    @inject(AuthorizationCodeFlow) private readonly codeFlow: AuthorizationCodeFlow,
    @inject(DeviceCodeFlow) private readonly deviceFlow: DeviceCodeFlow,
    private readonly intake: GrantIntake,
    @inject(TokenStore) private readonly store: TokenStore,
    @inject(TokenValidator) private readonly validator: TokenValidator,
    @inject(OAuthConfig) private readonly config: OAuthConfig,
    private readonly scopes: AccountScopes,
    @inject(Clock) private readonly clock: Clock,
    @inject(Logger) private readonly log: Logger,
  ) {}

  /** Logins run one after the other: there is one page, and one person before it. */
  async run(request: LoginRequest = {}): Promise<ValidToken | undefined> {
    const before = this.tail;
    let end = () => {};
    this.tail = new Promise((resolve) => {
      end = resolve;
    });
    try {
      await orAbort(before, request.signal);
      return await this.runAlone(request);
    } finally {
      void before.then(end);
    }
  }

  private async runAlone(request: LoginRequest): Promise<ValidToken | undefined> {
    request.signal?.throwIfAborted();
    const method = this.choose(request.method ?? this.config.login);
    const account = this.joinAccounts(request.account ?? botAccount);
    const own = toAccount(account);
    // Nobody is sent to Twitch for a login that could not be kept.
    const stored = await this.store.exclusively(
      () => this.store.read(own ?? botAccount),
      request.signal,
    );
    if (own === botAccount) {
      const others = await this.store.accounts();
      this.scopes.learn(
        stored,
        others.filter((each) => each.account === 'broadcaster'),
      );
    }
    request.signal?.throwIfAborted();
    const life = new PatientSignal();
    const ours = new Set<string>();
    const undos = [life.follow(request.signal), this.giveUpAfter(request.timeout, life)];
    const flow = this.runFlow(method, {
      account,
      scopes: this.scopes.of(account),
      mayBeBoth: own === botAccount && this.scopes.isOpen,
      signal: life.signal,
      accept: (grant: Grant) => {
        ours.add(grant.accessToken);
        request.onGrant?.(grant.accessToken);
        // As soon as the grant is stored, others notice, and may call off a login that they need no longer.
        return life.finish(() => this.intake.accept(grant, account, life.signal));
      },
    });
    const ways = [flow];
    if (own !== undefined && request.heedOthers !== false) {
      const elsewhere = this.watch(own, ours, life.signal);
      undos.push(elsewhere.stop);
      ways.push(elsewhere.promise);
    }
    try {
      return await Promise.race(ways);
    } finally {
      for (const undo of undos) undo();
      life.abort();
      // The port must be free again when this returns; how the loser ended is of no interest.
      await flow.catch(() => {});
    }
  }

  /** A broadcaster whose account is the bot's own logs in once for both. */
  private joinAccounts(account: LoginAccount): LoginAccount {
    const { account: bot } = this.config;
    if (account.account === 'bot' || bot === undefined) return account;
    if (expectedLogin(account, this.config) !== bot) return account;
    this.scopes.share();
    return botAccount;
  }

  private choose(method: LoginMethod): LoginMethod {
    if (this.config.clientSecret !== undefined) return method;
    if (method !== 'browser') return 'device';
    throw new OAuthError(
      'OAUTH_CLIENT_SECRET_MISSING',
      'A login in the browser needs a client secret.',
      {
        hint: 'Put the client secret into TWITCH_CLIENT_SECRET in .env, or log in with a device code.',
      },
    );
  }

  private async runFlow(
    method: LoginMethod,
    request: LoginFlowRequest,
  ): Promise<ValidToken | undefined> {
    if (method !== 'device') {
      const result = await this.runCodeFlow(method === 'auto', request);
      if (result.status === 'accepted') return result.token;
    }
    const result: LoginFlowResult = await this.deviceFlow.run(request);
    return result.status === 'accepted' ? result.token : undefined;
  }

  private async runCodeFlow(auto: boolean, request: LoginFlowRequest): Promise<LoginFlowResult> {
    try {
      return await this.codeFlow.run({ ...request, onlyWithBrowser: auto });
    } catch (error) {
      if (!auto || !(error instanceof OAuthError) || !pageFaults.has(error.code)) throw error;
      this.log.warn(error.message, { code: error.code, hint: error.hint });
      return { status: 'no-browser' };
    }
  }

  private giveUpAfter(timeout: number | undefined, life: PatientSignal): Undo {
    if (timeout === undefined) return () => {};
    return this.clock.after(timeout, () =>
      life.abort(
        new OAuthError('OAUTH_LOGIN_TIMED_OUT', 'Nobody has logged in in time.', {
          hint: 'Run "pertybot login" again.',
        }),
      ),
    );
  }

  /** Resolves when another process has stored a grant that is all that is needed. */
  private watch(account: Account, ours: ReadonlySet<string>, signal: AbortSignal) {
    let stop = () => {};
    const promise = new Promise<ValidToken>((resolve) => {
      stop = this.store.onChange(() => {
        this.findToken(account, ours, signal).then(
          (token) => token && resolve(token),
          (error: unknown) => {
            if (!signal.aborted && !isTransient(error)) {
              this.log.warn('A login by another process could not be read.', { error });
            }
          },
        );
      });
    });
    return { promise, stop };
  }

  private async findToken(
    account: Account,
    ours: ReadonlySet<string>,
    signal: AbortSignal,
  ): Promise<ValidToken | undefined> {
    const grant = await this.store.read(account);
    if (grant === undefined || ours.has(grant.accessToken)) return undefined;
    const validation = await this.validator.validate(grant.accessToken, account, signal);
    const complete = validation.status === 'valid' && validation.missing.length === 0;
    return complete ? validation : undefined;
  }
}
