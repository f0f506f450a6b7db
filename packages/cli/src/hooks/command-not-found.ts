import type { Hook } from '@oclif/core';

/** Answers a misspelt command with the one that is probably meant; the exit code is that of wrong usage. */
const commandNotFound: Hook.CommandNotFound = async function ({ id, config }) {
  const { misspeltCommand } = await import('../terminal/misspelt.js');
  const written = id.replaceAll(':', ' ');
  const names = [...config.commandIDs, ...config.commands.flatMap(({ aliases }) => aliases)].map(
    (name) => name.replaceAll(':', ' '),
  );
  const meant = misspeltCommand(written, names);
  const known = longestStart(written, names);
  const message = `There is no command "${written}".`;
  const hint =
    meant === undefined
      ? `See ${[config.bin, known, '--help'].filter(Boolean).join(' ')}`
      : `Did you mean: ${config.bin} ${meant}`;
  if (process.argv.includes('--json')) {
    const fault = { ok: false, code: 'USAGE', message, hint };
    process.stdout.write(`${JSON.stringify(fault, undefined, 2)}\n`);
  } else {
    process.stderr.write(`Error: ${message}\nHint: ${hint}\n`);
  }
  this.exit(2);
};

/** The command with whose words something begins: `check` for `check extra`. */
function longestStart(written: string, names: readonly string[]): string | undefined {
  return names
    .filter((name) => written.startsWith(`${name} `))
    .sort((a, b) => b.length - a.length)[0];
}

export default commandNotFound;
