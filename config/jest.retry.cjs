// A shared machine may stall for seconds. In CI a test that failed has one more try, and its first failure is
// printed; on a developer's machine nothing is tried twice.
if (process.env.CI) jest.retryTimes(1, { logErrorsBeforeRetry: true });
