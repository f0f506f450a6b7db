#!/usr/bin/env bash
# What somebody sees who clones PertyBot: clones this commit into an empty folder, runs `npm start` with a
# few lines of chat, and checks what came out; then once more, which must be quick; then makes a bot outside of the clone,
# takes the clone away, and talks to the bot.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git clone --quiet "$root" "$work/pertybot"
cd "$work/pertybot"

chat() { printf '%s\n' '!lamp on' 'alice: !lamp off' 'bob[mod]: !horn beep' '!confetti' '!help' 'carol: !horn on'; }

expect() { # file, what a line must hold
  grep -qF -- "$2" "$1" || { echo "first-run: no line with $2 in:" >&2; cat "$1" >&2; exit 1; }
}

begin=$(date +%s%N)
chat | npm start --silent -- --json >out.jsonl
took=$((($(date +%s%N) - begin) / 1000000))
echo "first run: $took ms, $(wc -l <out.jsonl) lines"
node -e 'require("fs").readFileSync(0,"utf8").trim().split("\n").forEach((line) => JSON.parse(line))' <out.jsonl
expect out.jsonl '"type":"ready"'
expect out.jsonl '"gadget":"lamp","pin":"GPIO17","level":1,"on":true'
expect out.jsonl '"gadget":"lamp","pin":"GPIO17","level":0,"on":false'
expect out.jsonl '"gadget":"horn","pin":"GPIO27","level":1,"on":true'
expect out.jsonl '"gadget":"confetti","pin":"GPIO22","level":1,"on":true'
expect out.jsonl '"type":"reply"'
expect out.jsonl '"reason":"role"'
expect out.jsonl '"type":"stopped"'

begin=$(date +%s%N)
chat | npm start --silent -- --json >again.jsonl
took=$((($(date +%s%N) - begin) / 1000000))
echo "second run: $took ms"
expect again.jsonl '"type":"stopped"'
[ -z "$(git status --porcelain -- . ':!out.jsonl' ':!again.jsonl')" ] || { git status --short >&2; echo "first-run: the checkout is no longer clean" >&2; exit 1; }

npm run --silent pertybot -- init ../my-bot --yes
[ -z "$(git status --porcelain -- . ':!out.jsonl' ':!again.jsonl')" ] || { git status --short >&2; echo "first-run: init changed the checkout" >&2; exit 1; }
cd ../my-bot
mv ../pertybot ../gone
env TWITCH_CLIENT_ID=demo npx --no -- pertybot check >check.txt
expect check.txt 'plugins.yaml is fine'
printf '!lamp on\nalice: !roll\n' | npx --no -- pertybot dev --json >bot.jsonl
expect bot.jsonl '"gadget":"lamp","pin":"GPIO17","level":1,"on":true'
expect bot.jsonl 'alice rolled'
echo "a bot of one's own: runs without the checkout"
