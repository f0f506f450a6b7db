import type { EventHub } from '../events/event-hub.js';

/** Which channels are live, as far as somebody said so. */
export class LiveStreams {
  private readonly byChannel = new Map<string, boolean>();

  constructor(events: EventHub) {
    events.on('streamOnline', ({ channel }) => this.set(channel, true));
    events.on('streamOffline', ({ channel }) => this.set(channel, false));
  }

  /** @param isLive undefined where that is not known */
  set(channel: string, isLive: boolean | undefined): void {
    if (isLive === undefined) this.byChannel.delete(channel.toLowerCase());
    else this.byChannel.set(channel.toLowerCase(), isLive);
  }

  /** Whether the channel is known to be live: of what nobody knows, what waits for the stream stays closed. */
  isLive(channel: string): boolean {
    return this.byChannel.get(channel.toLowerCase()) ?? false;
  }
}
