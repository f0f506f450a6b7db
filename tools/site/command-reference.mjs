// The command reference: what oclif knows of each command and its flags.
import path from 'node:path';
import { Plugin } from '@oclif/core';

/** Words of help with the command's own name in place of oclif's marks. */
const fill = (text, id) =>
  text.replaceAll('<%= config.bin %>', 'pertybot').replaceAll('<%= command.id %>', id);

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ').replaceAll('<', '&lt;');

const nameOf = ({ id }) => id.replaceAll(':', ' ');

function usageOf(command) {
  const words = Object.entries(command.args).map(([name, { required }]) =>
    required ? name.toUpperCase() : `[${name.toUpperCase()}]`,
  );
  return ['pertybot', nameOf(command), ...words].join(' ');
}

function flagRow([name, flag]) {
  const long = flag.type === 'boolean' && flag.allowNo ? `--[no-]${name}` : `--${name}`;
  const value = flag.type === 'boolean' ? '' : ` ${flag.helpValue ?? name.toUpperCase()}`;
  const short = flag.char === undefined ? '' : `\`-${flag.char}\`, `;
  const options = flag.options === undefined ? '' : ` One of: ${flag.options.join(', ')}.`;
  const given =
    typeof flag.default === 'string' && flag.default !== '' ? ` Default: \`${flag.default}\`.` : '';
  return `| ${short}\`${long}${value}\` | ${cell(`${flag.summary ?? flag.description ?? ''}${options}`)}${given} |`;
}

const isShown = ([, { hidden }]) => !hidden;

function sectionOf(command, common) {
  const name = nameOf(command);
  const args = Object.entries(command.args).filter(isShown);
  const flags = Object.entries(command.flags)
    .filter(isShown)
    .filter(([flag]) => !common.has(flag));
  const examples = (command.examples ?? []).map((each) =>
    fill(typeof each === 'string' ? each : each.command, name),
  );
  const aliases = command.aliases.map((each) => `\`${each.replaceAll(':', ' ')}\``);
  return [
    `## ${name}`,
    `${fill(command.summary ?? '', name)} ${fill(command.description ?? '', name)}`
      .trim()
      .replaceAll('<', '&lt;'),
    aliases.length > 0 ? `Also: ${aliases.join(', ')}.` : '',
    ['```sh', usageOf(command), '```'].join('\n'),
    args.length > 0
      ? [
          '| argument | what |',
          '|---|---|',
          ...args.map(
            ([each, { description = '', required }]) =>
              `| \`${each.toUpperCase()}\` | ${cell(description)}${required ? ' Must be given.' : ''} |`,
          ),
        ].join('\n')
      : '',
    flags.length > 0 ? ['| flag | what |', '|---|---|', ...flags.map(flagRow)].join('\n') : '',
    examples.length > 0 ? ['Such as:', '', '```sh', ...examples, '```'].join('\n') : '',
  ].filter((part) => part !== '');
}

/** @returns the page */
export async function commandReference(root) {
  const folder = path.join(root, 'packages', 'cli');
  const plugin = new Plugin({ root: folder, errorOnManifestCreate: true, ignoreManifest: true });
  await plugin.load();
  const commands = Object.values(plugin.manifest.commands)
    .filter(({ hidden }) => !hidden)
    .sort((one, other) => one.id.localeCompare(other.id));
  const flags = commands.flatMap((command) => Object.keys(command.flags));
  const common = new Set(
    flags.filter((flag) => commands.every((command) => flag in command.flags)),
  );
  const everywhere = Object.entries(commands[0]?.flags ?? {}).filter(([flag]) => common.has(flag));
  return [
    '# Commands of pertybot',
    'In the folder of a bot write `npx pertybot …`, in a checkout `npm run pertybot -- …`. Each ends with 0 when all went well, with 1 when ' +
      'it went wrong, and with 2 when it was called wrongly.',
    'Every command takes these:',
    ['| flag | what |', '|---|---|', ...everywhere.map(flagRow)].join('\n'),
    ...commands.flatMap((command) => sectionOf(command, common)),
    '',
  ].join('\n\n');
}
