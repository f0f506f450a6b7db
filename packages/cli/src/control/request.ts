import { CliError } from '../terminal/cli-error.js';
import { askBot } from './control-client.js';
import type { ControlRequest } from './control-protocol.js';

/** Requests that are answered by what became of them. */
type Deed = Extract<ControlRequest, { ask: 'say' | 'estop' | 'gadget' | 'restart' }>;

/**
 * Has the running bot do something.
 * @returns what it says of it
 * @throws CliError CLI_BOT_REFUSED when it did not do it
 */
export async function request(folder: string, deed: Deed): Promise<string> {
  const { done, text } = await askBot(folder, deed);
  if (!done) throw new CliError('CLI_BOT_REFUSED', text);
  return text;
}
