#!/usr/bin/env bash
# Boots a systemd of its own, with its journal, as the first process of a machine made of namespaces: its root is
# that of this machine, and what it writes there is lost when it ends. It has no network but its loopback, no
# hardware, and can change neither this machine's files nor its kernel settings. Needs root, unshare, systemd.
# usage: tools/boot-machine.sh COMMAND [WORD …]   runs the command in the machine, which then ends
set -euo pipefail

if [ "${1-}" != --inside ]; then
  stage=$(mktemp -d)
  log=$stage.log
  end() {
    [ -z "${first-}" ] || kill -KILL "$first" 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$stage" "$log"
    # Its control groups outlive it.
    unshare --mount bash -c 'mount -t cgroup2 groups /mnt && find /mnt/'"${stage##*/}"' -depth -type d -exec rmdir {} +' || true
  }
  trap end EXIT
  unshare --mount --pid --uts --ipc --net --fork "$0" --inside "$stage" >"$log" 2>&1 &
  maker=$!
  inside() { nsenter --target "$first" --mount --pid --uts --ipc --net --cgroup --root --wd "$@"; }
  for _ in $(seq 100); do
    kill -0 "$maker" 2>/dev/null || break
    first=$(tr -d " " <"/proc/$maker/task/$maker/children" 2>/dev/null || true)
    # Until systemd is there, the machine's root is still this one's.
    if [ -n "$first" ] && [ "$(cat "/proc/$first/comm")" = systemd ] &&
      [ "$(inside systemctl is-system-running 2>/dev/null)" = running ]; then
      inside systemctl log-target journal
      code=0
      inside "$@" || code=$?
      exit "$code"
    fi
    sleep 0.1
  done
  echo "boot-machine: systemd does not come up:" >&2
  cat "$log" >&2
  exit 1
fi

stage=$2
mount --make-rprivate /
mount -t tmpfs machine "$stage"
mkdir "$stage"/{upper,work,root,groups}
mount -t overlay machine -o "lowerdir=/,upperdir=$stage/upper,workdir=$stage/work" "$stage/root"
mount -t cgroup2 groups "$stage/groups"
mkdir "$stage/groups/${stage##*/}"
echo $$ >"$stage/groups/${stage##*/}/cgroup.procs"
cd "$stage/root"
mount -t proc proc proc
mount --bind proc/sys proc/sys
mount -o remount,bind,ro proc/sys
mount -t sysfs -o ro sys sys
mount -t tmpfs run run
mount -t tmpfs tmp tmp
mount -t tmpfs -o mode=755 dev dev
for name in null zero full random urandom tty ptmx; do
  touch "dev/$name"
  mount --bind "/dev/$name" "dev/$name"
done
mkdir dev/shm
ip link set lo up 2>/dev/null || true
# Nothing starts but systemd, its journal, and what is asked for.
rm -rf lib/systemd/system/*.target.wants lib/systemd/system/*audit* lib/systemd/system-generators etc/systemd/system
mkdir -p etc/systemd/system
printf '[Unit]\nRequires=systemd-journald.service basic.target\nAfter=systemd-journald.service basic.target\n' \
  >etc/systemd/system/machine.target
tr -d - </proc/sys/kernel/random/uuid >etc/machine-id
exec unshare --cgroup bash -c 'mount -t cgroup2 groups sys/fs/cgroup && exec env -i container=namespaces \
  PATH="$PATH" chroot . /lib/systemd/systemd --system --unit=machine.target --log-target=console --show-status=no'
