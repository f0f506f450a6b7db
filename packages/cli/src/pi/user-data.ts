import { stringify } from 'yaml';
import type { PiOptions, WifiOptions } from './pi-options.js';

/** The packed bot on the card, which the first start unpacks. */
export const archiveName = 'pertybot.tar.gz';

const firstBoot = '/usr/local/sbin/pertybot-first-boot';

/**
 * What cloud-init does at the first start of Raspberry Pi OS (Trixie): an account, Node.js, the bot and its service.
 * There is no default password: who gives neither a key nor a hash gets in nowhere.
 * @see https://cloudinit.readthedocs.io/en/latest/reference/modules.html
 */
export function userData(options: PiOptions): string {
  const { hostname, user, sshKeys, passwordHash } = options;
  const hasKeys = sshKeys.length > 0;
  return cloudFile('#cloud-config', {
    hostname,
    manage_etc_hosts: true,
    // Without the account that the system would make.
    users: [
      {
        name: user,
        gecos: 'PertyBot',
        groups: ['gpio'],
        shell: '/bin/bash',
        lock_passwd: passwordHash === undefined,
        ...(passwordHash !== undefined && { passwd: passwordHash }),
        ...(hasKeys && { ssh_authorized_keys: [...sshKeys] }),
        // Who has no password cannot type one.
        ...((hasKeys || passwordHash !== undefined) && {
          sudo: passwordHash === undefined ? 'ALL=(ALL) NOPASSWD:ALL' : 'ALL=(ALL) ALL',
        }),
      },
    ],
    disable_root: true,
    ssh_pwauth: false,
    package_update: true,
    packages: ['nodejs', 'npm'],
    write_files: [{ path: firstBoot, permissions: '0755', content: firstBootScript(options) }],
    runcmd: [...(hasKeys ? [['systemctl', 'enable', '--now', 'ssh']] : []), [firstBoot]],
  });
}

/**
 * The network of the Pi, which comes before everything in {@link userData}.
 * @see https://netplan.readthedocs.io/en/stable/netplan-yaml/
 */
export function networkConfig({ ssid, country, psk }: WifiOptions): string {
  return cloudFile('# Read by cloud-init at the first start.', {
    version: 2,
    ethernets: { eth0: { dhcp4: true, optional: true } },
    wifis: {
      wlan0: {
        dhcp4: true,
        optional: true,
        'regulatory-domain': country,
        'access-points': { [ssid]: { password: psk } },
      },
    },
  });
}

/** YAML 1.1 is what cloud-init reads: there, `no` would be false. */
function cloudFile(head: string, content: unknown): string {
  const text = stringify(content, { version: '1.1', lineWidth: 0, singleQuote: false });
  return `${head}\n${text}`;
}

/** Run again with sudo, it goes on where something was in its way. */
function firstBootScript({ user, channel }: PiOptions): string {
  const named = channel === undefined ? '' : ` --channel ${channel.replace('#', '')}`;
  return `#!/bin/sh
# Brings the bot to this Pi, and has systemd run it. Whatever is there already stays.
set -eu
user=${user}
home=$(getent passwd "$user" | cut -d: -f6)
folder=$home/bot
archive=/boot/firmware/${archiveName}

as_user() { runuser -u "$user" -- env HOME="$home" "$@"; }

as_user mkdir -p "$folder"
cd "$folder"
if [ -e "$archive" ]; then
  as_user tar -xz --exclude=pertybot-backup.json < "$archive"
  # It may hold secrets, and everybody reads what is on that partition.
  rm -f "$archive"
elif [ ! -e plugins.yaml ]; then
  as_user npx --yes pertybot init . --yes${named}
fi
[ -e node_modules/pertybot ] || as_user npm install --no-audit --no-fund
if as_user npx --no -- pertybot check; then
  npx --no -- pertybot service install
else
  echo "Mend what is said above in $folder, then: sudo npx pertybot service install"
fi
`;
}
