import os from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { sshTunnelCommand } from '../../src/login/login-guide.js';

describe('sshTunnelCommand', () => {
  it('names this machine as the owner reached it', () => {
    const env = { SSH_CONNECTION: '192.168.1.20 50312 192.168.1.7 22' };
    expect(sshTunnelCommand(3000, env)).toBe(
      `ssh -L 3000:localhost:3000 ${os.userInfo().username}@192.168.1.7`,
    );
  });

  it('falls back to the name of the machine', () => {
    expect(sshTunnelCommand(3000, {})).toContain(`@${os.hostname()}`);
  });
});
