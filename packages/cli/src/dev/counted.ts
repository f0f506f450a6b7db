/** `1 bit`, `2 bits`. */
export function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

/** A tier of subscriptions as people read it. */
export function tier({ tier: name }: { readonly tier: string }): string {
  return name === 'prime' ? 'by Prime' : `tier ${name}`;
}
