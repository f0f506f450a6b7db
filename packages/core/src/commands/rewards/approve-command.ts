import type { CommandContext } from '../../contracts/command.js';
import type { Undo } from '../../contracts/consumer.js';
import type { Logger } from '../../contracts/logger.js';
import { type Replies, type ReplyValues, sayPlainly } from '../../contracts/replies.js';
import type { CommandOwner, CommandRegistry } from '../command-registry.js';
import { defaultReplies } from '../replies.js';
import type { Approvals } from './approvals.js';

interface ApproveArguments {
  readonly viewer: string;
  readonly reward?: string | undefined;
}

/** Has `!approve NAME` be there while something waits for a yes. A plugin's own `approve` takes its place. */
export class ApproveCommand {
  private remove: Undo | undefined;
  private readonly owner: CommandOwner;

  constructor(
    log: Logger,
    private readonly commands: CommandRegistry,
    private readonly approvals: Approvals,
    private readonly replies: () => Replies,
  ) {
    const { signal } = new AbortController();
    this.owner = { id: 'core', log, signal, tuning: {}, yields: true };
  }

  /** Comes when something waits, and goes when nothing does. */
  look(): void {
    const isWanted = this.approvals.waiting.length > 0;
    if (isWanted === (this.remove !== undefined)) return;
    this.remove?.();
    this.remove = isWanted ? this.add() : undefined;
  }

  private add(): Undo {
    const about = sayPlainly(defaultReplies, 'about.approve');
    return this.commands.add(
      this.owner,
      'approve <viewer:user> [reward...]',
      { about, allow: 'moderator', example: 'approve alice' },
      (context: CommandContext<ApproveArguments>) => this.approve(context),
    );
  }

  private approve({ args, channel, reply }: CommandContext<ApproveArguments>): unknown {
    const { viewer, reward = '' } = args;
    const all = this.approvals.of(viewer, channel);
    const wanted = reward.toLowerCase();
    const named = all.filter(({ title }) => title.toLowerCase() === wanted);
    const fitting =
      named.length > 0 ? named : all.filter(({ title }) => title.toLowerCase().startsWith(wanted));
    const answer = (key: string, values: ReplyValues) => {
      const text = this.replies().text(`approve.${key}`, { user: viewer, ...values });
      return text === undefined ? undefined : reply(text);
    };
    const [first] = fitting;
    if (all.length === 0) return answer('none', {});
    if (first === undefined || fitting.some(({ title }) => title !== first.title)) {
      return answer('which', { titles: titlesOf(first === undefined ? all : fitting) });
    }
    this.approvals.approve(first.id);
    return answer('done', { title: first.title });
  }
}

/** As many as a line of chat shows. */
const shown = 5;

function titlesOf(all: readonly { readonly title: string }[]): string {
  return [...new Set(all.map(({ title }) => title))].slice(0, shown).join(', ');
}
