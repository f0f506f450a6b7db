import { readFileSync } from 'node:fs';

/** Which start of the machine this is; empty where the system does not say. */
export function readBoot(): string {
  return readText('/proc/sys/kernel/random/boot_id').trim();
}

/**
 * Seconds that the machine has been up, as a guardian counts them. The way from there to now is
 * monotonic: a machine that slept meanwhile makes it too early, which errs on the side of "it moved".
 */
export function uptimeClock(): () => number {
  const begun = performance.now();
  const uptime = Number.parseFloat(readText('/proc/uptime')) || 0;
  return () => uptime + (performance.now() - begun) / 1_000;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
