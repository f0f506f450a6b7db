import type { OwnerOutcome, Rehearsal } from '@pertybot/core/host';
import { channelLines } from './lines/channel-lines.js';
import { eventVerbs } from './lines/event-verbs.js';
import { type LineTaker, takeLine } from './lines/take-line.js';

/** What `help` says at the page. */
const helpText = 'Write !lamp on, alice[mod]: !lamp off, or choose something that shall happen.';

/** Takes lines of the page as the prompt of `pertybot dev` takes them. */
export class SessionRehearsal implements Rehearsal {
  readonly examples = [...eventVerbs, ...channelLines].map(({ example }) => example);

  constructor(private readonly session: LineTaker) {}

  async take(line: string): Promise<OwnerOutcome> {
    let outcome: OwnerOutcome = { done: true, text: '' };
    const goesOn = await takeLine(line, this.session, {
      help: () => {
        outcome = { done: true, text: helpText };
      },
      complain: (fault, hint) => {
        outcome = { done: false, text: `${fault} ${hint}` };
      },
    });
    return goesOn ? outcome : { done: false, text: 'Only its terminal ends the bot.' };
  }

  async press(gadget: string): Promise<OwnerOutcome> {
    return (await this.session.press(gadget))
      ? { done: true, text: `Pressed ${gadget}.` }
      : { done: false, text: `The board has no button "${gadget}".` };
  }
}
