import type { Fed } from '../../shared/feed.js';

/** A step on the way of a message or an event. */
export interface Step {
  readonly at: number;
  readonly text: string;
  /** Where the way ended. */
  readonly isEnd?: boolean;
}

/** The way of one message that asked for something, or of an event. */
export interface Trail {
  readonly key: string;
  readonly at: number;
  readonly who: string;
  readonly what: string;
  readonly command: string;
  readonly outcome: 'ran' | 'refused' | 'told';
  readonly steps: readonly Step[];
}

/** How long after a command its pins may still be moved by it, milliseconds. */
const pinTime = 1_500;

/** The ways that can be told of what was heard, newest first. */
export function trailsOf(feed: readonly Fed[]): readonly Trail[] {
  const trails: Trail[] = [];
  for (const each of feed) {
    if (each.type === 'command' || each.type === 'refusal') trails.push(toTrail(each, feed));
    else if (each.type === 'event') {
      const steps = [{ at: each.at, text: `heard as the event ${each.name}` }];
      const who = each.user?.name ?? '';
      trails.push({
        key: `${each.number}`,
        at: each.at,
        who,
        what: each.name,
        command: each.name,
        outcome: 'told',
        steps,
      });
    }
  }
  return trails.reverse();
}

type Ended = Extract<Fed, { type: 'command' | 'refusal' }>;

function toTrail(end: Ended, feed: readonly Fed[]): Trail {
  const { messageId, user, command } = end;
  const message = feed.find((each) => each.type === 'message' && each.id === messageId);
  const text = message?.type === 'message' ? message.text : command;
  const began = message?.at ?? end.at;
  const role = user.roles.at(-1) ?? 'everyone';
  const heard: readonly Step[] = [
    { at: began, text: `heard: ${text}` },
    { at: began, text: `parsed as ${command} by ${user.login}, ${role}` },
  ];
  // A command may be answered, and its pins be moved, before the plugins are told of its line.
  const first = Math.min(end.number, message?.number ?? end.number);
  const before =
    feed.findLast(({ type, number }) => type === 'message' && number < first)?.number ?? 0;
  const middle = feed
    .filter(({ number }) => number > before)
    .flatMap((each) => stepOf(each, end, began));
  const outcome = end.type === 'command' ? 'ran' : 'refused';
  return {
    key: `${end.number}`,
    at: began,
    who: user.name,
    what: text,
    command,
    outcome,
    steps: [...heard, ...middle],
  };
}

function stepOf(each: Fed, end: Ended, began: number): readonly Step[] {
  const { at } = each;
  if (each === end && each.type === 'refusal') {
    const again = each.retryAfter ? `, again in ${Math.ceil(each.retryAfter / 1_000)} s` : '';
    return [{ at, text: `refused: ${each.reason}${again}`, isEnd: true }];
  }
  if (each === end && each.type === 'command') {
    return [{ at, text: `handled by ${each.plugin} in ${Math.round(each.took)} ms` }];
  }
  if (each.type === 'reply' && each.replyTo === end.messageId) {
    const said = each.dropped ? `not said, ${each.dropped}` : 'said';
    return [{ at, text: `${said}: ${each.text}` }];
  }
  const isNear = at - began < pinTime && end.type === 'command';
  if (each.type === 'pin' && isNear && each.gadget === end.command) {
    return [{ at, text: `${each.pin} of ${each.gadget} ${each.on ? 'on' : 'off'}` }];
  }
  return [];
}
