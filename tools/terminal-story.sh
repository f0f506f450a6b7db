#!/usr/bin/env bash
# One whole story at a real terminal, which tmux gives: makes a bot, tries it, adds a plugin, edits plugins.yaml while
# the bot runs, starts it in earnest (against a simulated Twitch), and stops it. It looks at the screen at each step.
# npm alone is not the real one, since nothing of PertyBot is published yet; tools/pack-test.mjs has the real one.
# usage: tools/terminal-story.sh [--watch]   --watch shows each screen as it goes
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
command -v tmux >/dev/null || { echo "terminal-story: it needs tmux: apt-get install --yes tmux" >&2; exit 1; }

work=$(realpath "$(mktemp -d)")
socket=$work/tmux
twitch=
end() {
  tmux -S "$socket" kill-server 2>/dev/null || true
  [ -z "$twitch" ] || kill "$twitch" 2>/dev/null || true
  rm -rf "$work"
}
trap end EXIT

type_line() { tmux -S "$socket" send-keys -l "$1" && tmux -S "$socket" send-keys Enter; }
press() { tmux -S "$socket" send-keys "$1"; }
screen() { tmux -S "$socket" capture-pane -p -J; }
sees() { # regular expression: waits until the screen shows it
  for _ in $(seq 150); do
    if screen | grep -E -- "$1" >/dev/null; then
      echo "  ✓ $1 ($SECONDS s)"
      [ "${watch-}" != yes ] || screen
      return
    fi
    sleep 0.1
  done
  printf 'terminal-story: the screen never showed "%s", but:\n%s\n' "$1" "$(screen)" >&2
  exit 1
}
sees_not() { ! screen | grep -E -- "$1" >/dev/null || { echo "terminal-story: the screen shows $1" >&2; screen >&2; exit 1; }; }
command_line() { # the next command, on an empty screen
  type_line "clear"
  type_line "$1"
}
[ "${1-}" != --watch ] || watch=yes

ln -s "$root/node_modules" "$work/node_modules"
cp -r "$root/packages/cli/test/fixtures/fan" "$work/fan"
export FAKE_NPM_LOG=$work/npm.log HISTFILE=''
tmux -S "$socket" -f /dev/null new-session -d -x 100 -y 40 -c "$work" \
  "env -u NO_COLOR -u CI PS1='\$ ' PATH='$root/packages/cli/test/fixtures/fake-npm:$root/node_modules/.bin:$PATH' bash --norc --noprofile"

echo "init"
type_line 'pertybot init my-bot'
sees 'Your Twitch channel \[mychannel\]:'
type_line 'streamer'
sees 'Account of the bot'
type_line ''
sees 'How does it log in'
type_line ''
sees 'First gadget \(light, relay, buzzer, none\) \[light\]:'
type_line 'buzzer'
sees 'At which pin \[GPIO17\]:'
type_line 'GPIO99'
sees 'Name a pin such as GPIO17'
type_line 'GPIO27'
sees 'Next:'
sees 'npx pertybot dev .*tries it'

echo "dev"
type_line 'cd my-bot'
command_line 'pertybot dev'
sees 'Ready .*#streamer'
type_line '!horn on'
sees '◉ horn on .*GPIO27 is high'
sees 'horn is on'
sees '○ horn GPIO27 off'
type_line 'alice: !hello'
sees 'Hello alice!'

echo "edit plugins.yaml while it runs"
sed -i 's/hello: "Hello {user}!"/hello: "Good evening {user}!"/' "$work/my-bot/plugins.yaml"
sees 'Reloaded: changed texts'
type_line 'bob: !hello'
sees 'Good evening bob!'
sed -i 's/- use: texts/- use: txets/' "$work/my-bot/plugins.yaml"
sees 'Did you mean "texts"'
type_line 'carol: !hello'
sees 'Good evening carol!'
sed -i 's/- use: txets/- use: texts/' "$work/my-bot/plugins.yaml"
press C-c
sees '^\$ *$'

echo "add a plugin"
# Its package.json names what nobody has published yet.
printf '{ "name": "my-bot", "private": true }\n' >"$work/my-bot/package.json"
cp "$work/my-bot/plugins.yaml" "$work/before.yaml"
command_line 'pertybot plugins add ../fan'
sees 'pertybot-plugin-fan 1.2.3'
sees 'It runs with all the rights of the bot'
sees 'Add it\? \[y/N\]'
press C-c
sees 'It was interrupted'
cmp "$work/before.yaml" "$work/my-bot/plugins.yaml"
command_line 'pertybot plugins add ../fan'
sees 'Add it\? \[y/N\]'
type_line 'n'
sees '"pertybot-plugin-fan" was not added'
cmp "$work/before.yaml" "$work/my-bot/plugins.yaml"
command_line 'pertybot plugins add ../fan'
sees 'Add it\? \[y/N\]'
type_line 'y'
sees '✓ Added pertybot-plugin-fan to plugins.yaml'
sees 'Before the bot starts, mend this'
sees 'pin: is missing'

echo "edit"
node --input-type=module - "$root" "$work" <<'JS' &
import { writeFileSync, readFileSync } from 'node:fs';
const [root, work] = process.argv.slice(2);
const { startTwitchSimulator } = await import(`${root}/packages/twitch-simulator/dist/index.js`);
const { id, idUrl, chatUrl } = await startTwitchSimulator();
const { accessToken } = id.issueToken({ login: 'pertybot' });
const file = `${work}/my-bot/plugins.yaml`;
const text = readFileSync(file, 'utf8')
  .replace('login: auto', `idUrl: ${idUrl}\n      accessToken: \${BOT_TOKEN}\n      login: auto`)
  .replace('channels: [streamer]', `channels: [streamer]\n      server: ${chatUrl.host}\n      port: ${chatUrl.port}\n      secure: false`)
  .replace('    # config:\n    #   pin:  # required', '    config:\n      pin: GPIO4 # required');
writeFileSync(file, text);
writeFileSync(`${work}/my-bot/.env`, `TWITCH_CLIENT_ID=demo\nBOT_TOKEN=${accessToken}\n`);
writeFileSync(`${work}/token`, accessToken);
JS
twitch=$!
for _ in $(seq 100); do [ -e "$work/token" ] && break || sleep 0.1; done
command_line 'pertybot check'
sees '✓ plugins.yaml is fine: oauth, irc, gpio, texts, dice, fan'

echo "start"
command_line 'pertybot start'
sees 'The bot is ready'
sees_not "$(cat "$work/token")"
sed -i 's/- use: \.\/plugins\/dice\.ts/&\n    enabled: false/' "$work/my-bot/plugins.yaml"
sees 'Reloaded: .*dice'
tmux -S "$socket" split-window -c "$work/my-bot" \
  "env -u NO_COLOR -u CI PS1='\$ ' PATH='$root/node_modules/.bin:$PATH' bash --norc --noprofile"
type_line 'pertybot status'
sees 'pertybot start is ready, process'
sees '#streamer'
sees_not 'not joined'
type_line 'clear; pertybot start'
sees 'already runs as process'
type_line 'clear; pertybot gadgets horn on'
sees 'horn is on'
type_line 'exit'
# Until that shell is gone, it would get the key.
for _ in $(seq 100); do [ "$(tmux -S "$socket" list-panes | wc -l)" = 1 ] && break || sleep 0.1; done

echo "stop"
press C-c
sees 'Stopped; every pin is off'
sees '^\$ *$'
command_line 'pertybot status'
sees 'No bot runs'
command_line 'pertybot logs'
sees 'Stopped; every pin is off'
sees_not "$(cat "$work/token")"
echo "1 passed, 0 failed"
