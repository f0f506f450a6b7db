import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readBotFileText } from '@pertybot/core/host';
import { ownFile } from '../bot-folder/own-package.js';
import { writeFileWhole } from '../bot-folder/write-files.js';
import { CliError } from '../terminal/cli-error.js';
import type { Style } from '../terminal/style.js';
import type { ServiceHost, ServiceScope } from './service-host.js';
import { serviceUnit } from './service-unit.js';

const mainFile = ownFile('bin/run.js');

/** A bot as a service of systemd: where its unit is, and what can be done with it. */
export class BotService {
  /** Name of the unit, such as `pertybot-my-bot.service`. */
  readonly unit: string;

  constructor(
    private readonly folder: string,
    readonly scope: ServiceScope,
    private readonly host: ServiceHost,
  ) {
    const slug = basename(folder)
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '');
    this.unit = `pertybot-${slug || 'bot'}.service`;
  }

  /** Path of the unit file. */
  get file(): string {
    return join(this.host.unitFolder(this.scope), this.unit);
  }

  get isInstalled(): boolean {
    return existsSync(this.file);
  }

  /**
   * The text of the unit.
   * @throws ConfigError when the folder has no plugins.yaml
   */
  async unitText(): Promise<string> {
    const { folder, host } = this;
    await readBotFileText(folder);
    // In a unit a backslash joins the next line to its own, and a blank at the end is none.
    if (/\p{Cc}|[\s\\]$/u.test(folder)) {
      const message =
        'The path of the folder has a control character, or ends in a blank or backslash.';
      throw new CliError('CLI_SERVICE_FAILED', message, { hint: 'Rename the folder.' });
    }
    return serviceUnit({
      folder,
      program: [process.execPath, mainFile],
      user: this.scope === 'user' ? undefined : await host.userName((await stat(folder)).uid),
      notifies: host.canNotify,
      version: await host.version(),
    });
  }

  /**
   * Writes the unit, and starts it now and with the machine.
   * @throws CliError CLI_NO_SYSTEMD, CLI_SERVICE_FAILED
   */
  async install(): Promise<void> {
    this.requireSystemd();
    const text = await this.unitText();
    this.requireRights('install');
    await this.refuseOther();
    await mkdir(this.host.unitFolder(this.scope), { recursive: true });
    await writeFileWhole(this.file, text);
    await this.systemctl('daemon-reload');
    await this.systemctl('enable', this.unit);
    // An earlier one goes on with the new unit.
    await this.systemctl('restart', this.unit);
  }

  /** @throws CliError CLI_NO_SYSTEMD, CLI_SERVICE_MISSING, CLI_SERVICE_FAILED */
  async uninstall(): Promise<void> {
    this.requireInstalled();
    this.requireRights('uninstall');
    await this.systemctl('disable', '--now', this.unit);
    // Its folder in /var/cache. Where there is none that is an error, and what stayed would harm nobody.
    if (this.scope === 'system') {
      await this.systemctl('clean', '--what=cache', this.unit).catch(() => {});
    }
    await rm(this.file, { force: true });
    await this.systemctl('daemon-reload');
  }

  /** @throws CliError CLI_NO_SYSTEMD, CLI_SERVICE_MISSING, CLI_SERVICE_FAILED */
  async control(verb: 'start' | 'stop'): Promise<void> {
    this.requireInstalled();
    await this.systemctl(verb, this.unit);
  }

  /** Properties of the unit, by systemd's names. */
  async show(names: readonly string[]): Promise<Readonly<Record<string, string>>> {
    this.requireInstalled();
    const text = await this.systemctl('show', this.unit, `--property=${names.join(',')}`);
    const pairs = text.split('\n').map((line) => {
      const at = line.indexOf('=');
      return [line.slice(0, at), line.slice(at + 1)] as const;
    });
    return Object.fromEntries(pairs.filter(([name]) => name !== ''));
  }

  /** @throws CliError CLI_NO_SYSTEMD, CLI_SERVICE_MISSING */
  requireInstalled(): void {
    this.requireSystemd();
    if (this.isInstalled) return;
    throw new CliError('CLI_SERVICE_MISSING', `The bot in "${this.folder}" is no service yet.`, {
      hint: 'Make it one: pertybot service install',
    });
  }

  private requireSystemd(): void {
    if (this.host.isBooted) return;
    throw new CliError('CLI_NO_SYSTEMD', 'This machine does not run systemd.', {
      hint: 'Have whatever starts programs on this machine run: pertybot start',
    });
  }

  private requireRights(verb: string): void {
    if (this.scope === 'user' || this.host.isRoot) return;
    const command = `sudo "${process.execPath}" "${mainFile}" service ${verb} --dir "${this.folder}"`;
    throw new CliError('CLI_SERVICE_FAILED', 'Only root may change the services of the machine.', {
      hint: `Run: ${command}`,
    });
  }

  /** Two folders of one name would share a unit. */
  private async refuseOther(): Promise<void> {
    const text = await readFile(this.file, 'utf8').catch(() => undefined);
    const other = text && /^WorkingDirectory=(.*)$/m.exec(text)?.[1]?.replaceAll('%%', '%');
    if (!other || other === this.folder) return;
    throw new CliError('CLI_SERVICE_FAILED', `"${this.unit}" already runs the bot in "${other}".`, {
      hint: 'Uninstall that one, or rename one of the folders.',
    });
  }

  private systemctl(...words: string[]): Promise<string> {
    return this.host.systemctl(this.scope, words);
  }
}

