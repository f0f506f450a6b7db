import { flagValues, type Place, quote, valueFlags } from './places.js';

/** The completion for bash: `source <(pertybot completion bash)`. */
export function bashCompletion(places: readonly Place[]): string {
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
