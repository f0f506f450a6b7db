import type { AsyncUndo } from '@pertybot/core';
import { type AuditedOutput, PinAudit, type PinAuditParts } from './pin-audit.js';

/** Whoever tells of each change of its outputs. */
export interface Audited {
  onChange: ((output: AuditedOutput) => void) | undefined;
}

/** Keeps the audit of a guard's outputs, until the returned undo is called or the process ends. */
export function keepPinAudit(guard: Audited, parts: PinAuditParts): AsyncUndo {
  const audit = new PinAudit(parts);
  guard.onChange = (output) => audit.record(output);
  const atExit = () => audit.stopNow();
  process.on('exit', atExit);
  return async () => {
    guard.onChange = undefined;
    await audit.stop();
    process.off('exit', atExit);
  };
}
