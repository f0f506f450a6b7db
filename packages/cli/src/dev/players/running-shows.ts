import type { TwitchSimulator } from '@pertybot/twitch-simulator';
import { toChatter } from '../lines/actor.js';
import type { ChannelHappening } from '../lines/channel-happening.js';
import type { LineFault } from '../lines/chat-line.js';

/** What goes on for a while. */
export type ShowHappening = Extract<
  ChannelHappening,
  {
    readonly kind:
      | 'hypeTrain'
      | 'hypeTrainEnd'
      | 'poll'
      | 'vote'
      | 'pollEnd'
      | 'prediction'
      | 'predictionLock'
      | 'predictionEnd'
      | 'goal'
      | 'goalAdvance'
      | 'charity'
      | 'charityStop'
      | 'donate';
  }
>;

type Running<Kind extends 'hypeTrain' | 'poll' | 'prediction' | 'goal' | 'charity'> = ReturnType<
  TwitchSimulator['channels'][Kind]
>;

/** Lets begin, go on and end what goes on for a while. */
export class RunningShows {
  private train: Running<'hypeTrain'> | undefined;
  private poll: Running<'poll'> | undefined;
  private prediction: Running<'prediction'> | undefined;
  private goal: Running<'goal'> | undefined;
  private charity: Running<'charity'> | undefined;

  constructor(private readonly twitch: Pick<TwitchSimulator, 'channels'>) {}

  /** Lets it happen. @returns why it cannot, if so */
  run(channel: string, event: ShowHappening): LineFault | undefined {
    const { channels } = this.twitch;
    switch (event.kind) {
      case 'hypeTrain':
        this.train = channels.hypeTrain({ channel, level: event.level });
        return undefined;
      case 'hypeTrainEnd':
        if (this.train?.running !== true) return none('hype train', 'hype train 3');
        this.train.end();
        return undefined;
      case 'poll':
        this.poll = channels.poll({ channel, title: event.title, choices: event.choices });
        return undefined;
      case 'vote': {
        if (this.poll === undefined || this.poll.status !== undefined) return noPoll;
        if (this.poll.vote(event.choice, event.votes)) return undefined;
        const titles = this.poll.choices.map(({ title }) => title).join(', ');
        return { fault: `The poll has no "${event.choice}".`, hint: `Its choices: ${titles}.` };
      }
      case 'pollEnd':
        if (this.poll === undefined || this.poll.status !== undefined) return noPoll;
        this.poll.end('completed');
        return undefined;
      case 'prediction': {
        const { title, outcomes } = event;
        this.prediction = channels.prediction({ channel, title, outcomes });
        return undefined;
      }
      case 'predictionLock':
        if (this.prediction?.status !== 'active') return noPrediction;
        this.prediction.lock();
        return undefined;
      case 'predictionEnd':
        return this.endPrediction(event.outcome);
      case 'goal': {
        const { target, description } = event;
        this.goal = channels.goal({ channel, target, description });
        return undefined;
      }
      case 'goalAdvance':
        if (this.goal?.running !== true) return none('goal', 'goal 10: more followers');
        this.goal.advance(event.amount);
        return undefined;
      case 'charity':
        this.charity = channels.charity({ channel, charity: event.charity, target: event.target });
        return undefined;
      case 'donate':
      case 'charityStop':
        if (this.charity?.running !== true) return none('charity campaign', 'charity 500: Lamps');
        if (event.kind === 'charityStop') this.charity.stop();
        else this.charity.donate({ as: toChatter(event.by), amount: event.amount });
        return undefined;
    }
  }

  private endPrediction(outcome: string | undefined): LineFault | undefined {
    const { prediction } = this;
    if (prediction?.status !== 'active' && prediction?.status !== 'locked') return noPrediction;
    if (outcome === undefined) prediction.cancel();
    else if (!prediction.resolve(outcome)) {
      const titles = prediction.outcomes.map(({ title }) => title).join(', ');
      return { fault: `The prediction has no "${outcome}".`, hint: `Its outcomes: ${titles}.` };
    }
    return undefined;
  }
}

const noPoll = none('poll', 'poll Which colour: red, blue');
const noPrediction = none('prediction', 'prediction Will it work: yes, no');

function none(what: string, example: string): LineFault {
  return { fault: `No ${what} runs.`, hint: `Write such as ${example} first.` };
}
