// biome-ignore-all assist/source/organizeImports: grouped by who needs it

// The entry of plugins.yaml
export { gpioPlugin as default } from './gpio-plugin.js';

// For plugins that use pins
export {
  Gpio,
  type Input,
  type InputInfo,
  type InputPinOptions,
  type OnOptions,
  type Output,
  type OutputInfo,
  type OutputOptions,
  type PinEvent,
  type PwmOptions,
} from './gpio.js';
export type { DutyCycleOption, LimitOptions } from './guard/limits/limits.js';
export type { DriverName, Level, Pull } from './drivers/gpio-driver.js';
export { header, type Pin, parsePin, pinName } from './pin-name.js';

// For plugins that drive gadgets
export { type BroughtKind, Gadgets } from './gadgets/gadgets.js';
export type { Gadget, GadgetEvent, Performed, VerbInfo } from './gadgets/gadget.js';

// For plugins that bring a kind of gadget
export {
  type Device,
  defineGadget,
  type GadgetContext,
  type GadgetKind,
} from './gadgets/gadget-kind.js';
export {
  type Ongoing,
  type TypedVerb,
  type Verb,
  type VerbCall,
  type VerbResult,
  verb,
} from './gadgets/verbs/verb.js';
export { amount, choice, count, time, type VerbValue } from './gadgets/verbs/verb-value.js';
export { type Pattern, playPattern, repeated } from './gadgets/verbs/play-pattern.js';
export { switchVerbs } from './gadgets/kinds/switch-verbs.js';
export { limitEntries, limitsOf, outputEntries } from './gadgets/config/limit-entries.js';

// Errors
export { GpioError, type GpioErrorCode } from './gpio-error.js';
export { GadgetError, type GadgetErrorCode } from './gadgets/gadget-error.js';

// For tests
export { type BoardChange, SimulatedBoard } from './drivers/simulated-board.js';

// Of no use to a plugin: for the program that runs a bot, to plan, check and explain what it would do
export { editorConfigSchema, type GpioConfig, gpioConfigSchema } from './gpio-config.js';
export type { ForeignKinds } from './gadgets/config/gadget-config.js';
export { type GadgetPlan, type PlannedGadget, planGadgets } from './plan-gadgets.js';
export { type GadgetFault, gadgetFaults } from './gadgets/config/gadget-faults.js';
export {
  type CommandReach,
  type OutputReach,
  type ReachedParts,
  reachOfCommands,
} from './reach/command-reach.js';
export { type PricedReward, type RewardReach, reachOfRewards } from './reach/reward-reach.js';
export {
  type Death,
  deaths,
  notProvable,
  type OffBound,
  offWithin,
  type RemoteOutput,
  remoteWorstCases,
  type WorstCase,
  type WorstCaseSettings,
  worstCases,
} from './reach/worst-case.js';
export {
  describeLevels,
  type LevelAt,
  levelsOf,
  type OutputLevels,
} from './guard/levels/output-levels.js';
export { type LevelsHere, outputLevels } from './guard/levels/output-levels-here.js';
export { levelWarnings, type ReleasePolicy } from './guard/levels/level-warnings.js';

// The same, to stop everything, and to see what was left on and by whom
export { EstopLatch, type EstopRecord } from './guard/estop/estop-latch.js';
export { outlivesPlugin } from './guard/process-exit.js';
export { askGuardian } from './guardian/ask-guardian.js';
export { type MakePinsSafeOptions, makePinsSafe, type SafePin } from './guardian/make-pins-safe.js';
export { type OutputsToStop, outputsToStop, pinsLeftOn } from './guardian/outputs-to-stop.js';
export { PinsFile } from './guardian/pins-file.js';
export { setConfiguredPins } from './guardian/set-configured-pins.js';
export { type StopPinsOptions, type StoppedPin, stopPins } from './guardian/stop-pins.js';
export { switchOffLeft } from './guardian/switch-off-left.js';
export { OwnLines } from './drivers/own-lines.js';
export { describeActor } from './audit/actor.js';
export type { PinUse } from './audit/pin-use.js';
export { readPinAudit, type ToldPinUse } from './audit/read-audit.js';
