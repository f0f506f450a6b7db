import type { Hook } from '@oclif/core';

/** Answers a misspelt command with the one that is probably meant; the exit code is that of wrong usage. */
const commandNotFound: Hook.CommandNotFound = async function ({ id, config }) {
  const { nearestCommand } = await import('../nearest-command.js');
  const written = id.replaceAll(':', ' ');
  const names = [...config.commandIDs, ...config.commands.flatMap(({ aliases }) => aliases)];
  const meant = nearestCommand(
    written,
    names.map((name) => name.replaceAll(':', ' ')),
  );
  process.stderr.write(`Error: There is no command "${written}".\n`);
  process.stderr.write(
    meant === undefined
      ? `Hint: See ${config.bin} --help\n`
      : `Hint: Did you mean: ${config.bin} ${meant}\n`,
  );
  this.exit(2);
};

export default commandNotFound;
