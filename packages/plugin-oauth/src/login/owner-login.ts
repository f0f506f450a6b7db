import {
  type AccessToken,
  Clock,
  inject,
  injectable,
  Logger,
  RequestedScopes,
  type Undo,
} from '@pertybot/core';
import { type Grant, TokenStore } from '../token/token-store.js';
import { TokenValidator } from '../token/token-validator.js';
import { type LoginMethod, OAuthConfig } from '../twitch/oauth-config.js';
import { isTransient, OAuthError, type OAuthErrorCode } from '../twitch/oauth-error.js';
import { GrantIntake } from './grant-intake.js';
import type { Login, LoginRequest } from './login.js';
import {
  AuthorizationCodeFlow,
  DeviceCodeFlow,
  type LoginFlowRequest,
  type LoginFlowResult,
} from './login-flow.js';

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
  constructor(
    @inject(AuthorizationCodeFlow) private readonly codeFlow: AuthorizationCodeFlow,
    @inject(DeviceCodeFlow) private readonly deviceFlow: DeviceCodeFlow,
    private readonly intake: GrantIntake,
    @inject(TokenStore) private readonly store: TokenStore,
    @inject(TokenValidator) private readonly validator: TokenValidator,
    @inject(OAuthConfig) private readonly config: OAuthConfig,
    @inject(RequestedScopes) private readonly requested: RequestedScopes,
    @inject(Clock) private readonly clock: Clock,
    @inject(Logger) private readonly log: Logger,
  ) {}

  async run(request: LoginRequest = {}): Promise<AccessToken | undefined> {
    request.signal?.throwIfAborted();
    const method = this.choose(request.method ?? this.config.login);
    // Nobody is sent to Twitch for a login that could not be kept.
    await this.store.exclusively(() => this.store.read(), request.signal);
    request.signal?.throwIfAborted();
    const life = new PatientSignal();
    const own = new Set<string>();
    const elsewhere = this.watch(own, life.signal);
    const undos = [
      life.follow(request.signal),
      this.giveUpAfter(request.timeout, life),
      elsewhere.stop,
    ];
    const flow = this.runFlow(method, {
      scopes: this.requested.list,
      signal: life.signal,
      accept: (grant: Grant) => {
        own.add(grant.accessToken);
        // As soon as the grant is stored, others notice, and may call off a login that they need no longer.
        return life.finish(() => this.intake.accept(grant, life.signal));
      },
    });
    try {
      return await Promise.race([flow, elsewhere.promise]);
    } finally {
      for (const undo of undos) undo();
      life.abort();
      // The port must be free again when this returns; how the loser ended is of no interest.
      await flow.catch(() => {});
    }
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
  ): Promise<AccessToken | undefined> {
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
  private watch(own: ReadonlySet<string>, signal: AbortSignal) {
    let stop = () => {};
    const promise = new Promise<AccessToken>((resolve) => {
      stop = this.store.onChange(() => {
        this.findToken(own, signal).then(
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
    own: ReadonlySet<string>,
    signal: AbortSignal,
  ): Promise<AccessToken | undefined> {
    const grant = await this.store.read();
    if (grant === undefined || own.has(grant.accessToken)) return undefined;
    const validation = await this.validator.validate(grant.accessToken, signal);
    const complete = validation.status === 'valid' && validation.missing.length === 0;
    return complete ? validation.token : undefined;
  }
}

/** A signal that does not fire while something is being finished that must not be torn apart. */
export class PatientSignal {
  private readonly controller = new AbortController();
  private busy = 0;
  private postponed: { readonly reason: unknown } | undefined;

  /** Fires once it may. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Fires the signal, or lets it wait until what is being finished has failed. */
  abort(reason?: unknown): void {
    if (this.busy === 0) this.controller.abort(reason);
    else this.postponed ??= { reason };
  }

  /** Aborts when `other` does. @returns the undo */
  follow(other: AbortSignal | undefined): () => void {
    const onAbort = () => this.abort(other?.reason);
    other?.addEventListener('abort', onAbort, { once: true });
    return () => other?.removeEventListener('abort', onAbort);
  }

  /** Runs `task` undisturbed. An abort that came meanwhile takes place if the task fails. */
  async finish<Result>(task: () => Promise<Result>): Promise<Result> {
    this.busy += 1;
    try {
      const result = await task();
      this.postponed = undefined;
      return result;
    } finally {
      this.busy -= 1;
      if (this.postponed !== undefined) this.abort(this.postponed.reason);
    }
  }
}
