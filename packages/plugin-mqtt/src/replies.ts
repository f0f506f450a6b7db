import { type Refusal, type ReplyValues, refuse, type Sentences } from '@pertybot/core';
import { refusalNames, type Sentence, sayPlainly } from '@pertybot/core/host';

const no = (text: string, about: string): Sentence => ({ text, about, knows: refusalNames });

/** What chat is told of other machines, by key; `replies:` in plugins.yaml changes it. */
export const mqttReplies = {
  'mqtt.away': no('{node} is not there.', 'The machine of a gadget is away, or does not answer.'),
  'mqtt.held': no('{node} is held by {holder}.', 'Another bot has the machine of a gadget.'),
  'mqtt.late': no('{node} heard of it too late.', 'A wish was held up on its way to a machine.'),
  'mqtt.stop': no(
    'Emergency stop: everything on {node} stays off until it is released where it was made.',
    'While a machine is stopped by a bot.',
  ),
  'mqtt.missing': no('{node} has no "{gadget}" now.', 'A machine has lost a gadget.'),
  'mqtt.verb': no('{gadget} takes {verbs}.', 'A word that this bot does not let a gadget take.'),
} satisfies Sentences;

/** Refuses with the sentence of that reason, which the owner may have put otherwise. */
export function refuseWith(reason: keyof typeof mqttReplies, values: ReplyValues): Refusal {
  return refuse(reason, { text: sayPlainly(mqttReplies, reason, values), values });
}
