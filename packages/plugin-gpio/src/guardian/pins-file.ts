import { readFileSync, rmSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { errorCodeOf, v } from '@pertybot/core';
import { writeFileAtomicallySync } from '@pertybot/core/host';
import type { Level } from '../drivers/gpio-driver.js';
import type { ProcessIdentity } from './process-identity.js';
import type { RealOutput } from './shift.js';

const level = v.picklist([0, 1]);

const chardevPin = v.object({
  driver: v.literal('chardev'),
  /** `/dev/gpiochip0` */
  chip: v.string(),
  offset: v.number(),
  safe: level,
});

const fileEntries = {
  /** `/sys/class/gpio/gpio586/value`, `/sys/class/pwm/pwmchip0/pwm2/enable`, `/sys/class/leds/ACT/brightness` */
  valueFile: v.string(),
  offset: v.number(),
  safe: level,
};

const filePins = (['onoff', 'pwm', 'led'] as const).map((driver) =>
  v.object({ driver: v.literal(driver), ...fileEntries }),
);

const guardian = v.object({ pid: v.number(), started: v.string() });

const contents = v.object({
  guardian: v.optional(guardian),
  pins: v.array(v.variant('driver', [chardevPin, ...filePins])),
});

/** An output of the bot, as `pins.json` remembers it. */
export type RecordedPin = v.InferOutput<typeof contents>['pins'][number];

/** What `pins.json` says: the outputs that a bot holds, and the process that guards them. */
export interface RecordedPins {
  readonly guardian?: ProcessIdentity | undefined;
  readonly pins: readonly (RecordedPin & { readonly safe: Level })[];
}

/** What became of the list: absent after a clean stop, unreadable when something has damaged it. */
export type PinsFileState = 'read' | 'absent' | 'unreadable';

/**
 * The file that says what to make safe when both the bot and its guardian have died. Each write
 * replaces it as a whole.
 */
export class PinsFile {
  /** @param path `.pertybot/pins.json` */
  constructor(readonly path: string) {}

  /** What was written last; no pins when the file is absent or not readable as such. */
  read(): RecordedPins & { readonly state: PinsFileState } {
    try {
      return { state: 'read', ...v.parse(contents, JSON.parse(readFileSync(this.path, 'utf8'))) };
    } catch (error) {
      return { state: errorCodeOf(error) === 'ENOENT' ? 'absent' : 'unreadable', pins: [] };
    }
  }

  write(recorded: RecordedPins): void {
    writeFileAtomicallySync(this.path, `${JSON.stringify(recorded, null, 2)}\n`);
  }

  remove(): void {
    rmSync(this.path, { force: true });
  }
}

/** `GPIO17` or `ACT`. */
export function nameOfPin(pin: RecordedPin): string {
  return pin.driver === 'led' ? basename(dirname(pin.valueFile)) : `GPIO${pin.offset}`;
}

/** The outputs as `pins.json` remembers them. */
export function toRecordedPins(outputs: readonly RealOutput[]): readonly RecordedPin[] {
  return outputs.map(({ offset, handle, safe }) => {
    if (handle.kind === 'chardev') return { driver: 'chardev', chip: handle.chip, offset, safe };
    const driver = handle.kind === 'sysfs' ? 'onoff' : handle.kind;
    return { driver, valueFile: handle.valueFile, offset, safe };
  });
}
