import type { Interfaces } from '@oclif/core';
import {
  type FlagOffer,
  flagValues,
  line,
  type Offer,
  type Place,
  placesOf,
  quote,
  valueFlags,
} from './places.js';

const scripts: Readonly<Record<string, (places: readonly Place[]) => string>> = {
  bash: bashCompletion,
  fish: fishCompletion,
  zsh: zshCompletion,
};

/** The script with which a shell completes the commands of a program. */
export function completionFor(shell: string, config: Interfaces.Config): string {
  return (scripts[shell] ?? bashCompletion)(placesOf(config));
}

/** The completion for bash: `source <(pertybot completion bash)`. */
function bashCompletion(places: readonly Place[]): string {
  const values = [...flagValues(places)].map(
    ([flag, words]) =>
      `    ${flag}) COMPREPLY=($(compgen -W ${quote(words.join(' '))} -- "$word")); return ;;`,
  );
  const offers = places.map(({ path, words, flags, takesFiles }) => {
    const names = words.map(({ name }) => name).join(' ');
    const dashed = flags.map(({ name }) => `--${name}`).join(' ');
    return `    ${quote(path)}) words=${quote(names)}; flags=${quote(dashed)}; files=${takesFiles ? 1 : 0} ;;`;
  });
  return `# Completion of pertybot for bash. In ~/.bashrc: source <(pertybot completion bash)
_pertybot() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]}
  local place='' next at words='' flags='' files=0
  for ((at = 1; at < COMP_CWORD; at++)); do
    next=\${COMP_WORDS[at]}
    case $next in
      ${valueFlags(places).join('|')}) ((at++)); continue ;;
      -*) continue ;;
    esac
    case "\${place:+$place }$next" in
      ${places
        .filter(({ path }) => path !== '')
        .map(({ path }) => quote(path))
        .join('|')}) place="\${place:+$place }$next" ;;
    esac
  done
  case $before in
    --dir) COMPREPLY=($(compgen -d -- "$word")); return ;;
${values.join('\n')}
    ${valueFlags(places).join('|')}) COMPREPLY=($(compgen -f -- "$word")); return ;;
  esac
  case $place in
${offers.join('\n')}
  esac
  [[ $word == -* ]] && words=$flags
  COMPREPLY=($(compgen -W "$words" -- "$word"))
  if [[ $files == 1 && $word != -* ]]; then COMPREPLY+=($(compgen -f -- "$word")); fi
}
complete -F _pertybot pertybot
`;
}

/** The completion for fish: `pertybot completion fish | source`. */
function fishCompletion(places: readonly Place[]): string {
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

/** The completion for zsh: `source <(pertybot completion zsh)`, or a file `_pertybot` in `$fpath`. */
function zshCompletion(places: readonly Place[]): string {
  const values = [...flagValues(places)].map(
    ([flag, words]) => `    (${flag}) compadd -- ${words.map(quote).join(' ')}; return ;;`,
  );
  const offers = places.map(({ path, words, flags, takesFiles }) => {
    const dashed = flags.map(({ name, about }) => ({ name: `--${name}`, about }));
    return `    (${quote(path)}) offers=(${list(words)}); options=(${list(dashed)}); files=${takesFiles ? 1 : 0} ;;`;
  });
  const paths = places.filter(({ path }) => path !== '').map(({ path }) => quote(path));
  return `#compdef pertybot
# Completion of pertybot for zsh. In ~/.zshrc, after compinit: source <(pertybot completion zsh)
_pertybot() {
  local place='' next at files=0
  local -a offers options
  for ((at = 2; at < CURRENT; at++)); do
    next=\${words[at]}
    case $next in
      (${valueFlags(places).join('|')}) ((at++)); continue ;;
      (-*) continue ;;
    esac
    case "\${place:+$place }$next" in
      (${paths.join('|')}) place="\${place:+$place }$next" ;;
    esac
  done
  case \${words[CURRENT-1]} in
    (--dir) _files -/; return ;;
${values.join('\n')}
    (${valueFlags(places).join('|')}) _files; return ;;
  esac
  case $place in
${offers.join('\n')}
  esac
  if [[ \${words[CURRENT]} == -* ]]; then
    _describe -o option options
  else
    ((\${#offers})) && _describe -t commands command offers
    ((files)) && _files
  fi
  return 0
}
if [[ \${funcstack[1]} == _pertybot ]]; then _pertybot "$@"; else compdef _pertybot pertybot; fi
`;
}

function list(offers: readonly Offer[]): string {
  return offers.map(({ name, about }) => quote(`${name}:${line(about)}`)).join(' ');
}
