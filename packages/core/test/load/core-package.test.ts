import { describe, expect, it } from '@jest/globals';
import { coreVersion, judgeCoreRange } from '../../src/load/core-package.js';

describe('judgeCoreRange', () => {
  it('knows a range that also takes the next minor version', () => {
    const [major] = coreVersion.split('.');
    expect(judgeCoreRange(`>=0.1.0 <${Number(major) + 1}.0.0`)).toBe('wide');
    expect(judgeCoreRange('*')).toBe('wide');
  });

  it('knows one that takes no other minor version', () => {
    expect(judgeCoreRange(`~${coreVersion}`)).toBe('narrow');
    expect(judgeCoreRange(coreVersion)).toBe('narrow');
  });

  it('knows one that does not take the core that runs', () => {
    expect(judgeCoreRange('^97.0.0')).toBe('other');
    expect(judgeCoreRange('no range')).toBe('other');
  });
});
