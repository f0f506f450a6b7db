import { type ChatLine, type LineFault, parseChatLine } from './chat-line.js';

/** What a line typed into `pertybot dev` asks for. */
export type DevInput =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'help' }
  | { readonly kind: 'quit' }
  | { readonly kind: 'press'; readonly gadget: string }
  | { readonly kind: 'chat'; readonly line: ChatLine }
  | ({ readonly kind: 'fault' } & LineFault);

/** Reads a line: empty ones and comments (`#`) ask for nothing, words of ours come before chat. */
export function parseDevInput(input: string): DevInput {
  const line = input.trim();
  if (line === '' || line.startsWith('#')) return { kind: 'nothing' };
  if (line === 'help' || line === '?') return { kind: 'help' };
  if (line === 'quit' || line === 'exit') return { kind: 'quit' };
  const press = /^press(?:\s+(\S+))?$/.exec(line);
  if (press) return readPress(press[1]);
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
