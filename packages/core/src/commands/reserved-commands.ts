/** Names that belong to the stops alone, whatever the file and the plugins say. */
export const reservedCommands: readonly string[] = ['estop', 'stop'];

/** Whether chat would take `name` for one of the {@link reservedCommands}. */
export function isReservedCommand(name: string): boolean {
  return reservedCommands.includes(name.toLowerCase());
}

/** Why a {@link reservedCommands | reserved word} cannot be had, for a message. */
export const reservedReason = 'is reserved for stopping everything';
