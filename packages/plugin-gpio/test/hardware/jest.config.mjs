import root from '../../../../config/jest.config.mjs';

export default {
  ...root,
  rootDir: '../../../..',
  roots: ['<rootDir>/packages/plugin-gpio/test/hardware'],
  testMatch: ['**/*.hardware.ts'],
  testTimeout: 120_000,
};
