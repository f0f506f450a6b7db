export { FakeChat, type HearOptions, makeMessage, makeUser } from './fake-chat.js';
export { ManualClock } from './manual-clock.js';
export { type LogLine, MemoryLogger, MemoryStore } from './memory.js';
export {
  type BotEntries,
  type RecordedEvent,
  readBotEntries,
  startTestBot,
  type TestBot,
  type TestBotOptions,
  type TestEntry,
} from './test-bot.js';
