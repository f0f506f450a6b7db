import { type AccessToken, type Account, type Clock, type Logger, messageOf } from '@pertybot/core';
import type { HelixApi } from '../helix/helix-api.js';
import { Entry } from './entry.js';
import type { FrameSubscription } from './frame.js';
import { deleteSubscription, loginCommand, postSubscription } from './post-subscription.js';
import { toRevocation } from './revocation.js';
import { keyOf, type WantedSubscription } from './wanted-subscription.js';

/** What {@link Subscriptions} work with. */
export interface SubscriptionsOptions {
  readonly account: Account;
  readonly api: HelixApi;
  readonly clock: Clock;
  readonly log: Logger;
  /** Twitch's user id of a channel. */
  readonly idOf: (channel: string, signal: AbortSignal) => Promise<string>;
  /** Told when something has changed. */
  readonly changed: () => void;
  /** Told when Twitch says that the session is none any more. */
  readonly died: () => void;
}

interface Session {
  id: string;
  readonly ending: AbortController;
}

/** What one account subscribes to: each for itself, so that the refusal of one never stops another. */
export class Subscriptions {
  /** Channels of which something comes again that did not. */
  readonly again = new Set<string>();
  private readonly entries = new Map<string, Entry>();
  private session: Session | undefined;
  private token: AccessToken | undefined;

  constructor(private readonly options: SubscriptionsOptions) {}

  get all(): readonly Entry[] {
    return [...this.entries.values()].filter(({ isWanted }) => isWanted);
  }

  /** Whether there is anything that a connection would be for. */
  get hasWork(): boolean {
    return this.all.some((entry) => !entry.isFinal && this.lackingScopes(entry) === undefined);
  }

  /** Whether it is known of each how it stands. */
  get isSettled(): boolean {
    return this.all.every(({ isSettled }) => isSettled);
  }

  /** Takes what is wanted from now on. */
  want(list: readonly WantedSubscription[]): void {
    const keys = new Set(list.map(keyOf));
    for (const entry of this.entries.values()) {
      entry.isWanted = keys.has(entry.key);
      if (!entry.isWanted) entry.wake();
    }
    for (const wanted of list) {
      const key = keyOf(wanted);
      if (!this.entries.has(key)) this.entries.set(key, new Entry(wanted));
    }
    this.syncAll();
  }

  /** Takes another token: its scopes may be others. */
  use(token: AccessToken | undefined): void {
    this.token = token;
    for (const entry of this.all) {
      if (entry.id !== undefined) continue;
      if (token !== undefined) entry.renew(token.token);
      entry.wake();
    }
    this.checkScopes();
    this.syncAll();
  }

  /** Begins a session, which has no subscription yet. */
  begin(id: string): void {
    this.session = { id, ending: new AbortController() };
    for (const entry of this.all) entry.renew(this.token?.token);
    this.checkScopes();
    this.syncAll();
  }

  /** The session goes on under another id, with all its subscriptions. */
  move(id: string): void {
    if (this.session !== undefined) this.session.id = id;
  }

  /** The session is over. */
  end(): void {
    this.session?.ending.abort();
    this.session = undefined;
    for (const entry of this.entries.values()) {
      entry.id = undefined;
      entry.wake();
      if (!entry.isWanted) this.entries.delete(entry.key);
    }
    this.options.changed();
  }

  /** What a notification is of; undefined for what nobody wants any more. */
  find({ id, type, version, about }: FrameSubscription): WantedSubscription | undefined {
    for (const entry of this.entries.values()) if (entry.id === id) return entry.wanted;
    // Twitch may be faster with the first event than with the answer that tells the id.
    for (const { wanted, broadcasterId, id: known } of this.entries.values()) {
      const isOne = wanted.type.type === type && wanted.type.version === version;
      if (isOne && known === undefined && broadcasterId && about.includes(broadcasterId))
        return wanted;
    }
    return undefined;
  }

  /** Twitch has ended a subscription for good. @returns whether the login was ended with it */
  revoke({ id, status }: FrameSubscription): boolean {
    const entry = [...this.entries.values()].find((each) => each.id === id);
    if (entry === undefined) return false;
    entry.revokedWith = this.token?.token;
    entry.fail(toRevocation(entry.wanted, status, this.options.account), true);
    this.tell(entry);
    return status === 'authorization_revoked';
  }

