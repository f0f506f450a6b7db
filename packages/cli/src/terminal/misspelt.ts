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

/**
 * The flag that an unknown one was most likely meant to be.
 * @param error of oclif, which lists unknown flags in `flags`
 * @param known the flags of the command, by their names
 * @returns such as `--json`; undefined for any other error, and where none is near
 */
export function misspeltFlag(
  error: unknown,
  known: Readonly<Record<string, unknown>>,
): string | undefined {
  const written = flagsOf(error).find((flag) => flag.startsWith('--'));
  if (written === undefined) return undefined;
  const hidden = (flag: unknown) =>
    typeof flag === 'object' && flag !== null && 'hidden' in flag && flag.hidden;
  const names = Object.entries(known).flatMap(([name, flag]) =>
    hidden(flag) === true ? [] : [name],
  );
  const meant = nearest(written.slice(2), [...names, 'help']);
  return meant === undefined ? undefined : `--${meant}`;
}

function flagsOf(error: unknown): readonly string[] {
  if (!(error instanceof Error) || !('flags' in error) || !Array.isArray(error.flags)) return [];
  return error.flags.filter((flag): flag is string => typeof flag === 'string');
}
