/** A level that a pin took, and when, milliseconds. */
export interface PinChange {
  readonly pin: number;
  readonly level: number;
  readonly at: number;
}

/** Milliseconds for which a pin stayed on, each time that it went on; in a moment, where one is named. */
export function timesOn(changes: readonly PinChange[], pin: number, moment?: number): number[] {
  const own = changes.filter((each) => each.pin === pin);
  return own.flatMap(({ level, at }, index) => {
    if (level === 0 || (moment !== undefined && at !== moment)) return [];
    const off = own.slice(index + 1).find((each) => each.level === 0);
    return [(off?.at ?? Number.POSITIVE_INFINITY) - at];
  });
}

/** Milliseconds from each time that one of two pins was on to the next that the other is; below 0 when both are. */
export function pausesBetween(changes: readonly PinChange[], one: number, other: number): number[] {
  const ons = changes.filter(({ pin, level }) => level === 1 && (pin === one || pin === other));
  return ons.slice(1).flatMap((next, index) => {
    const before = ons[index];
    if (before === undefined || before.pin === next.pin) return [];
    const off = changes
      .slice(changes.indexOf(before))
      .find(({ pin, level }) => level === 0 && pin === before.pin);
    return [next.at - (off?.at ?? Number.POSITIVE_INFINITY)];
  });
}
