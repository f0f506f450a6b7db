import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { driveAt } from './header-bench.js';
import { failPin, failPwm } from './kernel-log.js';

const gpio = '/sys/class/gpio';
const pwm = '/sys/class/pwm/pwmchip0';
const pins = Array.from({ length: 26 }, (_, index) => index + 2);
const channels = [0, 1, 2, 3];

/** Makes the header as it is at power-on, whatever dead programs left: inputs, pulled down. */
export function restHeader(): void {
  const { GPIO_BASE: base, GPIO_PERSIST: persist } = process.env;
  if (!base || !persist) throw new Error('These tests need the kernel of tools/gpio-vm.sh.');
  for (const name of readdirSync(gpio)) {
    if (/^gpio\d+$/.test(name)) writeFileSync(`${gpio}/unexport`, name.replace('gpio', ''));
  }
  writeFileSync(persist, 'N');
  for (const pin of pins) {
    failPin(pin, 0);
    driveAt(pin, 0);
    // A line that is given back while nothing persists becomes an input.
    for (const file of ['export', 'unexport']) writeFileSync(`${gpio}/${file}`, `${+base + pin}`);
  }
  writeFileSync(persist, 'Y');
  for (const channel of channels) {
    failPwm(channel, 0);
    if (!existsSync(`${pwm}/pwm${channel}`)) writeFileSync(`${pwm}/export`, `${channel}`);
    writeFileSync(`${pwm}/pwm${channel}/enable`, '0');
    writeFileSync(`${pwm}/unexport`, `${channel}`);
  }
}
