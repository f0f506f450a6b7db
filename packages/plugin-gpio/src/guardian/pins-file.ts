import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { v } from '@pertybot/core';
import type { Level } from '../drivers/gpio-driver.js';

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

const contents = v.object({
  guardian: v.optional(v.number()),
  pins: v.array(v.variant('driver', [chardevPin, ...filePins])),
});

/** An output of the bot, as `pins.json` remembers it. */
export type RecordedPin = v.InferOutput<typeof contents>['pins'][number];

/** What `pins.json` says: the outputs that a bot holds, and the process that guards them. */
export interface RecordedPins {
  readonly guardian?: number | undefined;
  readonly pins: readonly (RecordedPin & { readonly safe: Level })[];
}

/**
 * The file that says what to make safe when both the bot and its guardian have died. Each write
 * replaces it as a whole; where it does not exist there is nothing to do.
 */
export class PinsFile {
  /** @param path `.pertybot/pins.json` */
  constructor(readonly path: string) {}

  /** What was written last; no pins when the file is absent or not readable as such. */
  read(): RecordedPins {
    try {
      return v.parse(contents, JSON.parse(readFileSync(this.path, 'utf8')));
    } catch {
      return { pins: [] };
    }
  }

  write(recorded: RecordedPins): void {
    mkdirSync(dirname(this.path), { recursive: true });
    const next = `${this.path}.next`;
    writeFileSync(next, `${JSON.stringify(recorded, null, 2)}\n`);
    renameSync(next, this.path);
  }

  remove(): void {
    rmSync(this.path, { force: true });
  }
}
