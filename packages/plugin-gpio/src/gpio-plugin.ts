import {
  BotFolders,
  BotStatus,
  Clock,
  type Container,
  definePlugin,
  EmergencyStop,
  Inbox,
  runFor,
  SharedGadgets,
  sleep,
} from '@pertybot/core';
import { othersStarted, reactingEvents } from '@pertybot/core/host';
import { guardBecause } from './audit/actor.js';
import { keepPinAudit } from './audit/pin-audit.js';
import { OwnLines } from './drivers/own-lines.js';
import { SimulatedBoard } from './drivers/simulated-board.js';
import { GadgetRegistry, Random } from './gadgets/build/gadget-registry.js';
import { wrongSteps } from './gadgets/config/wrong-steps.js';
import { Gadgets } from './gadgets/gadgets.js';
import { firstPartyKinds } from './gadgets/kinds/first-party.js';
import { listenToTriggers } from './gadgets/steps/event-triggers.js';
import { triggersOf } from './gadgets/steps/trigger-schema.js';
import { Gpio } from './gpio.js';
import { checkGpio } from './gpio-checks.js';
import { GpioConfig, gpioConfigSchema } from './gpio-config.js';
import { EstopLatch } from './guard/estop/estop-latch.js';
import { LatchedEmergencyStop } from './guard/estop/latched-emergency-stop.js';
import { GuardedGpio } from './guard/guarded-gpio.js';
import { keepHistories } from './guard/history/keep-histories.js';
import {
  ClockProbe,
  SyncedWallClock,
  systemdClockProbe,
  trustingClockProbe,
  WallClock,
} from './guard/limits/wall-clock.js';
import { PinGuard } from './guard/pin-guard.js';
import { requireKnownPlugins } from './guard/plugin-pins.js';
import { makeSafeAtExit } from './guard/process-exit.js';
import { watchChat } from './guard/watch-chat.js';
import { openWatchedDriver } from './open-watched-driver.js';
import { planGadgets } from './plan-gadgets.js';
import { refuseWith } from './refuse-with.js';
import { gpioReplies } from './replies.js';
import { shareGadgets } from './share-gadgets.js';
import { StoppablePins } from './stoppable-pins.js';

const chatIsAway = refuseWith('pin.chatLost', {});

/** Pins behind a guard, and the gadgets of plugins.yaml. */
/** How long other plugins may take to bring their kinds of gadgets, milliseconds. */
const kindPatience = 5_000;

export const gpioPlugin = definePlugin({
  name: 'gpio',
  about: 'Raspberry Pi pins and gadgets, behind a guard',
  config: gpioConfigSchema,
  needs: { emergencyStop: EmergencyStop },
  provides: [Gpio, Gadgets, SimulatedBoard],
  gadgets: firstPartyKinds,
  replies: gpioReplies,
  hears: ({ on }) => reactingEvents.filter((event) => triggersOf(on[event]).length > 0),
  commands: async (config) => (await planGadgets(config)).commands,
  register(container, config) {
    container.register(GpioConfig, { useValue: config });
    container.register(SimulatedBoard, { useFactory: oneBoard() });
    container.register(ClockProbe, { useFactory: chooseClockProbe });
    container.registerSingleton(SyncedWallClock);
    container.register(WallClock, { useToken: SyncedWallClock });
    container.registerSingleton(PinGuard);
    container.registerSingleton(GuardedGpio);
    container.register(Gpio, { useToken: GuardedGpio });
    container.register(Random, { useValue: Math.random });
    container.registerSingleton(GadgetRegistry);
    container.register(Gadgets, { useToken: GadgetRegistry });
    container.register(EstopLatch, { useValue: EstopLatch.of(container.resolve(BotFolders)) });
    container.registerSingleton(LatchedEmergencyStop);
  },
  async start(context, config) {
    const { container, log, onStop, clock, emergencyStop } = context;
    const status = container.resolve(BotStatus);
    const ids = status.plugins.map(({ id }) => id);
    requireKnownPlugins(config, ids);
    const guard = container.resolve(PinGuard);
    const gadgets = container.resolve(GadgetRegistry);
    const latched = container.resolve(LatchedEmergencyStop);
    const pins = new StoppablePins(latched, guard, gadgets);
    const wallClock = container.resolve(SyncedWallClock);
    const board = container.resolve(SimulatedBoard);

    const { state: stateFolder } = container.resolve(BotFolders);
    onStop(keepPinAudit(guard, { plugin: context.id, stateFolder, clock, log }));
    onStop(() => guard.close());
    onStop(() => wallClock.stop());
    const onStall = () => runFor(guardBecause('the bot stood still'), () => guard.makeSafe());
    const ownLines = new OwnLines(stateFolder);
    const parts = { config, board, clock, log, ownLines, stateFolder, onStall };
    guard.open(await openWatchedDriver(parts), ownLines);
    const probe = container.resolve(ClockProbe);
    const histories = await keepHistories({ clock, stateFolder, probe, log });
    guard.remember(histories);
    const makeSafe = () => {
      guard.makeSafe();
      histories.flush();
    };
    onStop(makeSafeAtExit({ makeSafe }));
    log.info(`Pins are driven by ${guard.driver.name}: ${guard.driver.description}.`);

    latched.restore();
    onStop(() => latched.stop());
    // Before any gadget is built: whatever is on from here can be stopped.
    emergencyStop.attach(pins);
    const engage = () =>
      runFor({ plugin: '', where: 'terminal' }, () => emergencyStop.engage('SIGUSR2'));
    process.on('SIGUSR2', engage);
    onStop(() => void process.off('SIGUSR2', engage));

    onStop(() => gadgets.clear());
    const settled = othersStarted(context, { patience: kindPatience, waiting: true });
    await gadgets.start({ ...context, settled });
    for (const { path, message } of wrongSteps(config, gadgets.judge())) {
      log.error(`plugins.yaml: ${path.join('.')}: ${message}. "pertybot check" shows the line.`);
    }
    const shared = container.resolve(SharedGadgets);
    shared.share(shareGadgets(gadgets, guard, config));
    shared.onChange(() => gadgets.lookAgain());
    const find = (name: string) => gadgets.findAny(name);
    const wait = (time: number, signal: AbortSignal) => sleep(clock, time, signal);
    const onHalt = (halt: () => void) => gadgets.onHalt(halt);
    const inbox = container.resolve(Inbox);
    listenToTriggers(config.on, context, { find, sleep: wait, onHalt, inbox });
    if (config.chatLostAfter === 'never') return;
    const lost = () => {
      log.warn('Chat has been away for too long: every output is off until it is back.');
      void pins.end();
      const unblock = guard.block(chatIsAway);
      return () => {
        unblock();
        log.info('Chat is back: outputs may be switched on again.');
      };
    };
    onStop(
      watchChat(context, {
        limit: config.chatLostAfter,
        plugins: () => status.plugins,
        lost: () => runFor(guardBecause('chat was away'), lost),
      }),
    );
  },
  checks: ({ config }) => checkGpio(config),
});

/** The board that the simulated driver drives, made when it is first asked for. */
function oneBoard(): (container: Container) => SimulatedBoard {
  let board: SimulatedBoard | undefined;
  return (container) => {
    board ??= new SimulatedBoard(container.resolve(Clock));
    return board;
  };
}

/** Asked when the driver is open. */
function chooseClockProbe(container: Container): ClockProbe {
  return {
    isSynchronised() {
      const { driver } = container.resolve(PinGuard);
      const probe = driver.name === 'simulated' ? trustingClockProbe : systemdClockProbe;
      return probe.isSynchronised();
    },
  };
}
