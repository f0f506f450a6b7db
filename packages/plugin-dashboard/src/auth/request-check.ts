import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';

/** Where a page listens, as far as it matters who may name it. */
export interface PageSite {
  readonly secure: boolean;
  /** Names beside `localhost` and addresses by which the owner calls it. */
  readonly hosts: readonly string[];
}

/** What is looked at of a request. */
export interface RequestHead {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  /** Address and port to which it came. */
  readonly localAddress: string | undefined;
  readonly localPort: number | undefined;
}

/**
 * Why a request is refused before anything looks at it: it was sent to another name than ours, as after DNS
 * rebinding, or by the page of another site.
 * @returns undefined where nothing speaks against it
 */
export function judgeRequest(head: RequestHead, site: PageSite): string | undefined {
  const { host } = head.headers;
  if (host === undefined || !isOwnHost(host, head, site))
    return 'This is not the host that was asked for.';
  return isForeign(head, `${site.secure ? 'https' : 'http'}://${host}`)
    ? 'Another site asked for this.'
    : undefined;
}

/** A name can be made to lead here by whoever owns it; an address cannot. */
function isOwnHost(
  host: string,
  { localAddress, localPort }: RequestHead,
  site: PageSite,
): boolean {
  const [, name = '', port = ''] =
    /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::(\d{1,5}))?$/i.exec(host) ?? [];
  const usual = site.secure ? 443 : 80;
  if (name === '' || (port === '' ? usual : Number(port)) !== localPort) return false;
  const plain = name.replace(/^\[|\]$/g, '').toLowerCase();
  if (isIP(plain)) return plain === unmapped(localAddress);
  return plain === 'localhost' || site.hosts.some((each) => each.toLowerCase() === plain);
}

/** An IPv4 address as an IPv6 socket has it. */
function unmapped(address = ''): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}

function isForeign({ method, headers }: RequestHead, own: string): boolean {
  const { origin, 'sec-fetch-site': from, 'sec-fetch-mode': mode } = headers;
  const isLook = method === 'GET' || method === 'HEAD';
  if (origin !== undefined && origin !== own) return true;
  // A browser that tells nothing of where a request comes from changes nothing here.
  if (!isLook && origin === undefined) return true;
  if (from === undefined || from === 'same-origin' || from === 'none') return false;
  // A link in another page may lead here; its scripts, frames and pictures may not.
  return !(isLook && mode === 'navigate' && headers['sec-fetch-dest'] === 'document');
}
