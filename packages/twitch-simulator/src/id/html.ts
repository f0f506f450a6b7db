/** `text` as it may stand in HTML, in an attribute too. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

const style = `
  :root { color-scheme: light dark; --ink: #18181b; --paper: #fff; --ground: #efeff1; --line: #d3d3d9; --soft: #6b6b76; }
  @media (prefers-color-scheme: dark) {
    :root { --ink: #efeff1; --paper: #18181b; --ground: #0e0e10; --line: #3a3a3d; --soft: #adadb8; }
  }
  * { box-sizing: border-box; }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem;
    font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground); }
  main { width: min(26rem, 100%); overflow-wrap: anywhere; padding: 2rem; border-radius: .75rem; background: var(--paper);
    border: 1px solid var(--line); border-top: .4rem solid #7d4bc9; }
  main > :last-child { margin-bottom: 0; }
  .brand { margin: 0 0 1.25rem; color: var(--soft); font-weight: 600; font-size: .9rem; }
  h1 { margin: 0 0 .5rem; font-size: 1.35rem; line-height: 1.25; }
  p, ul { margin: .5rem 0 1rem; } ul { padding-left: 1.2rem; } li { margin: .35rem 0; }
  code { font: .85em/1.5 ui-monospace, monospace; color: var(--soft); } li code { display: block; }
  fieldset { margin: 0 0 1.25rem; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .5rem; }
  legend { padding: 0 .4rem; color: var(--soft); } label { display: block; padding: .25rem 0; }
  input[type=text] { width: 100%; margin-top: .4rem; padding: .5rem; font: inherit; border-radius: .4rem; border: 1px solid var(--line); }
  .buttons { display: flex; gap: .75rem; margin-bottom: 1rem; }
  button { flex: 1; padding: .65rem; font: inherit; font-weight: 600; border-radius: .5rem; cursor: pointer;
    border: 1px solid var(--line); background: transparent; color: inherit; }
  button.main { background: #7d4bc9; border-color: #7d4bc9; color: #fff; }
  button:focus-visible, input:focus-visible { outline: 3px solid #b794f6; outline-offset: 2px; }
  small { display: block; line-height: 1.45; color: var(--soft); }`;

/** A whole page around `body`, which must be escaped already. */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${escapeHtml(title)}</title>
<style>${style}
</style>
</head>
<body>
<main>
<p class="brand">Simulated Twitch</p>
${body}
<p><small>This page comes from your own machine. No real account is touched.</small></p>
</main>
</body>
</html>
`;
}
