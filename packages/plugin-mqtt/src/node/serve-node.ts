import {
  type BotEvents,
  BotFolders,
  EmergencyStop,
  type PluginContext,
  SharedGadgets,
} from '@pertybot/core';
import { OwnerControl } from '@pertybot/core/host';
import { Broker, type BrokerLink, type BrokerMessage } from '../client/broker.js';
import { FaultyMessages } from '../client/faulty-messages.js';
import { Beats } from '../protocol/beats.js';
import { newId } from '../protocol/ids.js';
import type { Answer, Messages } from '../protocol/messages.js';
import { readMessage } from '../protocol/messages.js';
import { beatInterval } from '../protocol/times.js';
import { readTopic, topicOf, topicsForNode } from '../protocol/topics.js';
import { announce, statesOf } from './announce.js';
import { HeldStops } from './held-stops.js';
import { Lease } from './lease.js';
import { NodeStop } from './node-stop.js';
import { Wishes } from './wishes.js';

/** How long changes are gathered before they are told, milliseconds. */
const gatherTime = 20;

/** How long the broker shows how a node was, milliseconds. */
const stateExpiry = 3_600_000;

/** Offers the gadgets of this machine under the name `node`, and does what bots wish. */
export function serveNode(context: PluginContext, node: string): void {
  const { container, clock, log, id: plugin, onStop, on, run } = context;
  const session = newId();
  const gadgets = container.resolve(SharedGadgets);
  const emergencyStop = container.resolve(EmergencyStop);
  const control = container.resolve(OwnerControl);
  const stops = new HeldStops(container.resolve(BotFolders));
  const beats = new Beats(session, clock);
  const faulty = new FaultyMessages(clock, log);
  const answer = (host: string, said: Answer) => {
    link?.publish(topicOf(node, 'answer', host), JSON.stringify(said), { qos: 1 });
  };
  const nodeStop = new NodeStop({ stops, emergencyStop, control, clock, log, answer });
  nodeStop.restore();
  emergencyStop.attach(nodeStop);

  const tellSoon = gathered(context, () => tellState());
  const announceSoon = gathered(context, () => tellGadgets());
  const lease = new Lease({ clock, log, gadgets, changed: tellSoon });
  const isStopped = () => nodeStop.engaged !== undefined;
  const wishes = new Wishes({ node, plugin, clock, log, gadgets, lease, beats, isStopped, answer });

  const tellGadgets = () =>
    link?.publish(topicOf(node, 'gadgets'), JSON.stringify(announce(session, gadgets)), {
      qos: 1,
      retain: true,
    });
  const tellState = () => {
    const { holder = null, holds } = lease;
    const state: Messages['state'] = { session, holder, holds, gadgets: statesOf(gadgets) };
    const options = { qos: 1, retain: true, expiry: stateExpiry } as const;
    link?.publish(topicOf(node, 'state'), JSON.stringify(state), options);
  };
  const tellStatus = (online: boolean) =>
    link?.publish(topicOf(node, 'status'), JSON.stringify({ online }), { qos: 1, retain: true });
  const beat = () => {
    if (link?.isUp) link.publish(topicOf(node, 'beat'), JSON.stringify(beats.next()), { qos: 0 });
  };

  const take = ({ topic, payload, retained }: BrokerMessage) => {
    const read = readTopic(topic);
    if (read?.node !== node) return;
    const { leaf } = read;
    // One that was taken away is told as nothing.
    if (leaf === 'estop' && payload.length === 0) return;
    // Only a stop is kept by the broker: all else speaks of now.
    if (retained && leaf !== 'estop') return;
    if (leaf !== 'wish' && leaf !== 'lease' && leaf !== 'estop' && leaf !== 'release') return;
    if (!takeLeaf(leaf, payload)) faulty.add(topic);
  };
  const takeLeaf = (leaf: 'wish' | 'lease' | 'estop' | 'release', payload: Uint8Array): boolean => {
    switch (leaf) {
      case 'estop': {
        const estop = readMessage('estop', payload);
        if (estop) nodeStop.stop(estop);
        return estop !== undefined;
      }
      case 'release': {
        const release = readMessage('release', payload);
        if (release) run('release', () => nodeStop.letGo(release));
        return release !== undefined;
      }
      case 'lease': {
        const said = readMessage('lease', payload);
        if (said && beats.isFresh(said.beat)) lease.hear(said.host, said.wants);
        return said !== undefined;
      }
      case 'wish': {
        const wish = readMessage('wish', payload);
        if (wish) run('wish', () => wishes.take(wish));
        return wish !== undefined;
      }
    }
  };

  let said: string | undefined;
  const link: BrokerLink | undefined = context.isTrial
    ? undefined
    : container.resolve<Broker>(Broker).link({
        clientId: `pertybot-${node}-${session}`,
        will: { topic: topicOf(node, 'status'), payload: JSON.stringify({ online: false }) },
        topics: topicsForNode(node),
        onMessage: (message) => run('message', () => take(message)),
        onUp: () => {
          said = undefined;
          log.info(`The gadgets of this machine are offered as "${node}".`);
          tellStatus(true);
          tellGadgets();
          tellState();
          beat();
        },
        onDown: (reason) => {
          if (reason !== said) log.warn(`"${node}" is not offered: ${reason}`);
          said = reason;
        },
      });

  const changed = () => {
    wishes.settle();
    tellSoon();
  };
  // Whoever has the pins emits them; where nobody does, they never come.
  for (const event of ['gadget', 'pin']) on(event as keyof BotEvents, changed);
  gadgets.onChange(() => {
    announceSoon();
    tellSoon();
  });
  context.every(`${beatInterval}ms`, beat);
  onStop(async () => {
    lease.end('is left: this machine stops');
    tellState();
    tellStatus(false);
    await link?.close();
  });
}

/** Makes a function that does `task` soon, once for many calls. */
function gathered({ clock }: Pick<PluginContext, 'clock'>, task: () => unknown): () => void {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    clock.after(gatherTime, () => {
      isDue = false;
      task();
    });
  };
}
