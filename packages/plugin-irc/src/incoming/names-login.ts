/** Whether `text` holds `login` as a word of its own, with or without `@`, in any case. */
export function namesLogin(text: string, login: string): boolean {
  if (login === '') return false;
  const line = text.toLowerCase();
  let at = line.indexOf(login);
  while (at !== -1) {
    const end = at + login.length;
    if (!isLoginCharacter(line.charCodeAt(at - 1)) && !isLoginCharacter(line.charCodeAt(end))) {
      return true;
    }
    at = line.indexOf(login, end);
  }
  return false;
}

/** Whether a character can belong to a login: a to z, 0 to 9, underscore. */
function isLoginCharacter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code === 95;
}
