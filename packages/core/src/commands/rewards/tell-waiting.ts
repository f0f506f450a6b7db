import type { Chat } from '../../contracts/chat.js';
import type { Clock } from '../../contracts/clock.js';
import type { Redemption } from '../../contracts/redemption.js';
import type { Replies } from '../../contracts/replies.js';
import type { OnFault } from '../../events/event-hub.js';
import type { Approvals } from './approvals.js';

/** What it is told with. */
interface TellWaitingOptions {
  readonly clock: Clock;
  readonly prefix: () => string;
  readonly chat: () => Chat | undefined;
  readonly replies: () => Replies;
  readonly titleOf: (reward: string) => string;
  readonly onFault: OnFault;
}

/** What comes within this time is told in one line, milliseconds. */
const gatherFor = 5_000;

/** Has chat be told of what waits for a moderator, at most one line in {@link gatherFor} and channel. */
export function tellWaiting(approvals: Approvals, options: TellWaitingOptions): () => void {
  const { clock, onFault } = options;
  let told: ReadonlySet<string> = new Set();
  let isArmed = false;
  const tell = () => {
    const fresh = approvals.waiting.filter(({ id }) => !told.has(id));
    told = new Set(approvals.waiting.map(({ id }) => id));
    for (const channel of new Set(fresh.map((each) => each.channel))) {
      const line = toLine(
        fresh.filter((each) => each.channel === channel),
        options,
      );
      if (line === undefined) continue;
      options
        .chat()
        ?.say(line, { channel })
        .catch((error: unknown) => onFault({ plugin: '', where: 'approval' }, error));
    }
    return fresh.length > 0;
  };
  const look = () => {
    if (isArmed || !tell()) return;
    isArmed = true;
    clock.after(gatherFor, () => {
      isArmed = false;
      look();
    });
  };
  return look;
}

function toLine(
  [first, ...others]: readonly Redemption[],
  { prefix, titleOf, replies }: TellWaitingOptions,
): string | undefined {
  if (first === undefined) return undefined;
  const { user, reward } = first;
  return replies().text(others.length === 0 ? 'approve.waits' : 'approve.more', {
    title: titleOf(reward),
    user: user.displayName,
    count: String(others.length),
    command: `${prefix()}approve ${user.login}`,
  });
}
