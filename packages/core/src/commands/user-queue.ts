interface Lane {
  /** Tasks that wait, or run and have not passed on their turn. */
  turns: number;
  /** Tasks that wait or run. */
  tasks: number;
  /** Resolves when the last turn is over; undefined when nobody's is. */
  tail: Promise<void> | undefined;
}

/** How much one user may have going. */
export interface UserQueueLimits {
  /** Tasks that wait, or run in their turn. */
  readonly turns: number;
  /** Tasks in all, also those that have passed on their turn and go on. */
  readonly tasks: number;
}

/** Lets the user's next task begin; called a second time it does nothing. */
export type PassOn = () => void;

/** Runs tasks one at a time per user, in order, with a bounded queue for each. */
export class UserQueue {
  private readonly lanes = new Map<string, Lane>();

  constructor(private readonly limits: UserQueueLimits) {}

  /** Users whose tasks wait or run. */
  get size(): number {
    return this.lanes.size;
  }

  /**
   * Runs `task` behind the user's others. It has its turn until it ends or passes it on. It must not throw.
   * @returns when it has ended; undefined when the user has enough going
   */
  run(user: string, task: (passOn: PassOn) => Promise<void>): Promise<void> | undefined {
    const lane = this.lanes.get(user) ?? this.open(user);
    const { turns, tasks } = this.limits;
    if (lane.turns >= turns || lane.tasks >= tasks) return undefined;
    lane.turns += 1;
    lane.tasks += 1;
    const before = lane.tail;
    let passOn: PassOn = () => {};
    lane.tail = new Promise((resolve) => {
      let over = false;
      passOn = () => {
        if (over) return;
        over = true;
        lane.turns -= 1;
        if (lane.turns === 0) lane.tail = undefined;
        resolve();
      };
    });
    const ended = before === undefined ? task(passOn) : before.then(() => task(passOn));
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

  private open(user: string): Lane {
    const lane: Lane = { turns: 0, tasks: 0, tail: undefined };
    this.lanes.set(user, lane);
    return lane;
  }
}
