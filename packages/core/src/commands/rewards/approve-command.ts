import type { CommandContext } from '../../contracts/command.js';
import type { Logger } from '../../contracts/logger.js';
import type { Undo } from '../../contracts/undo.js';
import type { CommandOwner, CommandRegistry } from '../command-registry.js';
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
    const about = 'Says yes to what a viewer has redeemed';
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
    const [first] = fitting;
    if (first === undefined) {
      return reply(all.length === 0 ? 'Nothing of theirs waits.' : whichOf(viewer, all));
    }
    if (fitting.some(({ title }) => title !== first.title)) return reply(whichOf(viewer, fitting));
    this.approvals.approve(first.id);
    return reply(`Yes to ${first.title} of ${viewer}.`);
  }
}

/** As many as a line of chat shows. */
const shown = 5;

function whichOf(viewer: string, all: readonly { readonly title: string }[]): string {
  const titles = [...new Set(all.map(({ title }) => title))].slice(0, shown).join(', ');
  return `Say which, such as "approve ${viewer} ${all[0]?.title ?? ''}": ${titles}`;
}
