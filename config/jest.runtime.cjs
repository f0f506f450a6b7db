// What a worker of jest does anew for each suite, though nothing a test can see depends on it: it compiles every
// module, and it lets the storages of the suites before take part in each promise. Together that was half of the time.
const { AsyncLocalStorage } = require('node:async_hooks');
const { Script } = require('node:vm');
const { default: Runtime } = require('jest-runtime');

/** In Node 20 each that was ever used has its part in every promise of the process, until it is disabled. */
const storages = new Set();
const enable = AsyncLocalStorage.prototype._enable;
if (enable) {
  AsyncLocalStorage.prototype._enable = function () {
    storages.add(this);
    enable.call(this);
  };
}

/** By file: from which text it was compiled, and the executor of the suite that ran it last. */
const compiled = new Map();

/** The same script runs in the context of each suite, where it makes objects of its own. */
function compile(source, filename, parameters) {
  const known = compiled.get(filename);
  if (known?.source === source) return known;
  const head = `(function (${parameters}) {`;
  const entry = { source, executor: undefined };
  entry.script = new Script(`${head}${source}\n})`, {
    filename,
    columnOffset: -head.length,
    importModuleDynamically: (specifier, _script, attributes) => {
      const { executor } = entry;
      const context = executor.environment.getVmContext();
      return executor.dynamicImport(specifier, filename, context, attributes);
    },
  });
  compiled.set(filename, entry);
  return entry;
}

module.exports = class extends Runtime {
  constructor(...options) {
    super(...options);
    const { executor } = this;
    const parameters = executor.injectedModuleParameters.join(', ');
    const compileAnew = executor.compile.bind(executor);
    executor.compile = (source, filename) => {
      const context = executor.environment.getVmContext();
      if (!context) return null;
      let entry;
      try {
        entry = compile(source, filename, parameters);
      } catch {
        return compileAnew(source, filename); // Which says what is wrong with the text.
      }
      entry.executor = executor;
      return entry.script.runInContext(context);
    };
  }

  teardown() {
    super.teardown();
    for (const storage of storages) storage.disable();
    storages.clear();
  }
};
