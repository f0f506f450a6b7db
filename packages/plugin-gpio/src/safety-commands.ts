import type { PluginContext } from '@pertybot/core';
import type { Gadgets } from './gadgets/gadgets.js';
import type { EmergencyStop } from './guard/emergency-stop.js';

/** What the commands for moderators act on. */
export interface SafetyParts {
  readonly emergencyStop: EmergencyStop;
  readonly gadgets: Gadgets;
}

/** Registers `!estop` and `!stop`. */
export function registerSafetyCommands(
  command: PluginContext['command'],
  { emergencyStop, gadgets }: SafetyParts,
): void {
  command(
    'estop',
    { about: 'Switches everything off, until the owner releases it', allow: 'moderator' },
    async ({ user, reply }) => {
      emergencyStop.engage(`@${user.login} in chat`);
      await reply('Emergency stop: everything is off until the owner releases it.');
    },
  );
  command(
    'stop',
    { about: 'Ends what the gadgets do and empties their queues', allow: 'moderator' },
    async ({ reply }) => {
      await gadgets.stop();
      await reply('Stopped.');
    },
  );
}
