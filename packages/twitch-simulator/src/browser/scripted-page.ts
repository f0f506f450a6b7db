/** Something that a person would press next. */
export interface NextStep {
  readonly url: string;
  /** The form that is sent, if it is sent by POST. */
  readonly form?: URLSearchParams;
}

/** How a consent page is answered. */
export interface ConsentAnswer {
  readonly approve: boolean;
  /** Login of the account to choose; the one that is marked already if not given. */
  readonly as?: string | undefined;
}

/** Finds what to press on a page: the consent form's button, or the link marked as login. */
export function findNextStep(
  html: string,
  base: string,
  answer: ConsentAnswer,
): NextStep | undefined {
  const consent = findForm(html, /\bid="consent"/);
  if (consent !== undefined) {
    const fields = hiddenFields(consent.inside);
    const login = answer.as ?? checkedAccount(consent.inside);
    if (login !== undefined) fields.set('login', login);
    fields.set('decision', answer.approve ? 'approve' : 'deny');
    return submit(consent.tag, fields, base);
  }
  const link = tags(html, 'a').find(isLogin);
  const href = link === undefined ? undefined : attribute(link, 'href');
  if (href !== undefined) return { url: new URL(href, base).href };
  const form = findForm(html, loginMark);
  return form === undefined ? undefined : submit(form.tag, hiddenFields(form.inside), base);
}

const loginMark = /\s(?:data-login\b|id=["']?login["'\s>])/;

function isLogin(tag: string): boolean {
  return loginMark.test(tag);
}

function submit(tag: string, fields: URLSearchParams, base: string): NextStep {
  const url = new URL(attribute(tag, 'action') ?? base, base);
  if (attribute(tag, 'method')?.toLowerCase() === 'post') return { url: url.href, form: fields };
  for (const [name, value] of fields) url.searchParams.set(name, value);
  return { url: url.href };
}

function findForm(html: string, mark: RegExp): { tag: string; inside: string } | undefined {
  for (const match of html.matchAll(/(<form\b[^>]*>)(.*?)<\/form>/gis)) {
    const [, tag = '', inside = ''] = match;
    if (mark.test(tag)) return { tag, inside };
  }
  return undefined;
}

function hiddenFields(html: string): URLSearchParams {
  const fields = new URLSearchParams();
  for (const tag of tags(html, 'input')) {
    const name = attribute(tag, 'name');
    if (name !== undefined && attribute(tag, 'type')?.toLowerCase() === 'hidden') {
      fields.append(name, attribute(tag, 'value') ?? '');
    }
  }
  return fields;
}

function checkedAccount(html: string): string | undefined {
  const chosen = tags(html, 'input').find((tag) => /\schecked\b/i.test(tag));
  return chosen === undefined ? undefined : attribute(chosen, 'value');
}

function tags(html: string, name: string): readonly string[] {
  return [...html.matchAll(new RegExp(`<${name}\\b[^>]*>`, 'gi'))].map(([tag]) => tag);
}

function attribute(tag: string, name: string): string | undefined {
  const match = new RegExp(`\\s${name}=(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i').exec(tag);
  const value = match?.[1] ?? match?.[2] ?? match?.[3];
  return value === undefined ? undefined : unescapeHtml(value);
}

const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  amp: '&',
};

const lastCodePoint = 0x10ffff;

function unescapeHtml(text: string): string {
  return text.replace(/&(?:#x([\da-f]+)|#(\d+)|([a-z]+));/gi, (whole, hex, decimal, name) => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    if (code <= lastCodePoint) return String.fromCodePoint(code);
    return (Object.hasOwn(entities, String(name)) ? entities[String(name)] : undefined) ?? whole;
  });
}
