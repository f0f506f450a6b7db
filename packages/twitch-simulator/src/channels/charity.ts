import { randomUUID } from 'node:crypto';
import type { Chatter } from '../chat/chatter.js';
import type { Account } from '../people.js';
import { toTwitchTime } from '../twitch-time.js';
import type { ChannelWorld, OnChannel } from './channel-world.js';
import { named, user } from './triples.js';

/** A charity campaign begins. */
export interface CharityOptions extends OnChannel {
  readonly charity: string;
  /** Units of the currency. */
  readonly target: number;
  /** @default 'USD' */
  readonly currency?: string;
}

/** A charity campaign that runs. */
export class Charity {
  readonly id = randomUUID();
  /** Whether it still runs. */
  running = true;
  private cents = 0;

  /** @internal begins */
  constructor(
    private readonly world: ChannelWorld,
    private readonly channel: Account,
    private readonly options: CharityOptions,
  ) {
    this.tell('start', { ...this.common(), started_at: toTwitchTime(world.now()) });
  }

  /** Somebody gives. @param donation its `amount` is in units of the currency */
  donate(donation: { readonly as: Chatter; readonly amount: number }): void {
    if (!this.running) return;
    const cents = Math.round(donation.amount * 100);
    this.cents += cents;
    this.tell('donate', {
      id: randomUUID(),
      campaign_id: this.id,
      ...named('broadcaster', this.channel),
      ...user(this.world.people.someone(donation.as)),
      ...this.charity(),
      amount: this.money(cents),
    });
    this.tell('progress', this.common());
  }

  /** It stops. */
  stop(): void {
    if (!this.running) return;
    this.running = false;
    this.tell('stop', { ...this.common(), stopped_at: toTwitchTime(this.world.now()) });
  }

  private common() {
    return {
      id: this.id,
      ...named('broadcaster', this.channel),
      ...this.charity(),
      current_amount: this.money(this.cents),
      target_amount: this.money(Math.round(this.options.target * 100)),
    };
  }

  private charity() {
    return {
      charity_name: this.options.charity,
      charity_description: `All for ${this.options.charity}`,
      charity_logo: 'https://static-cdn.jtvnw.net/charity/logo.png',
      charity_website: 'https://charity.example/',
    };
  }

  private money(cents: number) {
    return { value: cents, decimal_places: 2, currency: this.options.currency ?? 'USD' };
  }

  private tell(
    what: 'start' | 'donate' | 'progress' | 'stop',
    event: Readonly<Record<string, unknown>>,
  ): void {
    const about = { broadcaster_user_id: this.channel.id };
    this.world.notify({ type: `channel.charity_campaign.${what}`, about, event });
  }
}
