interface Lane {
  /** Tasks that wait or run. */
  count: number;
  tail: Promise<void> | undefined;
}

/** Runs tasks one at a time per user, in order, with a bounded queue for each. */
export class UserQueue {
  private readonly lanes = new Map<string, Lane>();

  /** @param limit tasks of one user that may wait or run */
  constructor(private readonly limit: number) {}

  /** Users whose tasks wait or run. */
  get size(): number {
    return this.lanes.size;
  }

  /**
   * Runs `task` behind the user's others. The task must not throw.
   * @returns undefined when the user's queue is full
   */
  run(user: string, task: () => Promise<void>): Promise<void> | undefined {
    const lane = this.lanes.get(user) ?? this.open(user);
    if (lane.count >= this.limit) return undefined;
    lane.count += 1;
    const turn = lane.tail === undefined ? task() : lane.tail.then(task, task);
    const finish = () => {
      lane.count -= 1;
      if (lane.count === 0) this.lanes.delete(user);
    };
    lane.tail = turn.then(finish, (error: unknown) => {
      finish();
      throw error;
    });
    return lane.tail;
  }

  private open(user: string): Lane {
    const lane: Lane = { count: 0, tail: undefined };
    this.lanes.set(user, lane);
    return lane;
  }
}
