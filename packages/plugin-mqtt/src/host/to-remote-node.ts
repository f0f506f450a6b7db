import type { GadgetTable } from './gadget-table.js';
import type { NodeView } from './node-view.js';
import type { RemoteGadgetInfo, RemoteNode } from './remote-nodes.js';

/** What is known beside the node itself. */
interface Beside {
  readonly table: GadgetTable;
  readonly stop: RemoteNode['stop'];
  /** Why the broker is not reached. */
  readonly reached: string | undefined;
}

/** A node as those see it who show it. */
export function toRemoteNode(view: NodeView, { table, stop, reached }: Beside): RemoteNode {
  const { name, otherHolder, heardAgo, roundTrip, isLeased } = view;
  const gadgets = table.of(view).map(({ gadget, problem }): RemoteGadgetInfo => {
    const { ownName, node, type, about, state, usage, verbs, pins, outputs, maxOn } = gadget;
    const more = { ...(maxOn === undefined ? {} : { maxOn }), ...(problem ? { problem } : {}) };
    const named = { name: gadget.name, ownName, node, type, about, state, usage };
    return { ...named, verbs, pins, outputs, driven: table.drivenBy(gadget), ...more };
  });
  const outputs = gadgets.flatMap((gadget) => gadget.outputs);
  const driver = outputs.find((output) => output.driver !== undefined)?.driver;
  return {
    name,
    ...stateOf(view, reached),
    ...(otherHolder ? { heldBy: otherHolder.name } : {}),
    ...(heardAgo === undefined ? {} : { heardAgo }),
    ...(roundTrip === undefined ? {} : { roundTrip }),
    isLeased,
    ...(stop ? { stop } : {}),
    isGuarded: outputs.length > 0 && outputs.every(({ guardian }) => guardian === 'required'),
    ...(driver === undefined ? {} : { driver }),
    gadgets,
  };
}

function stateOf(
  view: NodeView,
  reached: string | undefined,
): Pick<RemoteNode, 'state' | 'problem' | 'hint'> {
  const { name, isThere, otherHolder, wasHeard, isDouble } = view;
  if (isDouble) {
    return {
      state: 'away',
      problem: `Two machines call themselves "${name}".`,
      hint: 'Give one of them another "node:" in its plugins.yaml, and restart it.',
    };
  }
  if (isThere && !otherHolder) return { state: 'here' };
  if (isThere) {
    return {
      state: 'held',
      problem: `"${name}" is held by "${otherHolder?.name}".`,
      hint: 'One bot at a time: take the node out of the plugins.yaml of one of them.',
    };
  }
  const hint =
    reached === undefined
      ? `Run "pertybot status" on "${name}": its plugins.yaml must have "node: ${name}" and this broker.`
      : 'See to the broker: "pertybot doctor" looks at it.';
  const problem = reached ?? `Nothing is heard of "${name}".`;
  return { state: wasHeard ? 'away' : 'unknown', problem, hint };
}
