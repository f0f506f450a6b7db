import { constants } from 'node:os';
import { expect, it } from '@jest/globals';
import { toLineError } from '../../src/drivers/kernel-error.js';

const { errno } = constants;

it.each([
  [errno.EBUSY, 'GPIO_PIN_BUSY', 'Pin "GPIO17" is in use by another program or a kernel driver.'],
  [errno.EACCES, 'GPIO_NO_ACCESS', 'This user may not claim pin "GPIO17" (EACCES).'],
  [errno.EPERM, 'GPIO_NO_ACCESS', 'This user may not claim pin "GPIO17" (EPERM).'],
  [errno.ENODEV, 'GPIO_PIN_LOST', 'The chip of pin "GPIO17" has gone (ENODEV).'],
  [errno.EIO, 'GPIO_DRIVER_FAILED', 'The kernel could not claim pin "GPIO17" (EIO).'],
  [0, 'GPIO_DRIVER_FAILED', 'The kernel could not claim pin "GPIO17" (unknown reason).'],
])('makes a sentence of errno %i', (code, expected, message) => {
  const error = toLineError(17, code, 'claim');
  expect(error).toMatchObject({ code: expected, message });
  expect(error.hint).toMatch(/\.$/);
});
