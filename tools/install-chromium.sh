#!/bin/sh
# Installs Debian's Chromium, in which `npm run test:browser` opens the pages. Does nothing where it is already.
set -eu
[ ! -x /usr/bin/chromium ] || exit 0
if ! command -v apt-get >/dev/null; then
  echo "install-chromium: this needs apt-get (Debian, Raspberry Pi OS). Install Chromium so that it is at /usr/bin/chromium." >&2
  exit 1
fi
as_root=
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "install-chromium: run this as root, or install sudo." >&2
    exit 1
  fi
  as_root=sudo
fi
$as_root apt-get update -qq
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium
