import { describe, expect, it } from '@jest/globals';
import { loadOnoff } from '../../src/drivers/onoff-driver.js';
import { loadSystemCalls } from '../../src/drivers/system-calls.js';

function failWith(message: string, code?: string): () => Promise<never> {
  return async () => {
    throw Object.assign(new Error(message), { code });
  };
}

describe('onoff', () => {
  it('may be absent', async () => {
    const absent = failWith("Cannot find package 'onoff'", 'ERR_MODULE_NOT_FOUND');
    await expect(loadOnoff(absent)).rejects.toMatchObject({
      code: 'GPIO_DRIVER_MISSING',
      message: 'The package "onoff" is not installed.',
      hint: expect.stringContaining('npm install onoff'),
    });
  });

  it('may lack its compiled part', async () => {
    await expect(loadOnoff(failWith('Could not locate the bindings file.'))).rejects.toMatchObject({
      code: 'GPIO_DRIVER_MISSING',
      message: 'The package "onoff" has no compiled part.',
      hint: expect.stringContaining('npm rebuild epoll'),
    });
  });
});

describe('koffi', () => {
  it('may be absent, or have no build for this machine', async () => {
    const absent = failWith('Cannot find the native Koffi module; did you bundle it correctly?');
    await expect(loadSystemCalls(absent)).rejects.toMatchObject({
      code: 'GPIO_DRIVER_MISSING',
      hint: expect.stringContaining('npm install koffi'),
    });
  });
});
