/** Colours that Twitch gives to those who have chosen none. */
const usual = [
  '#ff0000',
  '#0000ff',
  '#008000',
  '#b22222',
  '#ff7f50',
  '#9acd32',
  '#ff4500',
  '#2e8b57',
  '#daa520',
  '#d2691e',
  '#5f9ea0',
  '#1e90ff',
  '#ff69b4',
  '#8a2be2',
  '#00ff7f',
] as const;

/** The colour of a name in chat: the chosen one, else always the same of the usual ones. */
export function twitchColor({
  login,
  color,
}: {
  login: string;
  color?: string | undefined;
}): string {
  if (color !== undefined && /^#[0-9a-f]{6}$/i.test(color)) return color;
  let sum = 0;
  for (const letter of login) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9_973;
  return usual[sum % usual.length] ?? usual[0];
}
