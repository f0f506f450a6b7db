// All that PertyBot has of tsyringe. Its types are written here once more, for the parts that a plugin
// may use, so that tsyringe can be joined into this package: it is 33 small files, and whoever imported
// another copy of it would talk to nobody.
// biome-ignore lint/correctness/noUnusedImports: written so, it does not get into the declaration file
import {} from 'reflect-metadata/lite';
import * as tsyringe from 'tsyringe';

/** A class that a container can build. */
// biome-ignore lint/suspicious/noExplicitAny: its parameters are tsyringe's affair
export type Constructor<T> = new (...args: any[]) => T;

/** What a service is asked for by: its class, or a symbol that has its interface as type. */
// biome-ignore lint/suspicious/noExplicitAny: a plugin's services are of any kind
export type InjectionToken<T = any> = Constructor<T> | string | symbol;

/** Where a container has a service from. */
export type Provider<T> =
  | { readonly useValue: T }
  /** Called whenever the service is asked for. */
  | { readonly useFactory: (container: DependencyContainer) => T }
  /** The service of another token; of a singleton there stays one. */
  | { readonly useToken: InjectionToken<T> }
  /** A new one whenever it is asked for; the class alone says the same. */
  | { readonly useClass: Constructor<T> }
  | Constructor<T>;

/**
 * Builds services with what they need.
 * @see https://github.com/microsoft/tsyringe
 */
export interface DependencyContainer {
  register<T>(token: InjectionToken<T>, provider: Provider<T>): DependencyContainer;
  registerSingleton<T>(from: InjectionToken<T>, to: InjectionToken<T>): DependencyContainer;
  /** Binds a class of which the container builds one. */
  registerSingleton<T>(token: Constructor<T>): DependencyContainer;
  registerType<T>(from: InjectionToken<T>, to: InjectionToken<T>): DependencyContainer;
  registerInstance<T>(token: InjectionToken<T>, instance: T): DependencyContainer;
  /** @throws Error when nothing is bound to `token`, or a class lacks its decorators */
  resolve<T>(token: InjectionToken<T>): T;
  resolveAll<T>(token: InjectionToken<T>): T[];
  /** @param recursive whether to ask the parents, too. @default false */
  isRegistered<T>(token: InjectionToken<T>, recursive?: boolean): boolean;
  createChildContainer(): DependencyContainer;
}

/** Says what a constructor's parameter is: `@inject(Logger) private readonly log: Logger`. */
export const inject: (
  token: InjectionToken,
  options?: { readonly isOptional?: boolean },
) => (target: object, property: string | symbol | undefined, index: number) => void =
  tsyringe.inject;

/** Lets a container build the class. */
export const injectable: () => (target: Constructor<unknown>) => void = tsyringe.injectable;

/** A container without anything. */
export function createContainer(): DependencyContainer {
  return tsyringe.container.createChildContainer();
}
