#!/usr/bin/env bash
# `pertybot service` under a real systemd with its real journal: installs a bot, breaks it in every way that the unit
# promises to mend, and takes it away again. Runs as root, in a machine of its own (tools/boot-machine.sh).
# usage: npm run test:service
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
if [ "${1-}" != --inside ]; then exec "$root/tools/boot-machine.sh" "$root/tools/service-test.sh" --inside; fi

export NO_COLOR=1
bot=/srv/my-bot
unit=pertybot-my-bot.service
pertybot() { node "$root/packages/cli/bin/run.js" "$@" --dir "$bot"; }
as_maker() { # words of pertybot
  setpriv --reuid maker --regid maker --init-groups env HOME=/home/maker XDG_RUNTIME_DIR=/run/maker \
    node "$root/packages/cli/bin/run.js" "$@" --dir "$bot"
}
property() { systemctl show "$unit" --property="$1" --value; }
logged() { journalctl --unit="$unit" --output=cat --no-pager; }

fail() {
  printf 'service-test: %s\n' "$*" >&2
  systemctl status "$unit" --no-pager >&2 || true
  journalctl --no-pager --lines=60 >&2
  exit 1
}
# The next lines of a story: what must come true within 20 s.
until_true() { # sentence, command
  local sentence=$1
  shift
  for _ in $(seq 200); do
    if "$@" >/dev/null 2>&1; then
      echo "  ✓ $sentence ($SECONDS s)"
      return
    fi
    sleep 0.1
  done
  fail "never: $sentence"
}
is() { [ "$(property "$1")" = "$2" ]; }
# grep -q would end what it reads from, which then failed.
has() { grep "$@" >/dev/null; }
says() { logged | has -F -- "$1"; }
is_fed() { [ "$(property WatchdogTimestampMonotonic)" -gt "$fed" ]; }
runs_anew() { is ActiveState active && [ "$(property MainPID)" != "$old" ] && is NRestarts "$1"; }
is_on() { as_maker status --json | grep -A2 '"pin": "GPIO17"' | has '"on": true'; }

# The machine's files are its own, so that this account and these rights end with it.
useradd --create-home --shell /bin/sh maker
install -d -m 0700 -o maker -g maker /run/maker
folder=$root
while [ "$folder" != / ]; do
  chmod o+rx "$folder"
  folder=$(dirname "$folder")
done
install -d -o maker -g maker "$bot"
cat >"$bot/plugins.yaml" <<'YAML'
plugins:
  - use: gpio
    config:
      driver: simulated
      gadgets:
        lamp: { type: light, pin: GPIO17, maxOn: 10m }
YAML
chown maker: "$bot/plugins.yaml"

echo "install"
pertybot service status 2>/dev/null && fail "a bot that is no service has a status"
out=$(pertybot service install)
[ "$out" = "$unit runs the bot, now and whenever the machine starts." ] || fail "install said: $out"
is ActiveState active || fail "it is not active after install, though systemd waits for READY"
systemd-analyze verify "/etc/systemd/system/$unit" || fail "systemd does not like the unit"
until_true "it said READY and is ready" says '"message":"The bot is ready."'
[ "$(stat -c %U "/proc/$(property MainPID)")" = maker ] || fail "it does not run as the owner of its folder"
[ "$(systemctl is-enabled "$unit")" = enabled ] || fail "it does not start with the machine"
pertybot service status | has "^$unit is active (running), process $(property MainPID)" || fail "status"
pertybot service status --json | has '"state": "active"' || fail "status --json"
pertybot service logs | has 'The bot is ready' || fail "service logs"
pertybot logs | has 'The bot is ready' || fail "logs of a service"
[ "$(as_maker gadgets lamp on)" = 'lamp is on' ] || fail "no command reaches it"
is_on || fail "the lamp is not on"

pertybot service install >/dev/null || fail "it cannot be installed twice"

echo "kill -9"
# As `systemctl edit` would do it: the same promises, sooner.
mkdir "/etc/systemd/system/$unit.d"
printf '[Service]\nWatchdogSec=3\nRestartSec=1\n' >"/etc/systemd/system/$unit.d/soon.conf"
systemctl daemon-reload
pertybot service stop | has -x "Stopped $unit." || fail "service stop"
until_true "it is stopped" is ActiveState inactive
is Result success || fail "a bot that was stopped did not end well"
pertybot service status >/dev/null && fail "the status of a stopped service is 0"
pertybot service start | has -x "Started $unit." || fail "service start"
is ActiveState active || fail "service start did not wait for READY"
old=$(property MainPID)
posts=$(logged | grep -c 'No pin was left on') || true
kill -KILL "$old"
until_true "it is started anew" runs_anew 1
[ "$(logged | grep -c 'No pin was left on')" -gt "$posts" ] || fail "nobody looked after the pins of the dead bot"
pertybot service status | has 'It failed and was restarted once.' || fail "status tells of no restart"

