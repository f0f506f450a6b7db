export { FakeChat } from './fake-chat.js';
export { type HearOptions, makeMessage, makeUser } from './make-message.js';
export { ManualClock } from './manual-clock.js';
export { MemoryStore } from './memory.js';
export { type LogLine, MemoryLogger } from './memory-logger.js';
export { type BotEntries, readBotEntries } from './read-bot-entries.js';
export {
  type RecordedEvent,
  startTestBot,
  type TestBot,
  type TestBotOptions,
  type TestEntry,
} from './test-bot.js';