/** The service of a bot: the user's own where it is wanted, or is the only one there. */
export function findService(folder: string, host: ServiceHost, isUser: boolean): BotService {
  const system = new BotService(folder, 'system', host);
  const user = new BotService(folder, 'user', host);
  return isUser || (!system.isInstalled && user.isInstalled) ? user : system;
}

/** How a service does, in systemd's words. */
export interface ServiceStatus {
  readonly unit: string;
  readonly scope: 'system' | 'user';
  /** Such as `active`, `activating` or `failed`. */
  readonly state: string;
  /** Such as `running` or `auto-restart`. */
  readonly detail: string;
  /** Of the bot; null while none runs. */
  readonly pid: number | null;
  /** How often it was restarted after a failure. */
  readonly restarts: number;
  /** Whether it starts with the machine. */
  readonly enabled: boolean;
}

/** Asks systemd. @throws CliError CLI_NO_SYSTEMD, CLI_SERVICE_MISSING, CLI_SERVICE_FAILED */
export async function readServiceStatus(service: BotService): Promise<ServiceStatus> {
  const names = ['ActiveState', 'SubState', 'MainPID', 'NRestarts', 'UnitFileState'];
  const { ActiveState, SubState, MainPID, NRestarts, UnitFileState } = await service.show(names);
  if (ActiveState === undefined) {
    throw new CliError('CLI_SERVICE_FAILED', 'systemctl gave an answer that makes no sense.');
  }
  return {
    unit: service.unit,
    scope: service.scope,
    state: ActiveState,
    detail: SubState ?? '',
    pid: Number(MainPID ?? 0) || null,
    restarts: Number(NRestarts ?? 0),
    enabled: UnitFileState === 'enabled',
  };
}

/** The status for people. */
export function formatServiceStatus(status: ServiceStatus, style: Style): string {
  const { unit, state, detail, pid, restarts, enabled } = status;
  const paint = state === 'active' ? style.green : state === 'failed' ? style.red : style.yellow;
  const times = restarts === 1 ? 'once' : `${restarts} times`;
  return [
    `${style.bold(unit)} is ${paint(state)} (${detail})${pid === null ? '' : `, process ${pid}`}`,
    enabled ? 'It starts with the machine.' : 'It does not start with the machine.',
    ...(restarts === 0 ? [] : [style.yellow(`It failed and was restarted ${times}.`)]),
  ].join('\n');
}
