/** Reads a variable. */
export type Environment = Readonly<Record<string, string | undefined>>;

const reference = /\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g;

/**
 * Puts variables into text: `${NAME}`, `${NAME:-default}`, and `$${` for a literal `${`.
 * An empty variable counts as missing, as in a copied .env.example.
 * @param onMissing told of each name that is neither set nor has a default
 */
export function interpolate(
  text: string,
  environment: Environment,
  onMissing: (name: string) => void,
): string {
  return text.replace(reference, (match, name?: string, fallback?: string) => {
    if (name === undefined) return '${';
    const value = environment[name];
    if (value !== undefined && value !== '') return value;
    if (fallback !== undefined) return fallback;
    onMissing(name);
    return match;
  });
}
