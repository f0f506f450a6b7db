import type { OwnerStop } from '../contracts/emergency-stop.js';
import type { Logger } from '../contracts/logger.js';
import type { CommandOwner, CommandRegistry } from './command-registry.js';

/** What `!estop` and `!stop` stand on. */
export interface StopCommandsOptions {
  readonly commands: CommandRegistry;
  readonly stop: OwnerStop;
}

/** Adds `!estop` and `!stop`. They are there in every bot at any time, and shown where there is something to stop. */
export function addStopCommands(log: Logger, { commands, stop }: StopCommandsOptions): void {
  const { signal } = new AbortController();
  const isListed = () => stop.hasOutputs;
  const owner: CommandOwner = { id: 'core', log, signal, tuning: {}, isCore: true, isListed };
  const options = { allow: 'moderator', urgent: true } as const;
  commands.add(
    owner,
    'estop',
    { ...options, about: 'Switches everything off, until the owner releases it' },
    ({ user, reply }) => {
      stop.engage(`@${user.login} in chat`);
      return reply('Emergency stop: everything is off until the owner releases it.');
    },
  );
  commands.add(
    owner,
    'stop',
    { ...options, about: 'Ends whatever goes on and switches it off' },
    ({ reply }) => {
      stop.end();
      return reply('Stopped.');
    },
  );
}