  private syncAll(): void {
    for (const entry of [...this.entries.values()]) void this.sync(entry);
    this.options.changed();
  }

  private async sync(entry: Entry): Promise<void> {
    if (entry.isBusy) return;
    entry.isBusy = true;
    try {
      while (await this.step(entry));
    } catch (error) {
      if (this.session !== undefined) {
        this.options.log.error(`The subscription "${entry.key}" failed: ${messageOf(error)}`);
      }
    } finally {
      entry.isBusy = false;
    }
    this.options.changed();
  }

  /** Comes one step nearer to what is wanted. @returns whether there is more to do now */
  private async step(entry: Entry): Promise<boolean> {
    const { session } = this;
    if (!entry.isWanted) return this.drop(entry);
    if (session === undefined || entry.id !== undefined || entry.isFinal) return false;
    if (this.lackingScopes(entry) !== undefined) return false;
    const outcome = await this.ask(entry, session).catch((error: unknown) => {
      if (session.ending.signal.aborted) return undefined;
      throw error;
    });
    if (outcome === undefined || this.session !== session) return this.session !== undefined;
    if (outcome.is === 'on') {
      entry.succeed(outcome.id);
      this.tell(entry);
      return true;
    }
    if (outcome.is === 'dead') {
      this.options.died();
      return false;
    }
    entry.fail(outcome.problem, outcome.again === 'never');
    this.tell(entry);
    if (outcome.again === 'never') return false;
    await entry.rest(this.options.clock, outcome.again);
    return true;
  }

  private async ask(entry: Entry, session: Session) {
    const { api, account, idOf } = this.options;
    const { wanted } = entry;
    const { signal } = session.ending;
    try {
      const broadcasterId = await idOf(wanted.channel, signal);
      entry.broadcasterId = broadcasterId;
      const sessionId = session.id;
      return await postSubscription(api, { wanted, account, broadcasterId, sessionId, signal });
    } catch (error) {
      signal.throwIfAborted();
      const problem = { text: messageOf(error), hint: 'It is tried again.' };
      return { is: 'refused', again: 'later', problem } as const;
    }
  }

  /** @returns whether it was wanted again meanwhile */
  private async drop(entry: Entry): Promise<boolean> {
    const { session } = this;
    const { id } = entry;
    const { api, account, log } = this.options;
    entry.id = undefined;
    if (id !== undefined && session !== undefined) {
      const { signal } = session.ending;
      await deleteSubscription(api, { account, signal }, id).catch((error: unknown) => {
        log.debug(`"${entry.key}" could not be ended: ${messageOf(error)}`);
      });
    }
    if (entry.isWanted) return true;
    this.entries.delete(entry.key);
    return false;
  }

  /** Says of each for which the login is not enough that it is not. */
  private checkScopes(): void {
    for (const entry of this.all) {
      const lacking = this.lackingScopes(entry);
      if (lacking === undefined) continue;
      const { account } = this.options;
      const whose = account.account === 'bot' ? 'the bot' : `"${account.channel}"`;
      const text = `The login of ${whose} lacks the scope "${lacking}".`;
      if (entry.problem?.text === text) continue;
      entry.fail({ text, hint: `Log in again: run "${loginCommand(account)}".` }, false);
      this.tell(entry);
    }
  }

  /** A scope that the login lacks for it; undefined where it is enough, or not known. */
  private lackingScopes({ wanted, id }: Entry): string | undefined {
    const { scopes } = wanted.type;
    if (this.token === undefined || id !== undefined || scopes.length === 0) return undefined;
    const held = this.token.scopes;
    return scopes.some((scope) => held.includes(scope)) ? undefined : scopes[0];
  }

  /** Of what goes on and on the same, the log tells once. */
  private tell(entry: Entry): void {
    const { log } = this.options;
    const { problem, wanted } = entry;
    const name = `"${wanted.type.event}" of "${wanted.channel}"`;
    if (problem === undefined) {
      if (entry.told !== undefined) {
        this.again.add(wanted.channel);
        log.info(`The events ${name} come again.`);
      } else log.debug(`The events ${name} come.`);
    } else if (entry.told !== problem.text) {
      log.warn(`The events ${name} do not come: ${problem.text}`, { hint: problem.hint });
    }
    entry.told = problem?.text;
    this.options.changed();
  }
}
