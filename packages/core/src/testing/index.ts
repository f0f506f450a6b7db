export { type BotEntries, readBotEntries, type TestEntry } from './bot-entries.js';
export { makeChannelEvents, makeRedemption, type RedeemOptions } from './channel-events.js';
export { FakeChat, type HearOptions, makeMessage, makeUser } from './fake-chat.js';
export { ManualClock } from './manual-clock.js';
export { type LogLine, MemoryLogger, MemoryStore } from './memory.js';
export { type RecordedEvent, startTestBot, type TestBot, type TestBotOptions } from './test-bot.js';
