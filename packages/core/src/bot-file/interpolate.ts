/** Reads a variable. */
export type Environment = Readonly<Record<string, string | undefined>>;

const reference = /\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g;

/** Who is told of the variables of a text. */
export interface InterpolationListener {
  /** Told of each name whose value was put in. */
  onUsed?(name: string, value: string): void;
  /** Told of each name that is neither set nor has a default. */
  onMissing(name: string): void;
}

/**
 * Puts variables into text: `${NAME}`, `${NAME:-default}`, and `$${` for a literal `${`.
 * An empty variable counts as missing, as in a copied .env.example.
 */
export function interpolate(
  text: string,
  environment: Environment,
  { onUsed, onMissing }: InterpolationListener,
): string {
  return text.replace(reference, (match, name?: string, fallback?: string) => {
    if (name === undefined) return '${';
    const value = Object.hasOwn(environment, name) ? environment[name] : undefined;
    if (value !== undefined && value !== '') {
      onUsed?.(name, value);
      return value;
    }
    if (fallback !== undefined) return fallback;
    onMissing(name);
    return match;
  });
}
