import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import ts from 'typescript';

/** What twurple's own types promise of each event, read from its declarations. */
export class PromisedTypes {
  private readonly checker: ts.TypeChecker;
  private readonly listener: ts.Type;
  private readonly place: ts.Node;

  constructor() {
    const { resolve } = createRequire(import.meta.url);
    const entry = resolve('@twurple/eventsub-base');
    const declarations = `${dirname(entry)}/EventSubBase.d.ts`;
    const program = ts.createProgram([declarations], {
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      target: ts.ScriptTarget.ES2022,
      // Without a browser's, which would be half of all that is read.
      lib: ['lib.es2022.d.ts'],
      strict: true,
      skipLibCheck: true,
    });
    this.checker = program.getTypeChecker();
    const source = program.getSourceFile(declarations);
    const found = source?.statements.find(ts.isClassDeclaration);
    if (source === undefined || found === undefined)
      throw new Error('twurple looks otherwise now.');
    this.place = found;
    this.listener = this.checker.getTypeAtLocation(found);
  }

  /** What in `data` is not as the event of that method promises, each with its path. */
  faults(method: string, data: unknown): readonly string[] {
    const { checker } = this;
    const symbol = this.listener.getProperty(method);
    if (symbol === undefined) return [`${method} is no method of twurple`];
    const [signature] = checker.getTypeOfSymbolAtLocation(symbol, this.place).getCallSignatures();
    const handler = signature?.parameters.at(-1);
    if (handler === undefined) return [`${method} takes no handler`];
    const type = checker.getTypeOfSymbolAtLocation(handler, this.place);
    const [call] = checker.getNonNullableType(type).getCallSignatures();
    const event = call?.parameters[0];
    if (event === undefined) return [`the handler of ${method} takes no event`];
    const classes = partsOf(checker.getTypeOfSymbolAtLocation(event, this.place));
    const judged = classes.map((each) => this.mismatches(this.dataOf(each), data, '', 0));
    return judged.toSorted((one, other) => one.length - other.length)[0] ?? [];
  }

  /** `Data` of a class that extends `DataObject<Data>`, however far up. */
  private dataOf(type: ts.Type): ts.Type {
    for (const base of type.isClassOrInterface() ? this.checker.getBaseTypes(type) : []) {
      if (base.symbol.name !== 'DataObject') {
        const [argument] = this.checker.getTypeArguments(base as ts.TypeReference);
        return argument ?? this.dataOf(base);
      }
      const [data] = this.checker.getTypeArguments(base as ts.TypeReference);
      if (data !== undefined) return data;
    }
    throw new Error(`${this.checker.typeToString(type)} is no DataObject`);
  }

  private mismatches(
    type: ts.Type,
    value: unknown,
    path: string,
    depth: number,
  ): readonly string[] {
    if (depth > 12) return [];
    if (type.isUnion()) {
      const all = type.types.map((each) => this.mismatches(each, value, path, depth + 1));
      return all.some((each) => each.length === 0) ? [] : [this.wrong(type, value, path)];
    }
    const { flags } = type;
    if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return [];
    if (type.isStringLiteral() || type.isNumberLiteral()) {
      return value === type.value ? [] : [this.wrong(type, value, path)];
    }
    const kind = primitives.find(([flag]) => flags & flag)?.[1];
    if (kind !== undefined) return kind(value) ? [] : [this.wrong(type, value, path)];
    if (flags & ts.TypeFlags.BooleanLiteral) {
      const is = String(value) === this.checker.typeToString(type);
      return is ? [] : [this.wrong(type, value, path)];
    }
    if (this.checker.isArrayType(type)) {
      if (!Array.isArray(value)) return [this.wrong(type, value, path)];
      const [item] = this.checker.getTypeArguments(type as ts.TypeReference);
      if (item === undefined) return [];
      return value.flatMap((each, at) => this.mismatches(item, each, `${path}[${at}]`, depth + 1));
    }
    // Twurple says Date of what is text until its getters have read it.
    if (type.symbol?.name === 'Date')
      return typeof value === 'string' ? [] : [this.wrong(type, value, path)];
    if (typeof value !== 'object' || value === null) return [this.wrong(type, value, path)];
    return this.fieldsOf(type, value, path, depth);
  }

  private fieldsOf(type: ts.Type, value: object, path: string, depth: number): readonly string[] {
    return this.checker.getPropertiesOfType(type).flatMap((field) => {
      const { name } = field;
      const place = `${path}.${name}`;
      if (!Object.hasOwn(value, name)) {
        return field.flags & ts.SymbolFlags.Optional ? [] : [`${place} is missing`];
      }
      const promised = this.checker.getTypeOfSymbolAtLocation(field, this.place);
      return this.mismatches(promised, Reflect.get(value, name), place, depth + 1);
    });
  }

  private wrong(type: ts.Type, value: unknown, path: string): string {
    return `${path} is ${JSON.stringify(value)}, not ${this.checker.typeToString(type)}`;
  }
}

const primitives: readonly (readonly [ts.TypeFlags, (value: unknown) => boolean])[] = [
  [ts.TypeFlags.String, (value) => typeof value === 'string'],
  [ts.TypeFlags.Number, (value) => typeof value === 'number'],
  [ts.TypeFlags.Boolean, (value) => typeof value === 'boolean'],
  [ts.TypeFlags.Null, (value) => value === null],
  [ts.TypeFlags.Undefined, (value) => value === undefined],
];

function partsOf(type: ts.Type): readonly ts.Type[] {
  return type.isUnion() ? type.types : [type];
}
