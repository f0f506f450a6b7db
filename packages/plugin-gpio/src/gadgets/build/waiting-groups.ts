import { type Logger, messageOf } from '@pertybot/core';
import { membersOf } from '../config/config-fault.js';
import type { GadgetConfig } from '../config/gadget-config.js';

/** What waiting groups stand on. */
export interface WaitingGroupsOptions {
  /** As plugins.yaml has them. */
  readonly gadgets: Readonly<Record<string, GadgetConfig>>;
  /** Whether some plugin has brought this type. */
  readonly isKnown: (type: string) => boolean;
  /** Whether another plugin shares a gadget of this name. */
  readonly isShared: (name: string) => boolean;
  readonly log: Logger;
}

/** Groups whose members other plugins bring or have: they are built when all of those are there. */
export class WaitingGroups {
  /** In the order of plugins.yaml, so that a group among the members of another comes before it. */
  private readonly builds = new Map<string, () => Promise<void>>();

  constructor(private readonly options: WaitingGroupsOptions) {}

  /** Builds a group now, or as soon as it can be built. */
  async build(name: string, build: () => Promise<void>): Promise<void> {
    if (!this.lacksMembers(name)) return build();
    this.options.log.info(`"${name}" waits for gadgets that other plugins bring.`);
    this.builds.set(name, build);
  }

  /** Builds those whose members have all come. A fault of theirs is not one of the plugin that brought the last. */
  async look(): Promise<void> {
    for (const [name, build] of this.builds) {
      if (this.lacksMembers(name)) continue;
      this.builds.delete(name);
      await build().catch((error: unknown) => {
        this.options.log.error(`"${name}" cannot be built: ${messageOf(error)}`, { error });
      });
    }
  }

  clear(): void {
    this.builds.clear();
  }

  private lacksMembers(name: string): boolean {
    const { gadgets, isKnown, isShared } = this.options;
    return membersOf(gadgets[name]).some((member) => {
      const type = gadgets[member]?.type;
      if (type === undefined) return !isShared(member);
      return this.builds.has(member) || !isKnown(type);
    });
  }
}
