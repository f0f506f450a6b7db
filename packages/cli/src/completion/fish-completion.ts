import { type FlagOffer, line, type Place, valueFlags } from './places.js';

/** The completion for fish: `pertybot completion fish | source`. */
export function fishCompletion(places: readonly Place[]): string {
  const paths = places.filter(({ path }) => path !== '').map(({ path }) => quoteFish(path));
  const rules = places.flatMap(({ path, words, flags, takesFiles }) => {
    const start = `complete -c pertybot -n ${quoteFish(`__pertybot_at ${path}`.trim())}`;
    return [
      ...words.map(
        ({ name, about }) => `${start} -a ${quoteFish(name)} -d ${quoteFish(line(about))}`,
      ),
      ...flags.map((flag) => `${start} ${flagRule(flag)}`),
      ...(takesFiles ? [`${start} -F`] : []),
    ];
  });
  return `# Completion of pertybot for fish. In ~/.config/fish/config.fish: pertybot completion fish | source
function __pertybot_place
  set -l place
  set -l skip 0
  set -l tokens (commandline -opc)
  for next in $tokens[2..-1]
    if test $skip = 1
      set skip 0
      continue
    end
    switch $next
      case ${valueFlags(places).join(' ')}
        set skip 1
      case '-*'
      case '*'
        switch (string join ' ' -- $place $next)
          case ${paths.join(' ')}
            set place $place $next
        end
    end
  end
  string join ' ' -- $place
end
function __pertybot_at
  set -l place (__pertybot_place)
  test "$place" = "$argv"
end
complete -c pertybot -f
${rules.join('\n')}
`;
}

function flagRule({ name, about, char, value }: FlagOffer): string {
  const letter = char === undefined ? '' : ` -s ${char}`;
  const words = `-l ${name}${letter} -d ${quoteFish(line(about))}`;
  if (value === 'none') return words;
  if (value === 'folder') return `${words} -x -a '(__fish_complete_directories)'`;
  if (value === 'any') return `${words} -r -F`;
  return `${words} -x -a ${quoteFish(value.join(' '))}`;
}

function quoteFish(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
