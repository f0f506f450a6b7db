import { execFile } from 'node:child_process';
import { access, readFile, statfs } from 'node:fs/promises';
import { freemem, release, totalmem } from 'node:os';
import { promisify } from 'node:util';
import type { Finding } from '@pertybot/core';
import { npmProgram } from '../plugins/npm.js';

const run = promisify(execFile);

/** Bytes below which a bot soon cannot write its state. */
const littleDisk = 200 * 1_048_576;

/** Bytes below which npm and a browser login get into trouble. */
const littleMemory = 80 * 1_048_576;

/** What the machine is, and whether a bot can live on it. */
export async function checkMachine(folder: string): Promise<readonly Finding[]> {
  const all = await Promise.all([
    checkNode(),
    checkNpm(),
    checkModel(),
    checkPower(),
    checkClock(),
    checkDisk(folder),
    checkMemory(),
    checkWatchdog(),
  ]);
  return all.flat();
}

function checkNode(): Finding {
  const message = `Node ${process.versions.node} on ${process.platform} ${process.arch}, kernel ${release()}.`;
  // Node's types leave this variable out.
  const armVersion: unknown = Reflect.get(process.config.variables, 'arm_version');
  if (process.arch !== 'arm' || String(armVersion) !== '6') {
    return { level: 'ok', subject: 'node', message };
  }
  const hint = 'Use a Raspberry Pi 2 or newer, or a Zero 2 W: Node is not made for ARMv6.';
  return { level: 'warning', subject: 'node', message, hint };
}

async function checkNpm(): Promise<Finding> {
  try {
    const [program, ...words] = npmProgram();
    const { stdout } = await run(program, [...words, '--version'], { timeout: 10_000 });
    return { level: 'ok', subject: 'npm', message: `npm ${stdout.trim()}.` };
  } catch {
    const message = 'npm was not found; plugins cannot be added.';
    return { level: 'warning', subject: 'npm', message, hint: 'Install npm; it belongs to Node.' };
  }
}

async function checkModel(): Promise<Finding> {
  const model = await readFile('/proc/device-tree/model', 'utf8').catch(() => undefined);
  const message = model ? `${model.replaceAll('\0', '')}.` : 'This is no Raspberry Pi.';
  return { level: 'info', subject: 'model', message };
}

/** Bits of `vcgencmd get_throttled`. Source: Raspberry Pi documentation, "vcgencmd". */
const throttled: readonly (readonly [bit: number, what: string])[] = [
  [0, 'the voltage is too low now'],
  [2, 'it is throttled now'],
  [3, 'it is close to its temperature limit now'],
  [16, 'the voltage was too low since it was switched on'],
];

async function checkPower(): Promise<readonly Finding[]> {
  const answer = await run('vcgencmd', ['get_throttled'], { timeout: 5_000 }).catch(
    () => undefined,
  );
  const bits = Number(/throttled=(0x[0-9a-f]+)/i.exec(answer?.stdout ?? '')?.[1]);
  if (Number.isNaN(bits)) return [];
  const troubles = throttled.filter(([bit]) => (bits >> bit) & 1).map(([, what]) => what);
  if (troubles.length === 0) return [{ level: 'ok', subject: 'power', message: 'Power is fine.' }];
  const hint = 'Use the power supply that is made for this model, and a short cable.';
  return [{ level: 'warning', subject: 'power', message: `Power: ${troubles.join('; ')}.`, hint }];
}

async function checkClock(): Promise<readonly Finding[]> {
  const words = ['show', '--property=NTPSynchronized', '--value'];
  const answer = await run('timedatectl', words, { timeout: 5_000 }).catch(() => undefined);
  const synchronized = answer?.stdout.trim();
  if (synchronized === 'yes') {
    return [{ level: 'ok', subject: 'clock', message: 'The clock is synchronised.' }];
  }
  if (synchronized !== 'no') return [];
  const message = 'The clock is not synchronised; quiet hours stay closed until it is.';
  const hint = 'Run: sudo timedatectl set-ntp true';
  return [{ level: 'warning', subject: 'clock', message, hint }];
}

async function checkDisk(folder: string): Promise<readonly Finding[]> {
  const disk = await statfs(folder).catch(() => undefined);
  if (disk === undefined) return [];
  const free = disk.bavail * disk.bsize;
  const message = `${megabytes(free)} of disk are free.`;
  if (free > littleDisk) return [{ level: 'ok', subject: 'disk', message }];
  return [{ level: 'warning', subject: 'disk', message, hint: 'Make room on the disk.' }];
}

async function checkMemory(): Promise<Finding> {
  const info = await readFile('/proc/meminfo', 'utf8').catch(() => '');
  const available = Number(/^MemAvailable:\s+(\d+) kB/m.exec(info)?.[1] ?? freemem() / 1024) * 1024;
  const swap = Number(/^SwapTotal:\s+(\d+) kB/m.exec(info)?.[1] ?? 0) * 1024;
  const message = `${megabytes(available)} of ${megabytes(totalmem())} memory are available, ${megabytes(swap)} swap.`;
  if (available > littleMemory) return { level: 'ok', subject: 'memory', message };
  const hint = 'Stop other programs, or add swap: sudo dphys-swapfile setup.';
  return { level: 'warning', subject: 'memory', message, hint };
}

function megabytes(bytes: number): string {
  return bytes >= 1_073_741_824
    ? `${(bytes / 1_073_741_824).toFixed(1)} GB`
    : `${Math.round(bytes / 1_048_576)} MB`;
}

/** What {@link checkWatchdog} asks; replaced in tests. */
export interface WatchdogSurroundings {
  /** Whether the machine has a watchdog. It is not opened: that would start it. */
  readonly hasDevice: () => Promise<boolean>;
  /** What systemd says of its RuntimeWatchdogSec. */
  readonly askSystemd: () => Promise<string>;
}

const machine: WatchdogSurroundings = {
  hasDevice: async () => {
    const found = [access('/dev/watchdog'), access('/dev/watchdog0')];
    return Promise.any(found).then(
      () => true,
      () => false,
    );
  },
  askSystemd: async () => {
    const words = ['show', '--property=RuntimeWatchdogUSec', '--value'];
    return (await run('systemctl', words, { timeout: 5_000 })).stdout.trim();
  },
};

/**
 * Whether systemd has the hardware start a machine anew that hangs: neither bot nor guardian can switch
 * anything off then.
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd-system.conf.html
 */
export async function checkWatchdog({
  hasDevice,
  askSystemd,
}: WatchdogSurroundings = machine): Promise<readonly Finding[]> {
  if (!(await hasDevice())) return [];
  const time = await askSystemd().catch(() => '');
  if (time === '') return [];
  const subject = 'watchdog';
  if (time !== '0' && time !== 'infinity') {
    const message = `A machine that hangs is started anew after ${time}.`;
    return [{ level: 'ok', subject, message }];
  }
  const message = 'A machine that hangs keeps its outputs as they are: the watchdog is off.';
  const hint =
    'Write "[Manager]" and "RuntimeWatchdogSec=15" into /etc/systemd/system.conf.d/watchdog.conf, then restart the computer.';
  return [{ level: 'info', subject, message, hint }];
}
