/** What a stranger may call himself: a window title, a cleared screen, a reversed reading direction, a line of its own. */
export const hostile = 'mallory\u001b]0;owned\u0007\u001b[2J\u202e\u009b31m\r\n✓ root';

/** What no text of a stranger may bring to a terminal; line feeds are looked at apart. */
export const movesTheCursor = /[\p{Cc}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/u;

/** The lines of a text for a terminal without colours; fails where one of them could move the cursor. */
export function harmlessLines(text: string): readonly string[] {
  const lines = text.split('\n');
  const harmful = lines.filter((line) => movesTheCursor.test(line));
  if (harmful.length > 0) throw new Error(`It speaks to the terminal: ${JSON.stringify(harmful)}`);
  return lines;
}
