/** What a unit file is made of. */
export interface ServiceUnitOptions {
  /** Folder of the bot. */
  readonly folder: string;
  /** Node and the program's main file. */
  readonly program: readonly string[];
  /** Owner of the folder, for a system unit; undefined makes a unit of the user's own systemd. */
  readonly user: string | undefined;
  /** Whether systemd-notify is there, by which the bot says that it lives. */
  readonly notifies: boolean;
  /** Of systemd, such as 252. */
  readonly version: number;
}

/** First systemd that lets the delay between restarts grow (its NEWS, version 254). */
const growingDelaySince = 254;

/**
 * The text of the unit that runs a bot.
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html
 */
export function serviceUnit(options: ServiceUnitOptions): string {
  const { folder, user } = options;
  const isSystem = user !== undefined;
  return [
    '# Written by pertybot service install, which writes it anew each time.',
    '# Changes of your own belong into a drop-in: systemctl edit.',
    '[Unit]',
    `Description=PertyBot in ${toValue(folder)}`,
    ...(isSystem ? ['Wants=network-online.target', 'After=network-online.target'] : []),
    'StartLimitIntervalSec=0',
    '',
    '[Service]',
    ...lifeLines(options),
    ...(isSystem ? guardLines(folder, user) : ['NoNewPrivileges=yes']),
    '',
    '[Install]',
    `WantedBy=${isSystem ? 'multi-user.target' : 'default.target'}`,
    '',
  ].join('\n');
}

function lifeLines({ folder, program, notifies, version }: ServiceUnitOptions): readonly string[] {
  const command = (...words: string[]) => [...program, ...words, '--dir', folder].map(toWord);
  return [
    ...(notifies
      ? ['Type=notify', 'NotifyAccess=all', 'WatchdogSec=30']
      : [
          '# Without systemd-notify the bot cannot say that it lives: there is no watchdog.',
          'Type=exec',
        ]),
    `WorkingDirectory=${toValue(folder)}`,
    'Environment=PERTYBOT_SERVICE=%n',
    `ExecStart=${command('start').join(' ')}`,
    '# What the bot left on when it died goes off.',
    `ExecStopPost=${command('estop', '--dead-bot').join(' ')}`,
    '# Nobody pays points to a bot that does not run; without a network that must not fail the service.',
    `ExecStopPost=-${command('rewards', '--dead-bot').join(' ')}`,
    'Restart=on-failure',
    ...(version >= growingDelaySince
      ? ['RestartSec=1', 'RestartSteps=8', 'RestartMaxDelaySec=5min']
      : ['# systemd 254 and newer let this delay grow.', 'RestartSec=15']),
    'TimeoutStopSec=15',
    'KillMode=control-group',
  ];
}

function guardLines(folder: string, user: string): readonly string[] {
  return [
    `User=${user}`,
    'NoNewPrivileges=yes',
    'ProtectSystem=strict',
    `ReadWritePaths=${quote(toValue(folder))}`,
    '# For the control socket where the path of the folder is too long for one.',
    'RuntimeDirectory=%N',
    'RuntimeDirectoryMode=0700',
    'Environment=XDG_RUNTIME_DIR=%t/%N',
    '# For what Node keeps of what it compiled.',
    'CacheDirectory=%N',
    'CacheDirectoryMode=0700',
    'Environment=XDG_CACHE_HOME=%C/%N',
    '# /sys stays writable: onoff, hardware PWM and the board’s LED are driven there.',
    'ProtectControlGroups=yes',
    'ProtectKernelModules=yes',
    'RestrictSUIDSGID=yes',
    'LockPersonality=yes',
    'DevicePolicy=closed',
    'DeviceAllow=char-gpiochip rw',
  ];
}

/** A word of a command line: quoted, and without meaning to systemd. */
function toWord(text: string): string {
  return quote(toValue(text).replaceAll('$', '$$$$'));
}

function quote(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

function toValue(text: string): string {
  return text.replaceAll('%', '%%');
}
