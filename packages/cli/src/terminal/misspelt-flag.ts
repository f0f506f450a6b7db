import { nearest } from '@pertybot/core';

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
