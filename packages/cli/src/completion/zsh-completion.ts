import { flagValues, line, type Offer, type Place, quote, valueFlags } from './places.js';

/** The completion for zsh: `source <(pertybot completion zsh)`, or a file `_pertybot` in `$fpath`. */
export function zshCompletion(places: readonly Place[]): string {
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
