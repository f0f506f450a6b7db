import { describe, expect, it } from '@jest/globals';
import { PatientSignal } from '../../src/login/patient-signal.js';

describe('PatientSignal', () => {
  it('fires at once while nothing is being finished', () => {
    const patient = new PatientSignal();
    patient.abort(new Error('called off'));
    expect(patient.signal.reason).toEqual(new Error('called off'));
  });

  it('follows another signal until that is undone', () => {
    const followed = new AbortController();
    const patient = new PatientSignal();
    const other = new PatientSignal();
    patient.follow(followed.signal);
    other.follow(followed.signal)();
    followed.abort();
    expect(patient.signal.aborted).toBe(true);
    expect(other.signal.aborted).toBe(false);
  });

  it('does not fire during a task, nor after one that worked', async () => {
    const patient = new PatientSignal();
    const result = await patient.finish(async () => {
      patient.abort(new Error('called off'));
      return patient.signal.aborted;
    });
    expect(result).toBe(false);
    expect(patient.signal.aborted).toBe(false);
  });

  it('fires after a task that failed', async () => {
    const patient = new PatientSignal();
    const task = patient.finish(async () => {
      patient.abort(new Error('called off'));
      throw new Error('it broke');
    });
    await expect(task).rejects.toThrow('it broke');
    expect(patient.signal.reason).toEqual(new Error('called off'));
  });
});
