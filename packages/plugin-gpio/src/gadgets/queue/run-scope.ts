import { AsyncLocalStorage } from 'node:async_hooks';

/** The signal of the verb that runs. */
const scope = new AsyncLocalStorage<AbortSignal>();

/** Runs a verb's work so that whatever it leaves behind is known to be over once `signal` has fired. */
export function runWithin<Result>(signal: AbortSignal, work: () => Result): Result {
  return scope.run(signal, work);
}

/** Whether what asks belongs to a verb that was ended, and only does not know it. */
export function isOver(): boolean {
  return scope.getStore()?.aborted ?? false;
}
