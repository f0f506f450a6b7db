import { PluginError } from '../contracts/errors.js';
import type { InjectionToken } from '../contracts/injection.js';
import { firstPartyProvider, packageNames } from '../load/plugin-use.js';

/** A plugin as the graph sees it. */
export interface GraphNode {
  readonly id: string;
  /** As plugins.yaml names it. */
  readonly use?: string;
  readonly enabled: boolean;
  readonly needs: readonly InjectionToken[];
  readonly provides: readonly InjectionToken[];
}

/** What is wrong with the graph, and at which plugin. */
export interface GraphProblem {
  readonly id: string;
  readonly error: PluginError;
}

/** The name of a service as people read it: `Chat` for its token. */
export function serviceName(token: InjectionToken): string {
  if (typeof token === 'symbol') return (token.description ?? 'service').replace(/^pertybot\./, '');
  return 'name' in token ? token.name : 'service';
}

/** The plugin that provides `token`. */
export function providerOf<Node extends GraphNode>(
  token: InjectionToken,
  nodes: readonly Node[],
): Node | undefined {
  return nodes.find((node) => node.enabled && node.provides.includes(token));
}

/** Those of `nodes` that `ids` name, and all that need them, however many are in between. */
export function dependentsOf<Node extends GraphNode>(
  ids: ReadonlySet<string>,
  nodes: readonly Node[],
): readonly Node[] {
  const wanted = new Set(ids);
  for (let before = -1; before !== wanted.size; ) {
    before = wanted.size;
    for (const node of nodes) {
      const needsOne = node.needs.some((token) => {
        const provider = providerOf(token, nodes);
        return provider !== undefined && wanted.has(provider.id);
      });
      if (needsOne) wanted.add(node.id);
    }
  }
  return nodes.filter(({ id }) => wanted.has(id));
}

/**
 * Finds services that are missing, provided twice, or need each other in a circle.
 * @param isCore whether core itself provides a service
 */
export function checkGraph(
  nodes: readonly GraphNode[],
  isCore: (token: InjectionToken) => boolean,
): readonly GraphProblem[] {
  const enabled = nodes.filter((node) => node.enabled);
  return [...unmetNeeds(enabled, nodes, isCore), ...doubledServices(enabled), ...cycles(enabled)];
}

function unmetNeeds(
  enabled: readonly GraphNode[],
  all: readonly GraphNode[],
  isCore: (token: InjectionToken) => boolean,
): GraphProblem[] {
  return enabled.flatMap((node) =>
    node.needs
      .filter((token) => !isCore(token) && providerOf(token, enabled) === undefined)
      .map((token) => {
        const name = serviceName(token);
        const hint = hintFor(
          name,
          all.filter((other) => !other.enabled),
        );
        const message = `The plugin "${node.id}" needs ${name}, which no plugin provides.`;
        return { id: node.id, error: new PluginError('PLUGIN_UNMET_NEED', message, { hint }) };
      }),
  );
}

/** What disabled plugins provide is not known, since they are not loaded; but for those of PertyBot. */
function hintFor(service: string, disabled: readonly GraphNode[]): string {
  const known = firstPartyProvider(service);
  if (known === undefined) {
    const ids = disabled.map(({ id }) => id).join(', ');
    const others = ids === '' ? '' : ` It may be one that is disabled: ${ids}.`;
    return `Add a plugin that provides it.${others}`;
  }
  const off = disabled.find(
    ({ use }) => use !== undefined && packageNames(use).includes(`@pertybot/plugin-${known}`),
  );
  return off
    ? `The plugin "${off.id}" provides it but is disabled: remove its "enabled: false".`
    : `Run: pertybot plugins add ${known}`;
}

function doubledServices(enabled: readonly GraphNode[]): GraphProblem[] {
  const problems: GraphProblem[] = [];
  const seen = new Map<InjectionToken, string>();
  for (const node of enabled) {
    for (const token of node.provides) {
      const first = seen.get(token);
      seen.set(token, first ?? node.id);
      if (first === undefined) continue;
      const message = `The plugins "${first}" and "${node.id}" both provide ${serviceName(token)}.`;
      const hint = 'Remove one of them, or set "enabled: false" in its entry.';
      problems.push({
        id: node.id,
        error: new PluginError('PLUGIN_DOUBLE_SERVICE', message, { hint }),
      });
    }
  }
  return problems;
}

function cycles(enabled: readonly GraphNode[]): GraphProblem[] {
  const done = new Set<string>();
  const problems: GraphProblem[] = [];
  const visit = (node: GraphNode, way: readonly GraphNode[]): void => {
    const from = way.indexOf(node);
    if (from >= 0) {
      const names = [...way.slice(from), node].map(({ id }) => id).join(' → ');
      const message = `Plugins need each other in a circle: ${names}.`;
      const hint = 'One of them must do without what the other provides.';
      problems.push({ id: node.id, error: new PluginError('PLUGIN_CYCLE', message, { hint }) });
      return;
    }
    if (done.has(node.id)) return;
    for (const token of node.needs) {
      const provider = providerOf(token, enabled);
      if (provider) visit(provider, [...way, node]);
    }
    done.add(node.id);
  };
  for (const node of enabled) visit(node, []);
  return problems;
}
