import config from './jest.config.mjs';

/** Pages in a real Chromium (Debian's package), apart from what runs on every machine. */
export default { ...config, maxWorkers: 1, testMatch: ['**/test/**/*.browser.ts'] };
