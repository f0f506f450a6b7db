import { existsSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';

/** Folders with tests. Git keeps no empty folder, and jest refuses to start when one is absent. */
const folders = ['packages', 'tools', 'docs', 'examples'].filter((name) =>
  existsSync(new URL(`../${name}`, import.meta.url)),
);

// Tests ask nobody but themselves. What else a machine trusts, each of their thousand processes would read as it starts.
delete process.env.NODE_EXTRA_CA_CERTS;

/** What a worker comes to hold of all suites, with the processes that it starts. */
const bytesOfWorker = 800 * 1_048_576;

/** @type {import('jest').Config} */
export default {
  rootDir: fileURLToPath(new URL('..', import.meta.url)),
  testEnvironment: 'node',
  runtime: '<rootDir>/config/jest.runtime.cjs',
  testSequencer: '<rootDir>/config/jest.sequencer.cjs',
  // Most of the time a long suite waits: for processes of its own, or for a limit to pass. Memory is not to be short of.
  maxWorkers: Math.max(
    1,
    Math.min(3 * availableParallelism(), Math.floor(totalmem() / bytesOfWorker)),
  ),
  // A busy machine is no fault; what hangs is found all the same.
  testTimeout: 30_000,
  // Tests that run at the same time share what they wait for.
  maxConcurrency: 50,
  roots: folders.map((name) => `<rootDir>/${name}`),
  testMatch: ['**/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/.*/\\.pertybot/'],
  setupFiles: ['<rootDir>/config/jest.setup.cjs'],
  setupFilesAfterEnv: ['<rootDir>/config/jest.retry.cjs'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^@pertybot/core/host$': '<rootDir>/packages/core/src/host.ts',
    '^@pertybot/core/testing$': '<rootDir>/packages/core/src/testing/index.ts',
    '^@pertybot/([^/]+)$': '<rootDir>/packages/$1/src/index.ts',
  },
  extensionsToTreatAsEsm: ['.tsx'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        jsc: {
          target: 'es2022',
          keepClassNames: true,
          parser: { syntax: 'typescript', decorators: true },
          transform: {
            legacyDecorator: true,
            decoratorMetadata: true,
            useDefineForClassFields: false,
          },
        },
        // Dynamic imports stay, so that packages which are ESM alone can be loaded by them.
        module: { type: 'commonjs', ignoreDynamic: true, strictMode: true },
      },
    ],
    // Of the page, whose parts are drawn without a browser.
    '^.+\\.tsx$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic', importSource: 'preact' } },
        },
        // As Preact is.
        module: { type: 'es6' },
      },
    ],
  },
};
