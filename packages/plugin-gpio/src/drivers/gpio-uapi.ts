import type { Level, Pull } from './gpio-driver.js';

/*
 * The structs of <linux/gpio.h>, uAPI v2 (Linux 5.10 and newer), as bytes. Their layout is the same
 * on 32 and 64 bits by design; every Raspberry Pi is little-endian.
 */

/** Numbers of the ioctls: direction, size and type are packed into them. */
export const gpioIoctl = {
  chipInfo: 0x8044b401,
  lineInfo: 0xc100b405,
  requestLine: 0xc250b407,
  getValues: 0xc010b40e,
  setValues: 0xc010b40f,
} as const;

const flag = {
  input: 1n << 2n,
  output: 1n << 3n,
  edgeRising: 1n << 4n,
  edgeFalling: 1n << 5n,
  pullUp: 1n << 8n,
  pullDown: 1n << 9n,
  pullNone: 1n << 10n,
} as const;

const pullFlag: Readonly<Record<Pull, bigint>> = {
  up: flag.pullUp,
  down: flag.pullDown,
  none: flag.pullNone,
};

/** `id` of a gpio_v2_line_attribute. */
const attribute = { outputValues: 2, debounce: 3 } as const;

/** Bytes of one struct gpio_v2_line_event. */
export const eventSize = 48;

/** What a struct gpiochip_info says. */
export interface ChipInfo {
  /** `gpiochip0` */
  readonly name: string;
  /** `pinctrl-rp1` */
  readonly label: string;
  /** How many lines it has. */
  readonly lines: number;
}

/** An empty struct gpiochip_info. */
export function newChipInfo(): Buffer {
  return Buffer.alloc(68);
}

/** Reads a filled struct gpiochip_info. */
export function toChipInfo(info: Buffer): ChipInfo {
  return { name: text(info, 0), label: text(info, 32), lines: info.readUInt32LE(64) };
}

/** A struct gpio_v2_line_info that asks about one line. */
export function newLineInfo(offset: number): Buffer {
  const info = Buffer.alloc(256);
  info.writeUInt32LE(offset, 64);
  return info;
}

/** Who uses the line of a filled struct gpio_v2_line_info; empty when nobody said. */
export function toConsumer(info: Buffer): string {
  return text(info, 32);
}

/** A struct gpio_v2_line_request that leaves the line as it is, to look at its level. */
export function newLineRequest(offset: number, consumer: string): Buffer {
  return newRequest(offset, consumer, 0n);
}

/** A struct gpio_v2_line_request for an output that starts at `initial`. */
export function newOutputRequest(offset: number, consumer: string, initial: Level): Buffer {
  const request = newRequest(offset, consumer, flag.output);
  writeAttribute(request, attribute.outputValues, BigInt(initial));
  return request;
}

/**
 * A struct gpio_v2_line_request for an input that tells both edges.
 * @param debounce milliseconds; 0 for none
 */
export function newInputRequest(
  offset: number,
  consumer: string,
  options: { readonly pull: Pull; readonly debounce: number },
): Buffer {
  const flags = flag.input | flag.edgeRising | flag.edgeFalling | pullFlag[options.pull];
  const request = newRequest(offset, consumer, flags);
  const microseconds = Math.round(options.debounce * 1_000);
  if (microseconds > 0) writeAttribute(request, attribute.debounce, BigInt(microseconds));
  return request;
}

/** The file descriptor in a granted struct gpio_v2_line_request. */
export function toLineFd(request: Buffer): number {
  return request.readInt32LE(588);
}

/** A struct gpio_v2_line_values about the only line of a request. */
export function newLineValues(): Buffer {
  const values = Buffer.alloc(16);
  values.writeBigUInt64LE(1n, 8);
  return values;
}

/** An edge as the kernel tells it. */
export interface LineEvent {
  readonly level: Level;
  /** Nanoseconds of CLOCK_MONOTONIC. */
  readonly timestamp: bigint;
}

/** The events in what was read from a line's file descriptor. */
export function toLineEvents(bytes: Buffer): LineEvent[] {
  const events: LineEvent[] = [];
  for (let at = 0; at + eventSize <= bytes.length; at += eventSize) {
    const rising = bytes.readUInt32LE(at + 8) === 1;
    events.push({ level: rising ? 1 : 0, timestamp: bytes.readBigUInt64LE(at) });
  }
  return events;
}

function newRequest(offset: number, consumer: string, flags: bigint): Buffer {
  const request = Buffer.alloc(592);
  request.writeUInt32LE(offset, 0);
  request.write(consumer, 256, 31, 'utf8');
  request.writeBigUInt64LE(flags, 288);
  request.writeUInt32LE(1, 560);
  return request;
}

/** Fills the first attribute of a request, for its only line. */
function writeAttribute(request: Buffer, id: number, value: bigint): void {
  request.writeUInt32LE(1, 296);
  request.writeUInt32LE(id, 320);
  request.writeBigUInt64LE(value, 328);
  request.writeBigUInt64LE(1n, 336);
}

/** A C string in a field of 32 bytes. */
function text(bytes: Buffer, start: number): string {
  const field = bytes.subarray(start, start + 32);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? 32 : end);
}
