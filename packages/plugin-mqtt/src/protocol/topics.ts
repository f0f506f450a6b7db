import { isNodeName } from './names.js';

/** Above all topics of PertyBot. */
const root = 'pertybot';

/** What a node writes. */
export const nodeLeaves = ['status', 'gadgets', 'beat', 'state', 'answer'] as const;

/** What a host writes. */
export const hostLeaves = ['wish', 'lease', 'estop', 'release'] as const;

/** The last level of a topic, or the one before the host's id. */
export type Leaf = (typeof nodeLeaves)[number] | (typeof hostLeaves)[number];

/** A topic, taken apart. */
export interface ReadTopic {
  readonly node: string;
  readonly leaf: Leaf;
  /** Whom an answer is for. */
  readonly host?: string;
}

/** Whether a host or one of its sessions may be called so: it is a level of a topic, too. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{16}$/.test(text);
}

/**
 * The topic of a node. Nothing that chat, a broker or another machine said can get in there.
 * @param host whom it is for, of an answer
 * @throws RangeError for what is no name of a node, or no id of a host
 */
export function topicOf(node: string, leaf: Leaf, host?: string): string {
  if (!isNodeName(node) || (host !== undefined && !isId(host))) {
    throw new RangeError('No topic can be made of that.');
  }
  return [root, node, leaf, ...(host === undefined ? [] : [host])].join('/');
}

const leaves: ReadonlySet<string> = new Set([...nodeLeaves, ...hostLeaves]);

/** Takes a topic apart. @returns undefined for one of somebody else */
export function readTopic(topic: string): ReadTopic | undefined {
  const [first, node = '', leaf = '', host, ...more] = topic.split('/', 6);
  if (first !== root || !isNodeName(node) || !leaves.has(leaf) || more.length > 0) return undefined;
  if ((leaf === 'answer') !== (host !== undefined) || (host !== undefined && !isId(host))) {
    return undefined;
  }
  // It is one of the set.
  return { node, leaf: leaf as Leaf, ...(host === undefined ? {} : { host }) };
}

/** What a node listens to. */
export function topicsForNode(node: string): readonly string[] {
  return hostLeaves.map((leaf) => topicOf(node, leaf));
}

/** What a host listens to, of one node. */
export function topicsForHost(node: string, host: string): readonly string[] {
  return nodeLeaves.map((leaf) => topicOf(node, leaf, leaf === 'answer' ? host : undefined));
}
