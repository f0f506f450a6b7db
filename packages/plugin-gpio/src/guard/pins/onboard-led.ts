import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { errorCodeOf } from '@pertybot/core';
import type { DriverName, Level, LineHandle, OutputLine } from '../../drivers/gpio-driver.js';
import { GpioError } from '../../gpio-error.js';

/** Where Linux shows LEDs. Source: kernel documentation, "LED handling under Linux". */
const ledFolder = '/sys/class/leds';

/** Names of the green LED: `ACT` on current kernels, `led0` on older ones. */
const names = ['ACT', 'led0'];

/**
 * Takes the Raspberry Pi's own LED from the kernel, which shows the SD card's activity with it, until
 * it is released. On the simulated board it is one in memory.
 * @throws GpioError GPIO_UNSUPPORTED where there is none, GPIO_NO_ACCESS
 */
export async function claimOnboardLed(
  driver: DriverName,
  initial: Level,
  folder = ledFolder,
): Promise<OutputLine> {
  if (driver === 'simulated') return new MemoryLed(initial);
  for (const name of names) {
    const led = claimSysfsLed(path.join(folder, name), initial);
    if (led) return led;
  }
  throw new GpioError('GPIO_UNSUPPORTED', `There is no onboard LED in "${folder}".`, {
    hint: 'Use a light at a pin instead.',
  });
}

/** @returns undefined when there is no such LED */
function claimSysfsLed(led: string, initial: Level): OutputLine | undefined {
  const trigger = path.join(led, 'trigger');
  try {
    const before = /\[(\S+)\]/.exec(readFileSync(trigger, 'utf8'))?.[1] ?? 'none';
    writeFileSync(trigger, 'none');
    const line = new SysfsLed(led, before);
    line.write(initial);
    return line;
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return undefined;
    throw new GpioError('GPIO_NO_ACCESS', `The onboard LED "${led}" cannot be written.`, {
      hint: 'Allow it with a udev rule for the subsystem "leds", or run the bot as root.',
      cause: error,
    });
  }
}

/** It is no line of the header. */
const noOffset = -1;

class SysfsLed implements OutputLine {
  readonly offset = noOffset;
  private level: Level = 0;
  private released = false;

  get handle(): LineHandle {
    return { kind: 'led', valueFile: path.join(this.led, 'brightness') };
  }

  /** @param trigger what the kernel showed with it before */
  constructor(
    private readonly led: string,
    private readonly trigger: string,
  ) {}

  write(level: Level): void {
    writeFileSync(path.join(this.led, 'brightness'), String(level));
    this.level = level;
  }

  read(): Level {
    return this.level;
  }

  release(safe: Level): void {
    if (this.released) return;
    this.released = true;
    try {
      this.write(safe);
      writeFileSync(path.join(this.led, 'trigger'), this.trigger);
    } catch {
      // Releasing never fails: an LED that went away needs nothing more.
    }
  }
}

class MemoryLed implements OutputLine {
  readonly offset = noOffset;

  constructor(private level: Level) {}

  write(level: Level): void {
    this.level = level;
  }

  read(): Level {
    return this.level;
  }

  release(safe: Level): void {
    this.level = safe;
  }
}
