// What a worker of jest does anew for each suite, though no test can see it: it looks for every module, reads and
// compiles it, and lets the storages of the suites before take part in each promise. That was half of all the time.
const { AsyncLocalStorage } = require('node:async_hooks');
const { statSync } = require('node:fs');
const { dirname } = require('node:path');
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

function compileOnce(executor) {
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

/** By file: what jest made of it, and from which state of the file. */
const transformed = new Map();

/** By file: texts of jest's own modules. */
const internal = new Map();

function transformOnce(cache) {
  const transformAnew = cache.transform.bind(cache);
  cache.transform = (filename, options) => {
    if (options?.isInternalModule) {
      const text = internal.get(filename) ?? transformAnew(filename, options);
      internal.set(filename, text);
      return text;
    }
    const { mtimeMs, size } = statSync(filename);
    const state = `${mtimeMs} ${size} ${options?.supportsStaticESM}`;
    const known = transformed.get(filename);
    if (known?.state !== state) {
      const code = transformAnew(filename, options);
      transformed.set(filename, { state, result: cache.transforms.get(filename) });
      return code;
    }
    const { result } = known;
    cache.transforms.set(filename, result);
    if (result.sourceMapPath) cache.sourceMaps.set(filename, result.sourceMapPath);
    return result.code;
  };
}

/** Resolvers live as long as the worker. */
const quick = new WeakSet();

/** What `moduleNameMapper` makes of a name is looked for on the disk each time that a module is required. */
function resolveOnce(resolver) {
  if (quick.has(resolver)) return;
  quick.add(resolver);
  const found = new Map();
  const resolveAnew = resolver.resolveStubModuleName.bind(resolver);
  resolver.resolveStubModuleName = (from, name, options) => {
    const key = `${dirname(from)}\0${name}\0${options?.conditions}`;
    let file = found.get(key);
    if (file === undefined) {
      file = resolveAnew(from, name, options);
      found.set(key, file);
    }
    return file;
  };
}

module.exports = class extends Runtime {
  constructor(config, environment, resolver, ...others) {
    super(config, environment, resolver, ...others);
    compileOnce(this.executor);
    transformOnce(this.transformCache);
    resolveOnce(resolver);
  }

  teardown() {
    super.teardown();
    for (const storage of storages) storage.disable();
    storages.clear();
  }
};
