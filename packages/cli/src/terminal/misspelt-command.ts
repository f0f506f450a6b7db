import { nearest } from '@pertybot/core';

/**
 * The command that was most likely meant, with the words behind it: `plugins add fan` for `plugins ad fan`.
 * @param written words, of which the last may be none of the command's
 * @param names of all commands, such as `plugins add`
 */
export function misspeltCommand(written: string, names: readonly string[]): string | undefined {
  const words = written.split(' ');
  for (let count = words.length; count > 0; count -= 1) {
    const head = words.slice(0, count);
    // What is right so far takes no more words; that is no matter of spelling.
    if (names.includes(head.join(' ')) && head.length < words.length) return undefined;
    const near = names.filter((name) => isNear(head, name.split(' ')));
    const meant = nearest(head.join(' '), near);
    if (meant !== undefined) return [meant, ...words.slice(count)].join(' ');
  }
  return undefined;
}

function isNear(head: readonly string[], name: readonly string[]): boolean {
  return (
    head.length === name.length &&
    name.every((word, at) => nearest(head[at] ?? '', [word]) !== undefined)
  );
}
