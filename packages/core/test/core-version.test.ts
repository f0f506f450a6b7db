import { describe, expect, it } from '@jest/globals';
import { coreVersion, judgeCoreRange } from '../src/core-version.js';

describe('judgeCoreRange', () => {
  it('knows a range that also takes the next minor version', async () => {
    const [major] = (await coreVersion()).split('.');
    expect(await judgeCoreRange(`>=0.1.0 <${Number(major) + 1}.0.0`)).toBe('wide');
    expect(await judgeCoreRange('*')).toBe('wide');
  });

  it('knows one that takes no other minor version', async () => {
    expect(await judgeCoreRange(`~${await coreVersion()}`)).toBe('narrow');
    expect(await judgeCoreRange(await coreVersion())).toBe('narrow');
  });

  it('knows one that does not take the core that runs', async () => {
    expect(await judgeCoreRange('^97.0.0')).toBe('other');
    expect(await judgeCoreRange('no range')).toBe('other');
  });
});
