import type { Hook, Interfaces } from '@oclif/core';

/** Answers a misspelt command with the one that is probably meant; the exit code is that of wrong usage. */
const commandNotFound: Hook.CommandNotFound = async function ({ id, config }) {
  const written = id.replaceAll(':', ' ');
  const { message, hint } = written.startsWith('-')
    ? tooEarly(written, config.bin)
    : await unknown(written, config);
  if (process.argv.includes('--json')) {
    const fault = { ok: false, code: 'USAGE', message, hint };
    process.stdout.write(`${JSON.stringify(fault, undefined, 2)}\n`);
  } else {
    process.stderr.write(`Error: ${message}\nHint: ${hint}\n`);
  }
  this.exit(2);
};

/** An option before the command. */
function tooEarly(written: string, bin: string) {
  const option = written.replace(/[= ].*/s, '');
  return {
    message: `The option "${option}" stands before the command.`,
    hint: `Options come last, as in: ${bin} check ${option} …`,
  };
}

async function unknown(written: string, { bin, commandIDs, commands }: Interfaces.Config) {
  const { misspeltCommand } = await import('../terminal/misspelt.js');
  const names = [...commandIDs, ...commands.flatMap(({ aliases }) => aliases)].map((name) =>
    name.replaceAll(':', ' '),
  );
  const meant = misspeltCommand(written, names);
  const help = [bin, longestStart(written, names), '--help'].filter(Boolean).join(' ');
  return {
    message: `There is no command "${written}".`,
    hint: meant === undefined ? `See ${help}` : `Did you mean: ${bin} ${meant}`,
  };
}

/** The command with whose words something begins: `check` for `check extra`. */
function longestStart(written: string, names: readonly string[]): string | undefined {
  return names
    .filter((name) => written.startsWith(`${name} `))
    .sort((a, b) => b.length - a.length)[0];
}

export default commandNotFound;
