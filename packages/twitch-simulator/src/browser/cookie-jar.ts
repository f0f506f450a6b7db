/** The cookies that a browser keeps, by host; as much of the rules as a login page needs. */
export class CookieJar {
  private readonly byHost = new Map<string, Map<string, string>>();

  /** Takes the `Set-Cookie` headers of an answer. */
  keep(host: string, headers: readonly string[]): void {
    const cookies = this.byHost.get(host) ?? new Map<string, string>();
    this.byHost.set(host, cookies);
    for (const header of headers) {
      const [pair = '', ...attributes] = header.split(';');
      const [name = '', ...value] = pair.trim().split('=');
      const over = attributes.some((attribute) => /^\s*max-age=(?:0|-\d+)\s*$/i.test(attribute));
      if (over) cookies.delete(name);
      else cookies.set(name, value.join('='));
    }
  }

  /** The `Cookie` header for a host; nothing if there is none. */
  header(host: string): string | undefined {
    const cookies = this.byHost.get(host);
    if (cookies === undefined || cookies.size === 0) return undefined;
    return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}
