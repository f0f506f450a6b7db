import { type ChatLine, type LineFault, parseChatLine } from './chat-line.js';
import { parseEvent } from './parse-event.js';
import type { TwitchEvent } from './twitch-event.js';

/** What a line typed into `pertybot dev` asks for. */
export type DevInput =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'help' }
  | { readonly kind: 'quit' }
  | { readonly kind: 'press'; readonly gadget: string }
  | { readonly kind: 'event'; readonly event: TwitchEvent }
  | { readonly kind: 'chat'; readonly line: ChatLine }
  | ({ readonly kind: 'fault' } & LineFault);

/** Characters beyond which a line is not looked at: the rest of the way takes longer, the longer it is. */
const longestLine = 2_000;

/**
 * Reads a line: empty ones and comments (`#`) ask for nothing, words of ours come before chat.
 * @param prefix what chat commands begin with
 */
export function parseDevInput(input: string, prefix: string): DevInput {
  const line = input.trim();
  if (line.length > longestLine) return tooLong(line);
  if (line === '' || line.startsWith('#')) return { kind: 'nothing' };
  if (line === 'help' || line === '?') return { kind: 'help' };
  if (line === 'quit' || line === 'exit') return { kind: 'quit' };
  const press = /^press(?:\s+(\S+))?$/.exec(line);
  if (press) return readPress(press[1]);
  const event = parseEvent(line);
  if (event !== undefined) {
    return 'fault' in event ? { kind: 'fault', ...event } : { kind: 'event', event };
  }
  const forgotten = readForgottenColon(line, prefix);
  if (forgotten !== undefined) return forgotten;
  const chat = parseChatLine(line);
  return 'fault' in chat ? { kind: 'fault', ...chat } : { kind: 'chat', line: chat };
}

function readPress(gadget: string | undefined): DevInput {
  if (gadget !== undefined) return { kind: 'press', gadget };
  return {
    kind: 'fault',
    fault: '"press" needs the name of a button.',
    hint: 'Write such as press panic.',
  };
}

function tooLong(line: string): DevInput {
  return {
    kind: 'fault',
    fault: `The line has ${line.length} characters; Twitch takes 500.`,
    hint: 'Write a shorter one.',
  };
}

/** `alice !lamp on` would be said by the owner, which nobody means. */
function readForgottenColon(line: string, prefix: string): DevInput | undefined {
  const [, speaker, text = ''] = /^(@?\w{1,25}(?:\[[^\]]*\])?)\s+(\S.*)$/su.exec(line) ?? [];
  if (speaker === undefined || !text.startsWith(prefix)) return undefined;
  return {
    kind: 'fault',
    fault: `"${line}" is no command: a name stands before it.`,
    hint: `Did you mean "${speaker}: ${text}"?`,
  };
}
