import { injectable } from '@pertybot/core';

/** Counts what was dropped since the plugin started. */
@injectable()
export class ChatTally {
  /** Lines that made no sense. */
  malformedLines = 0;
  /** Messages that arrived a second time. */
  duplicateMessages = 0;
}
