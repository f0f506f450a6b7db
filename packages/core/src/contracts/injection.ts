// All that PertyBot has of tsyringe. The types are our own, for the parts that a plugin may use: tsyringe, 33
// small files, is joined into this package, a plugin that imported it would have another copy whose containers
// and decorators know nothing of these, and what is behind the contract can be exchanged.
// biome-ignore lint/correctness/noUnusedImports: written so, it does not get into the declaration file
import {} from 'reflect-metadata/lite';
import * as tsyringe from 'tsyringe';

/** A class that a container can build. */
// biome-ignore lint/suspicious/noExplicitAny: its parameters are tsyringe's affair
export type Constructor<T> = new (...args: any[]) => T;

/** What a service is asked for by: its class, or a symbol that has its interface as type. */
// biome-ignore lint/suspicious/noExplicitAny: a plugin's services are of any kind
export type InjectionToken<T = any> = Constructor<T> | symbol;

/** Where a container has a service from. */
export type Provider<T> =
  | { readonly useValue: T }
  /** Called whenever the service is asked for. */
  | { readonly useFactory: (container: Container) => T }
  /** The service of another token; of a singleton there stays one. */
  | { readonly useToken: InjectionToken<T> }
  /** A new one whenever it is asked for; the class alone says the same. */
  | { readonly useClass: Constructor<T> }
  | Constructor<T>;

/**
 * Builds services with what they need. It is tsyringe's, of which a plugin has these members.
 * @see https://github.com/microsoft/tsyringe
 */
export interface Container {
  register<T>(token: InjectionToken<T>, provider: Provider<T>): Container;
  registerSingleton<T>(from: InjectionToken<T>, to: InjectionToken<T>): Container;
  /** Binds a class of which the container builds one. */
  registerSingleton<T>(token: Constructor<T>): Container;
  /** @throws Error when nothing is bound to `token`, or a class lacks its decorators */
  resolve<T>(token: InjectionToken<T>): T;
  /** @param recursive whether to ask the parents, too. @default false */
  isRegistered<T>(token: InjectionToken<T>, recursive?: boolean): boolean;
  createChildContainer(): Container;
}

/** Says what a constructor's parameter is: `@inject(Logger) private readonly log: Logger`. */
export const inject: (
  token: InjectionToken,
) => (target: object, property: string | symbol | undefined, index: number) => void =
  tsyringe.inject;

/** Lets a container build the class. */
export const injectable: () => (target: Constructor<unknown>) => void = tsyringe.injectable;

/** A container without anything. */
export function createContainer(): Container {
  return tsyringe.container.createChildContainer();
}
