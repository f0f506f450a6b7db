/** How many letters may be wrong. */
const mostMistakes = 3;

/** The command that a misspelt one probably means. */
export function nearestCommand(misspelt: string, commands: readonly string[]): string | undefined {
  const [best] = commands
    .map((name) => ({ name, mistakes: mistakesBetween(misspelt, name) }))
    .filter(({ mistakes, name }) => mistakes <= Math.min(mostMistakes, Math.ceil(name.length / 3)))
    .sort((a, b) => a.mistakes - b.mistakes);
  return best?.name;
}

/** Letters to change, add, take away or swap with their neighbour to get from one word to another. */
function mistakesBetween(from: string, to: string): number {
  let before: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1] ? 0 : 1;
      const changed = (last[column - 1] ?? 0) + same;
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      next[column] = Math.min(
        changed,
        (last[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
        swapped ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    before = last;
    last = next;
  }
  return last[to.length] ?? 0;
}
