import { readFileSync, writeFileSync } from 'node:fs';
import type { Level } from '../../src/drivers/gpio-driver.js';

/** A change of a pin, as the kernel saw it. */
export interface PinEvent {
  /** Milliseconds on the clock that {@link kernelTime} reads. */
  readonly time: number;
  readonly offset: number;
  /** The level at the pin from then on. */
  readonly level: Level;
  /** `output`, `write`, `input`, `free`, `pull`, or `fail:EIO` and the like. */
  readonly what: string;
  readonly process: string;
}

/** Milliseconds now on the kernel's clock that never jumps. */
export function kernelTime(): number {
  return Number(process.hrtime.bigint() / 1_000n) / 1_000;
}

/** Every change of these pins of the header since a time. */
export function pinEvents(offsets: readonly number[], since = 0): readonly PinEvent[] {
  return readLog()
    .filter(({ chip }) => chip.startsWith('pinctrl-'))
    .map(({ line, level, ...event }): PinEvent => {
      return { ...event, offset: line, level: level === '1' ? 1 : 0 };
    })
    .filter(({ offset, time }) => offsets.includes(offset) && time >= since);
}

/** Every change of a PWM channel since a time; level `0` is off, else it is pulse/period. */
export function pwmEvents(channel: number, since = 0): readonly LogEntry[] {
  return readLog().filter(
    ({ chip, line, time }) => chip === 'pwm-sim' && line === channel && time >= since,
  );
}

/** What the PWM channel puts out: `0`, or nanoseconds pulse/period. */
export function pwmLevel(channel: number): string {
  return readFileSync(`${folder('PWM_SIM')}/sim_pwm${channel}/value`, 'utf8').trim();
}

/** What a change that is made to fail says; `silent` says nothing, and does nothing. */
export type WriteFault = 'EIO' | 'ENODEV' | 'EBADF' | 'silent';

/** Lets the next changes of a pin fail; -1: all of them, 0: none any more. */
export function failPin(offset: number, count: number, fault: WriteFault = 'EIO'): void {
  writeFileSync(`${folder('GPIO_SIM')}/sim_gpio${offset}/fail`, `${count} ${fault}`);
}

/** Lets the next changes of a PWM channel fail; -1: all of them, 0: none any more. */
export function failPwm(channel: number, count: number, fault: WriteFault = 'EIO'): void {
  writeFileSync(`${folder('PWM_SIM')}/sim_pwm${channel}/fail`, `${count} ${fault}`);
}

interface LogEntry {
  readonly time: number;
  readonly chip: string;
  readonly line: number;
  readonly level: string;
  readonly what: string;
  readonly process: string;
}

function readLog(): readonly LogEntry[] {
  const lines = readFileSync(folder('GPIO_LOG'), 'utf8').split('\n');
  return lines.filter(Boolean).map((text) => {
    const [time, chip = '', line, level = '', what = '', _pid, ...comm] = text.split(' ');
    const place = { chip, line: Number(line), level, what };
    return { time: Number(time) * 1_000, ...place, process: comm.join(' ') };
  });
}

function folder(variable: string): string {
  const path = process.env[variable];
  if (!path) throw new Error('These tests need the kernel of tools/gpio-vm.sh.');
  return path;
}
