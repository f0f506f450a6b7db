import {
  type ChatUser,
  type Clock,
  formatDuration,
  isRefusal,
  type Refusal,
  type Replies,
  type Role,
  type Undo,
} from '@pertybot/core';
import { type ReplyValue } from '@pertybot/core/host';
import { refuseWith } from '../../refuse-with.js';
import type { Ballot, Gadget } from '../gadget.js';
import { readAction, type VerbTable } from '../verbs/action.js';
import type { CrowdPolicy } from './crowd-policy.js';
import { Votes } from './votes.js';

/** A gadget for which a crowd decides. */
export interface CrowdGadget extends Pick<Gadget, 'name' | 'perform'> {
  readonly verbTable: VerbTable;
  /** Whether anyone switches it off without asking the crowd. */
  readonly anyoneEnds: boolean;
}

/** What a crowd decides with. */
export interface CrowdParts {
  readonly gadget: CrowdGadget;
  readonly policy: CrowdPolicy;
  readonly clock: Clock;
  /** @returns a number from 0 up to but not including 1 */
  readonly random: () => number;
  readonly replies: Replies;
  say(text: string): Promise<unknown>;
}

/** What whoever asked is told; nothing while others are still asked. */
export interface CrowdAnswer {
  readonly refused?: undefined;
  readonly text?: string;
}

/** Lets a crowd drive one gadget: the first one, the most, or a lucky one decides. */
export class Crowd {
  private readonly votes = new Votes();
  private closes = Number.NEGATIVE_INFINITY;
  private first = '';
  /** Id of the user whose word was done last. */
  private driver: string | undefined;
  private cancel: Undo = () => {};
  private decided: Promise<void> = Promise.resolve();
  private settle = () => {};

  constructor(private readonly parts: CrowdParts) {}

  /** Takes what a viewer wants, such as `blink 3`. */
  async ask(line: string, user: ChatUser): Promise<Refusal | CrowdAnswer> {
    if (this.mayEnd(line, user)) return this.parts.gadget.perform(line);
    if (this.parts.policy.name === 'first') return this.askFirst(line, user);
    const { gadget, clock, policy } = this.parts;
    const action = readAction(line, gadget.verbTable);
    if (isRefusal(action)) return action;
    const opens = this.votes.size === 0;
    this.votes.take({ line: `${action.name} ${action.text}`.trim(), user });
    if (!opens) return {};
    const decided = new Promise<void>((resolve) => {
      this.settle = resolve;
    });
    this.closes = clock.now() + policy.window;
    this.cancel = clock.after(policy.window, () => void this.decide().finally(this.settle));
    this.decided = decided;
    const time = formatDuration(policy.window);
    const values = { gadget: gadget.name, time, user: user.displayName };
    const key = policy.name === 'vote' ? 'crowd.vote' : 'crowd.random';
    return { text: this.parts.replies.text(key, values) ?? '' };
  }

  /** What is wished for, while votes are heard. */
  get ballot(): Ballot | undefined {
    const { clock, policy } = this.parts;
    if (this.votes.size === 0) return undefined;
    return {
      policy: policy.name,
      closesIn: Math.max(0, this.closes - clock.now()),
      voters: this.votes.size,
      choices: this.votes.standings,
    };
  }

  /** Resolves when no votes are heard, and what they decided has begun. */
  idle(): Promise<void> {
    return this.decided;
  }

  /** Forgets what was wished. */
  stop(): void {
    this.cancel();
    this.settle();
    this.votes.clear();
  }

  /** Whether `line` switches off, and `user` need not ask the others. */
  private mayEnd(line: string, user: ChatUser): boolean {
    const { gadget } = this.parts;
    const action = readAction(line, gadget.verbTable);
    if (isRefusal(action) || !action.verb.urgent) return false;
    return gadget.anyoneEnds || user.id === this.driver || user.roles.some(isModerator);
  }

  private async askFirst(line: string, user: ChatUser): Promise<Refusal | CrowdAnswer> {
    const { gadget, clock, policy } = this.parts;
    const retryAfter = this.closes - clock.now();
    if (retryAfter > 0) {
      return refuseWith('gadget.crowd', { gadget: gadget.name, first: this.first }, retryAfter);
    }
    const result = await gadget.perform(line);
    if (isRefusal(result)) return result;
    this.closes = clock.now() + policy.window;
    this.first = user.displayName;
    this.driver = user.id;
    return { text: result.text };
  }

  private async decide(): Promise<void> {
    const { gadget, policy, random, say, replies } = this.parts;
    const { size } = this.votes;
    const isVote = policy.name === 'vote';
    const chosen = isVote ? this.votes.winner : this.votes.draw(random());
    if (!chosen) return;
    const { line, user } = chosen;
    const votes = String(this.votes.votesFor(line));
    this.votes.clear();
    const result = await gadget.perform(line);
    if (!isRefusal(result)) this.driver = user.id;
    const values = { gadget: gadget.name, line, user: user.displayName };
    const told = isRefusal(result) ? this.why(result, user) : result.text;
    const count = { votes, voters: String(size), result: told };
    const text = replies.text(isVote ? 'crowd.won' : 'crowd.drawn', { ...values, ...count });
    if (text !== undefined) await say(text);
  }

  private why(refusal: Refusal, user: ChatUser): ReplyValue {
    const { gadget, replies } = this.parts;
    const known = { user: user.displayName, command: gadget.name };
    return replies.refusal(refusal, known) ?? { reply: 'crowd.cannot' };
  }
}

function isModerator(role: Role): boolean {
  return role === 'moderator' || role === 'broadcaster';
}
