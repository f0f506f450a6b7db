import type { Hook } from '@oclif/core';

/** Answers a misspelt command with the one that is probably meant; the exit code is that of wrong usage. */
const commandNotFound: Hook.CommandNotFound = async function ({ id, config }) {
  const { nearest } = await import('@pertybot/core');
  const written = id.replaceAll(':', ' ');
  const names = [...config.commandIDs, ...config.commands.flatMap(({ aliases }) => aliases)];
  const meant = nearest(
    written,
    names.map((name) => name.replaceAll(':', ' ')),
  );
  const known = longestStart(written, config.commandIDs);
  process.stderr.write(`Error: There is no command "${written}".\n`);
  if (meant !== undefined) process.stderr.write(`Hint: Did you mean: ${config.bin} ${meant}\n`);
  else
    process.stderr.write(`Hint: See ${[config.bin, known, '--help'].filter(Boolean).join(' ')}\n`);
  this.exit(2);
};

/** The command with whose words something begins: `check` for `check extra`. */
function longestStart(written: string, ids: readonly string[]): string | undefined {
  return ids
    .map((id) => id.replaceAll(':', ' '))
    .filter((name) => written.startsWith(`${name} `))
    .sort((a, b) => b.length - a.length)[0];
}

export default commandNotFound;
