import { type Refusal } from '@pertybot/core';
import { refuseWith } from '../refuse-with.js';
import type { GuardedOutput } from './pins/guarded-output.js';

/** Membership of an output: within a group, only outputs of one member may be on. */
interface Membership {
  readonly group: string;
  readonly member: string;
}

/** Why an output waits for a moment: what it excludes has only just gone off. */
export const deadTimeReason = 'pin.deadTime';

/** Groups of outputs that are never on together. */
export class Interlocks {
  private readonly asked = new Map<GuardedOutput, string>();

  /** @param owner names of gadgets that may not be on together, as the owner listed them */
  constructor(private readonly owner: readonly (readonly string[])[]) {}

  /** Puts an output into the group that its plugin named; each of its outputs excludes the others. */
  add(output: GuardedOutput, group: string): void {
    this.asked.set(output, `${output.identity.plugin}/${group}`);
  }

  remove(output: GuardedOutput): void {
    this.asked.delete(output);
  }

  /** @returns why `output` may not be on while some of `others` are, or have just been */
  refuse(output: GuardedOutput, others: Iterable<GuardedOutput>, now: number): Refusal | undefined {
    if (this.owner.length === 0 && this.asked.size === 0) return undefined;
    const mine = this.membershipsOf(output);
    if (mine.length === 0) return undefined;
    const { name } = output.identity;
    let pause: Refusal | undefined;
    for (const other of others) {
      if (other === output || !this.excludes(mine, other)) continue;
      if (other.on) {
        return refuseWith('pin.interlock', { gadget: name, other: other.identity.name });
      }
      const retryAfter = restOf(other, output) - now;
      if (retryAfter <= (pause?.retryAfter ?? 0)) continue;
      pause = refuseWith(deadTimeReason, { gadget: name, other: other.identity.name }, retryAfter);
    }
    return pause;
  }

  private excludes(mine: readonly Membership[], other: GuardedOutput): boolean {
    return this.membershipsOf(other).some((theirs) =>
      mine.some(({ group, member }) => theirs.group === group && theirs.member !== member),
    );
  }

  private membershipsOf(output: GuardedOutput): readonly Membership[] {
    const { name, pin } = output.identity;
    const asked = this.asked.get(output);
    const listed = this.owner
      .map((names, index) => ({ names, group: `#${index}` }))
      .filter(({ names }) => names.includes(name))
      .map(({ group }) => ({ group, member: name }));
    return asked === undefined ? listed : [...listed, { group: asked, member: pin }];
  }
}

/** When `other` may go on once this one has gone off: both say how long that takes. */
function restOf({ offSince = -Infinity, identity }: GuardedOutput, other: GuardedOutput): number {
  const times = [identity, other.identity].map(({ limits }) => limits.deadTime ?? 0);
  return offSince + Math.max(...times);
}
