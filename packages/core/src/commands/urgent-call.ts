import type { RegisteredCommand } from './command-registry.js';
import type { ArgumentWords } from './command-signature.js';

const nothing: ArgumentWords = { words: [], line: '' };

/**
 * Whether a call switches off, and so must wait for nothing.
 * @returns the one word that counts, whatever stands behind it; undefined for an ordinary call
 */
export function readUrgentWords(
  { urgent }: RegisteredCommand,
  { words: [first] }: ArgumentWords,
): ArgumentWords | undefined {
  if (urgent === undefined) return undefined;
  if (urgent === true) return nothing;
  const text = first?.text.toLowerCase() ?? '';
  return urgent.has(text) ? { words: [{ text, start: 0 }], line: text } : undefined;
}