echo "a bot that hangs"
old=$(property MainPID)
fed=$(property WatchdogTimestampMonotonic)
until_true "it says that it lives" is_fed
# As on a busy machine of one core, where systemd reads what it was told long after that was sent.
for _ in $(seq 6); do
  echo 1 >/sys/fs/cgroup/init.scope/cgroup.freeze
  sleep 1.4
  echo 0 >/sys/fs/cgroup/init.scope/cgroup.freeze
  sleep 0.1
done
fed=$(property WatchdogTimestampMonotonic)
until_true "it still does, to a systemd that is slow" is_fed
[ "$(property MainPID)" = "$old" ] || fail "the watchdog ended a bot that lives"
journalctl --no-pager | has 'Cannot find unit for notify message' && fail "a sign of life was lost"
kill -STOP "$old"
until_true "the watchdog ends it, and it is started anew" runs_anew 2
journalctl --no-pager | has 'Watchdog timeout' || fail "it was something else than the watchdog"

echo "a signal, a fault, a second bot"
{ as_maker start 2>&1 || true; } | has "already runs as process $(property MainPID)" || fail "a second bot"
old=$(property MainPID)
kill -TERM "$old"
until_true "a bot that is asked to end ends, and stays so" is ActiveState inactive
echo 'plugins: [' >"$bot/plugins.yaml"
systemctl start "$unit" 2>/dev/null && fail "a bot that cannot start is said to run"
until_true "one that cannot start is tried again and again" is SubState auto-restart

echo "uninstall"
cache=/var/cache/${unit%.service}
[ "$(stat -c '%U %a' "$cache")" = 'maker 700' ] || fail "$cache is not its own"
out=$(pertybot service uninstall)
[ "$out" = "$unit is gone. The bot’s folder is as it was." ] || fail "uninstall said: $out"
[ ! -e "/etc/systemd/system/$unit" ] || fail "the unit is still there"
systemctl is-active "$unit" >/dev/null && fail "it still runs"
[ "$(cat "$bot/plugins.yaml")" = 'plugins: [' ] || fail "the bot's folder was changed"

echo "a service of the user's own systemd"
printf 'plugins: []\n' >"$bot/plugins.yaml"
systemd-run --quiet --unit=own-systemd --property=Delegate=yes --property=User=maker --property=Type=notify \
  --setenv=HOME=/home/maker --setenv=XDG_RUNTIME_DIR=/run/maker /lib/systemd/systemd --user
as_maker service install --user | has "^$unit runs the bot" || fail "install --user"
as_maker service status | has "^$unit is active (running)" || fail "status of the user's service"
as_maker service stop >/dev/null
as_maker service status >/dev/null && fail "the user's service cannot be stopped"
as_maker service uninstall >/dev/null
{ as_maker service status 2>&1 || true; } | has CLI_SERVICE_MISSING || fail "uninstall of the user's service"

echo "the guardian's control group"
guardian_outlives() { # who, folder, systemd-run and its words
  local who=$1 folder=$2
  shift 2
  install -d -o "$who" -g "$who" "$folder"
  "$@" --quiet --unit=guarded --setenv=PERTYBOT_SERVICE=guarded.service --setenv=PATH="$PATH" \
    "$(command -v node)" "$root/packages/plugin-gpio/test/fixtures/scoped-guardian.mjs" "$folder"
  until_true "$who's service has a guardian" test -s "$folder/guardian"
  has '^0::.*\.scope$' <"/proc/$(cat "$folder/guardian")/cgroup" || fail "it is in the group of its bot"
}
guardian_outlives root /srv/guarded systemd-run
systemctl kill --signal=KILL --kill-whom=all guarded
until_true "the output is off though all of the service was killed" has -x 0 /srv/guarded/value
as_user() { setpriv --reuid maker --regid maker --init-groups env HOME=/home/maker XDG_RUNTIME_DIR=/run/maker "$@"; }
guardian_outlives maker /srv/guarded-user as_user systemd-run --user
as_user systemctl --user kill --signal=KILL --kill-whom=all guarded
until_true "so it is as a service of the user's own systemd" has -x 0 /srv/guarded-user/value
echo "1 passed, 0 failed"
