import { CliError } from '../terminal/cli-error.js';
import type { Style } from '../terminal/style.js';
import type { BotService } from './bot-service.js';

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
