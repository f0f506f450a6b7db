import type { Clock } from '../contracts/clock.js';

interface Lane {
  /** Tasks that wait, or run and have not passed on their turn. */
  turns: number;
  /** Tasks that wait or run. */
  tasks: number;
  /** Whether one has its turn, or is about to. */
  isTaken: boolean;
  /** What begins those that wait. */
  readonly waiting: (() => void)[];
}

/** How much one user may have going. */
export interface UserQueueLimits {
  /** Tasks that wait, or run in their turn. */
  readonly turns: number;
  /** Tasks in all, also those that have passed on their turn and go on. */
  readonly tasks: number;
}

/** Five that wait or have their turn, and those whose replies are on their way. */
const usualLimits: UserQueueLimits = { turns: 5, tasks: 50 };

/** Lets the user's next task begin; called a second time it does nothing. */
export type PassOn = () => void;

/** Work for a user. @param waited milliseconds since it was given, where it had to wait for its turn */
export type Task = (passOn: PassOn, waited?: number) => Promise<void>;

/** Runs tasks one at a time per user, in order, with a bounded queue for each. */
export class UserQueue {
  private readonly lanes = new Map<string, Lane>();

  constructor(
    private readonly clock: Pick<Clock, 'now'>,
    private readonly limits = usualLimits,
  ) {}

  /** Users whose tasks wait or run. */
  get size(): number {
    return this.lanes.size;
  }

  /**
   * Runs `task` behind the user's others. It has its turn until it ends or passes it on.
   * @returns when it has ended; undefined when the user has enough going
   */
  run(user: string, task: Task): Promise<void> | undefined {
    const lane = this.lanes.get(user) ?? this.open(user);
    const { turns, tasks } = this.limits;
    if (lane.turns >= turns || lane.tasks >= tasks) return undefined;
    lane.turns += 1;
    lane.tasks += 1;
    let over = false;
    const passOn = () => {
      if (over) return;
      over = true;
      lane.turns -= 1;
      const next = lane.waiting.shift();
      if (next === undefined) lane.isTaken = false;
      // Not within the task that passes on: it goes on first.
      else void Promise.resolve().then(next);
    };
    const waits = lane.isTaken;
    lane.isTaken = true;
    const ended = waits ? this.wait(lane, task, passOn) : begin(task, passOn);
    const finish = () => {
      passOn();
      lane.tasks -= 1;
      if (lane.tasks === 0) this.lanes.delete(user);
    };
    return ended.then(finish, (error: unknown) => {
      finish();
      throw error;
    });
  }

  private wait({ waiting }: Lane, task: Task, passOn: PassOn): Promise<void> {
    const { clock } = this;
    const since = clock.now();
    return new Promise((resolve, reject) => {
      waiting.push(() => begin(task, passOn, clock.now() - since).then(resolve, reject));
    });
  }

  private open(user: string): Lane {
    const lane: Lane = { turns: 0, tasks: 0, isTaken: false, waiting: [] };
    this.lanes.set(user, lane);
    return lane;
  }
}

/** A task that throws must not keep its turn for ever. */
function begin(task: Task, passOn: PassOn, waited?: number): Promise<void> {
  try {
    return task(passOn, waited);
  } catch (error) {
    return Promise.reject(error);
  }
}
