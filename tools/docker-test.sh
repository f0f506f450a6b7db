#!/usr/bin/env bash
# Builds the image of config/docker, looks at what it promises, and runs it without a bot.
# No registry of images is asked: a base of Debian's packages and this machine's Node.js stands in for the one that FROM
# names. Needs root; installs buildah and debootstrap where they are missing. Where no builder can be had, or runs, it says
# so and ends well: what can be read of the files is held by tools/test/docker.test.ts everywhere.
# usage: tools/docker-test.sh
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() {
  echo "docker-test failed: $*" >&2
  exit 1
}
leave() {
  echo "NOT BUILT: $*" >&2
  exit 0
}
if ! command -v buildah >/dev/null || ! command -v debootstrap >/dev/null; then
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends buildah debootstrap; } >/dev/null ||
    leave "buildah and debootstrap cannot be installed here"
fi
# Without overlays and cgroups, so that it also works inside of a container.
b() {
  local verb=$1
  shift
  BUILDAH_ISOLATION=chroot buildah --root "$work/store" --runroot "$work/run" --storage-driver vfs "$verb" "$@"
}

base=$(sed -n 's/^FROM //p' config/docker/Dockerfile)
echo "base: a stand-in for $base"
debootstrap --variant=minbase bookworm "$work/base" >"$work/debootstrap.log" 2>&1 ||
  leave "no base can be made here: $(tail -5 "$work/debootstrap.log")"
install -D "$(node -p process.execPath)" "$work/base/usr/local/bin/node"
mkdir -p "$work/base/usr/local/lib/node_modules"
cp -r "$(npm root -g)/npm" "$work/base/usr/local/lib/node_modules/npm"
ln -s ../lib/node_modules/npm/bin/npm-cli.js "$work/base/usr/local/bin/npm"
chroot "$work/base" useradd --uid 1000 --user-group --create-home node
container=$(b from scratch) || leave "buildah does not run here"
b copy -q "$container" "$work/base" / >/dev/null
b commit -q "$container" "docker.io/library/$base" >/dev/null
b rm "$container" >/dev/null
rm -rf "$work/base"

echo "build"
b bud -q --pull-never --format docker -t pertybot config/docker >/dev/null
b inspect --type image pertybot >"$work/image.json"
image() { node -p "JSON.parse(fs.readFileSync('$work/image.json')).Docker.config.$1"; }
[ "$(image User)" = node ] || fail "it runs as $(image User)"
words=$(image 'Entrypoint.concat(JSON.parse(fs.readFileSync("'"$work"'/image.json")).Docker.config.Cmd).join(" ")')
[ "$(image 'Healthcheck.Test.join(" ")')" = "CMD pertybot status" ] || fail "it has no health"
[ "$(image 'Volumes["/bot"] !== undefined')" = true ] || fail "it has no volume for the bot"

echo "without a bot: $words"
container=$(b from --pull-never pertybot)
# shellcheck disable=SC2086
! told=$(b run --user "$(image User)" "$container" -- $words 2>&1) || fail "it starts without a bot"
[[ $told == *"There is no bot in /bot"* ]] || fail "without a bot it says: $told"

echo "docker-test passed"
