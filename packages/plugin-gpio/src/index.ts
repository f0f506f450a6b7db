// For the program that shows what was switched
export { describeActor } from './audit/actor.js';
export type { PinUse } from './audit/pin-use.js';
export { readPinAudit, type ToldPinUse } from './audit/read-audit.js';
export type { DriverName, Level, Pull } from './drivers/gpio-driver.js';
export { OwnLines } from './drivers/own-lines.js';
export { type BoardChange, SimulatedBoard } from './drivers/simulated-board.js';
export type { Gadget, GadgetEvent, Performed, VerbInfo } from './gadgets/gadget.js';
// Errors
export { GadgetError, type GadgetErrorCode } from './gadgets/gadget-error.js';
export { type GadgetFault, gadgetFaults } from './gadgets/gadget-faults.js';
export {
  type Device,
  defineGadget,
  type GadgetContext,
  type GadgetKind,
} from './gadgets/gadget-kind.js';
// For authors of gadgets
export { Gadgets } from './gadgets/gadgets.js';
export { switchVerbs } from './gadgets/kinds/switch-verbs.js';
export { limitEntries, limitsOf, outputEntries } from './gadgets/limit-entries.js';
export { type Pattern, playPattern, repeated } from './gadgets/play-pattern.js';
export {
  type Ongoing,
  type TypedVerb,
  type Verb,
  type VerbCall,
  type VerbResult,
  verb,
} from './gadgets/verb.js';
export { amount, choice, count, time, type VerbValue } from './gadgets/verb-value.js';
// For authors of plugins
export {
  type DutyCycleOption,
  Gpio,
  type Input,
  type InputInfo,
  type InputPinOptions,
  type LimitOptions,
  type OnOptions,
  type Output,
  type OutputInfo,
  type OutputOptions,
  type PinEvent,
  type PwmOptions,
} from './gpio.js';
// For tests and programs that run a bot
export { type GpioConfig, gpioConfigSchema } from './gpio-config.js';
export { GpioError, type GpioErrorCode } from './gpio-error.js';
export { gpioPlugin as default } from './gpio-plugin.js';
// For the program that runs a bot
export { outlivesPlugin } from './guard/at-clean-exit.js';
export { EstopLatch, type EstopRecord } from './guard/estop-latch.js';
export { levelWarnings, type ReleasePolicy } from './guard/level-warnings.js';
export { makeAllSafe } from './guard/make-all-safe.js';
export {
  describeLevels,
  type LevelAt,
  levelsOf,
  type OutputLevels,
} from './guard/output-levels.js';
export { askGuardian } from './guardian/ask-guardian.js';
export { type ConfiguredOutput, configuredOutputs } from './guardian/configured-outputs.js';
export { type LocatedOutputs, locateOutputs } from './guardian/locate-outputs.js';
export { type MakePinsSafeOptions, makePinsSafe, type SafePin } from './guardian/make-pins-safe.js';
export { type OutputsToStop, outputsToStop } from './guardian/outputs-to-stop.js';
export { PinsFile } from './guardian/pins-file.js';
export { pinsLeftOn } from './guardian/pins-left-on.js';
export { setConfiguredPins } from './guardian/set-configured-pins.js';
export { type StopPinsOptions, type StoppedPin, stopPins } from './guardian/stop-pins.js';
export { type LevelsHere, outputLevels } from './output-levels-here.js';
export { header, type Pin, parsePin, pinName } from './pin-name.js';
export { type GadgetPlan, type PlannedGadget, planGadgets } from './plan-gadgets.js';
export {
  type CommandReach,
  type OutputReach,
  type ReachedParts,
  reachOfCommands,
} from './reach/command-reach.js';
