import { SimulatorError } from '../simulator-error.js';
import type { ChannelWorld } from './channel-world.js';
import type { Cheer } from './chat-bridge.js';
import { HypeTrain, type HypeTrainOptions } from './hype-train.js';
import { Poll, type PollOptions } from './poll.js';
import { Prediction, type PredictionOptions } from './prediction.js';

/** What runs for a while on channels, one of a kind on each. */
export class Running {
  private readonly trains = new Map<string, HypeTrain>();
  private readonly polls = new Map<string, Poll>();
  private readonly predictions = new Map<string, Prediction>();

  constructor(private readonly world: ChannelWorld) {}

  /** Bits move a hype train that runs. */
  cheered({ channel, by, bits }: Cheer): void {
    this.trains.get(channel.id)?.contribute({ as: by, points: bits });
  }

  /** The hype train of a channel that runs now. @param id the broadcaster's */
  trainOf(id: string): HypeTrain | undefined {
    const train = this.trains.get(id);
    return train?.running === true ? train : undefined;
  }

  /** The latest poll of a channel. @param id the broadcaster's */
  pollOf(id: string): Poll | undefined {
    return this.polls.get(id);
  }

  /** The latest prediction of a channel. @param id the broadcaster's */
  predictionOf(id: string): Prediction | undefined {
    return this.predictions.get(id);
  }

  hypeTrain(options: HypeTrainOptions): HypeTrain {
    const { account } = this.world.channels.named(options.channel);
    this.trainOf(account.id)?.end();
    const train = new HypeTrain(this.world, account, options);
    this.trains.set(account.id, train);
    return train;
  }

  poll(options: PollOptions): Poll {
    if (options.choices.length < 2 || options.choices.length > 5) {
      throw new SimulatorError('SIMULATOR_EVENT_UNFIT', 'A poll has two to five choices.');
    }
    const { account } = this.world.channels.named(options.channel);
    this.pollOf(account.id)?.end();
    const poll = new Poll(this.world, account, options);
    this.polls.set(account.id, poll);
    return poll;
  }

  prediction(options: PredictionOptions): Prediction {
    if (options.outcomes.length < 2 || options.outcomes.length > 10) {
      throw new SimulatorError('SIMULATOR_EVENT_UNFIT', 'A prediction has two to ten outcomes.');
    }
    const { account } = this.world.channels.named(options.channel);
    this.predictionOf(account.id)?.cancel();
    const prediction = new Prediction(this.world, account, options);
    this.predictions.set(account.id, prediction);
    return prediction;
  }
}
