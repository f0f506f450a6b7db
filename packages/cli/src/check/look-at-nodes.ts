import type { Bot } from '@pertybot/core/host';
import type { OutputInfo, RemoteOutput } from '@pertybot/plugin-gpio';
import type { MqttConfig, RemoteGadgetInfo } from '@pertybot/plugin-mqtt';

/** What is known of a bot's gadgets on other machines, or that it is such a machine itself. */
export interface LookedAtNodes {
  /** Id of the plugin that has them. */
  readonly plugin: string;
  /** Whether this machine offers its own to another one. */
  readonly isNode: boolean;
  /** Milliseconds without a word from its host after which a machine makes safe what that has wished. */
  readonly lease: number;
  /** As their machines told of them last; those that cannot be had are not among them. */
  readonly gadgets: readonly RemoteGadgetInfo[];
  readonly outputs: readonly RemoteOutput[];
}

/**
 * Looks at what other machines said when the bot ran last. Nothing is started, and nobody is asked.
 * @returns undefined for a bot that has none, and then nothing is loaded for it
 */
export async function lookAtNodes(
  bot: Pick<Bot, 'plugins' | 'configOf' | 'borrow'>,
): Promise<LookedAtNodes | undefined> {
  const found = bot.plugins.find(
    ({ provides, state }) => provides.includes('RemoteNodes') && state.name !== 'disabled',
  );
  if (found === undefined) return undefined;
  const { RemoteNodes, leaseTime: lease } = await import('@pertybot/plugin-mqtt');
  const { id: plugin } = found;
  // The schema of that plugin has made it; a variable that is missing leaves none, and nothing to borrow from.
  const config = bot.configOf(plugin) as Pick<MqttConfig, 'node'> | undefined;
  const nodes = config && bot.borrow(RemoteNodes, RemoteNodes)?.service?.list;
  const gadgets = (nodes ?? []).flatMap((node) => node.gadgets);
  const had = gadgets.filter(({ problem }) => problem === undefined);
  const outputs = had.flatMap(toOutputs);
  return { plugin, isNode: config?.node !== undefined, lease, gadgets: had, outputs };
}

/** Those outputs as a guard here would tell of them, for what commands can do to them. */
export function toOutputInfos({ plugin, gadgets }: LookedAtNodes): readonly OutputInfo[] {
  return gadgets.flatMap(({ name: gadget, node, maxOn: most, outputs }) =>
    outputs.map(({ pin, maxOn, minOff, maxTogglesPerSecond, dryRun = false }) => {
      const longest = strictest(maxOn, most);
      const limits = {
        ...(longest !== undefined && { maxOn: longest }),
        ...(minOff !== undefined && { minOff }),
        ...(maxTogglesPerSecond !== undefined && { maxTogglesPerSecond }),
      };
      const still = { kind: 'output', on: false, level: 0, dryRun } as const;
      return { gadget, plugin, pin: `${node}/${pin}`, limits, ...still };
    }),
  );
}

function toOutputs({ name: gadget, node, maxOn: most, outputs }: RemoteGadgetInfo) {
  return outputs.map(({ pin, guardian, maxOn, dryRun }): RemoteOutput => {
    const longest = strictest(maxOn, most);
    return {
      ...{ gadget, pin, node },
      ...(longest !== undefined && { maxOn: longest }),
      ...(guardian !== undefined && { guardian }),
      ...(dryRun && { dryRun }),
    };
  });
}

function strictest(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Math.min(one, other);
}
