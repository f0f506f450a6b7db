/** What somebody may do at the page, least first; each may do what those before it may. */
export const pageRoles = ['viewer', 'operator', 'owner'] as const;

/** `viewer` looks, `operator` drives gadgets and stops them, `owner` does all else. */
export type PageRole = (typeof pageRoles)[number];

/** Whether a role may do what another one is asked for. */
export function includes(role: PageRole, wanted: PageRole): boolean {
  return pageRoles.indexOf(role) >= pageRoles.indexOf(wanted);
}

/** The lesser of two roles. */
export function lesser(one: PageRole, other: PageRole): PageRole {
  return includes(one, other) ? other : one;
}

/** Whether a text is a {@link PageRole}. */
export function isPageRole(text: string): text is PageRole {
  return pageRoles.some((role) => role === text);
}
