import { describe, expect, it } from '@jest/globals';
import { npmProgram } from '../../src/plugins/npm.js';

const windows = (...files: readonly string[]) => ({
  platform: 'win32' as const,
  execPath: 'C:\\Program Files\\nodejs\\node.exe',
  path: 'C:\\Windows;;C:\\Users\\ann\\AppData\\Roaming\\npm',
  exists: (file: string) => files.includes(file),
});

describe('npmProgram', () => {
  it('is npm, except on Windows', () => {
    expect(npmProgram({ ...windows(), platform: 'linux' })).toEqual(['npm']);
  });

  it('is the script beside Node, or beside the batch file in the path', () => {
    const beside = 'C:\\Program Files\\nodejs\\node_modules\\npm\\bin\\npm-cli.js';
    const own = 'C:\\Users\\ann\\AppData\\Roaming\\npm\\node_modules\\npm\\bin\\npm-cli.js';
    const { execPath } = windows();
    expect(npmProgram(windows(own, beside))).toEqual([execPath, beside]);
    expect(npmProgram(windows(own))).toEqual([execPath, own]);
  });

  it('is never the batch file, which Node refuses to start', () => {
    expect(npmProgram(windows('C:\\Windows\\npm.cmd'))).toEqual(['npm']);
  });
});
