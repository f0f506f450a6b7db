import { access, constants } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Bot, FoundFault } from '@pertybot/core/host';
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
  readonly faults: readonly FoundFault[];
}

/**
 * Looks at what other machines said when the bot ran last. Nothing is started, and nobody is asked.
 * @returns undefined for a bot that has none, and then nothing is loaded for it
 */
export async function lookAtNodes(
  bot: Pick<Bot, 'plugins' | 'configOf' | 'borrow' | 'folder'>,
): Promise<LookedAtNodes | undefined> {
  const found = bot.plugins.find(
    ({ provides, state }) => provides.includes('RemoteNodes') && state.name !== 'disabled',
  );
  if (found === undefined) return undefined;
  const { RemoteNodes, leaseTime: lease } = await import('@pertybot/plugin-mqtt');
  const { id: plugin } = found;
  // The schema of that plugin has made it; a variable that is missing leaves none, and nothing to borrow from.
  const config = bot.configOf(plugin) as Pick<MqttConfig, 'node' | 'ca'> | undefined;
  const nodes = config && bot.borrow(RemoteNodes, RemoteNodes)?.service?.list;
  const gadgets = (nodes ?? []).flatMap((node) => node.gadgets);
  const had = gadgets.filter(({ problem }) => problem === undefined);
  const outputs = onePerPin(had.flatMap(toOutputs));
  const faults = config?.ca === undefined ? [] : await findCaFault(bot.folder, plugin, config.ca);
  return { plugin, isNode: config?.node !== undefined, lease, gadgets: had, outputs, faults };
}

/** A file that is not there is a mistake of plugins.yaml that its schema does not see. */
async function findCaFault(folder: string, plugin: string, ca: string): Promise<FoundFault[]> {
  try {
    await access(resolve(folder, ca), constants.R_OK);
    return [];
  } catch {
    const message = `ca: expected a file that can be read, received "${ca}"`;
    const hint = `It is looked for in the folder of plugins.yaml: copy the ca.crt of the broker there.`;
    return [{ plugin, path: ['config', 'ca'], message, hint }];
  }
}

/**
 * Those outputs as a guard here would tell of them, for what commands can do to them. What a gadget drives there is
 * behind its name, such as `both/lamp`: limits that this bot has for the lamp alone do not hold for the group.
 * @param plugin whose they are to be
 */
export function toOutputInfos(
  { gadgets }: Pick<LookedAtNodes, 'gadgets'>,
  plugin: string,
): readonly OutputInfo[] {
  return gadgets.flatMap(({ name, node, maxOn: most, outputs, driven }) =>
    [
      ...outputs.map((output) => ({ ...output, gadget: name })),
      ...driven.map((output) => ({ ...output, gadget: `${name}/${output.gadget}` })),
    ].map(({ gadget, pin, maxOn, minOff, maxTogglesPerSecond, dryRun = false }) => {
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

/** What a gadget drives, as {@link toOutputInfos} calls it. */
export function drivesOf({ name, driven }: RemoteGadgetInfo): readonly string[] {
  return driven.map(({ gadget }) => `${name}/${gadget}`);
}

/** One for each pin, with the longest time of all the ways to it. */
function onePerPin(outputs: readonly RemoteOutput[]): readonly RemoteOutput[] {
  const all = new Map<string, RemoteOutput>();
  for (const output of outputs) {
    const place = `${output.node}/${output.pin}`;
    const known = all.get(place);
    const longer = (known?.maxOn ?? Infinity) < (output.maxOn ?? Infinity);
    if (known === undefined) all.set(place, output);
    else if (longer) all.set(place, { ...output, gadget: known.gadget });
  }
  return [...all.values()];
}

function toOutputs({ name: gadget, node, maxOn: most, outputs, driven }: RemoteGadgetInfo) {
  return [...outputs, ...driven].map(({ pin, guardian, maxOn, dryRun }): RemoteOutput => {
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
