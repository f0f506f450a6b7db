/** Style of the login page; inline, since the page loads nothing. */
export const loginPageStyle = `
:root { color-scheme: light dark; --ink: #1d1a26; --soft: #6b6578; --paper: #fff; --ground: #f3f0fa; --line: #e4dff0; --accent: #7c3aed; --lamp: #f5b301; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #efeaf8; --soft: #a49db5; --paper: #1f1b29; --ground: #14111b; --line: #352f45; --accent: #a274ff; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem; background: var(--ground); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; }
main { width: 100%; max-width: 36rem; overflow-wrap: anywhere; text-wrap: pretty; padding: 2.25rem 2.5rem; background: var(--paper); border: 1px solid var(--line); border-radius: 1rem; box-shadow: 0 1.25rem 3rem rgb(30 10 70 / 10%); }
main > :last-child { margin-bottom: 0; }
.brand { margin: 0 0 1.5rem; display: flex; align-items: center; gap: .6rem; font-weight: 650; letter-spacing: .01em; color: var(--soft); }
.lamp { width: .8rem; height: .8rem; border-radius: 50%; background: var(--lamp); box-shadow: 0 0 .9rem .1rem var(--lamp); }
[data-state=failed] .lamp { background: #d33; box-shadow: 0 0 .9rem .1rem #d33; }
[data-state=done] .lamp { background: #2fa84f; box-shadow: 0 0 .9rem .1rem #2fa84f; }
h1 { margin: 0 0 .75rem; font-size: 1.75rem; line-height: 1.2; letter-spacing: -.01em; }
table { width: 100%; margin: 1.25rem 0; border-collapse: collapse; font-size: .95rem; }
th { text-align: left; font-size: .8rem; font-weight: 600; color: var(--soft); }
th, td { padding: .45rem 1rem .45rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th:last-child, td:last-child { width: 40%; padding-right: 0; }
code { display: block; font: .85em/1.5 ui-monospace, monospace; color: var(--soft); }
.button { display: inline-block; margin: .5rem 0; padding: .75rem 1.4rem; border-radius: .6rem; background: var(--accent); color: #fff; font-weight: 650; text-decoration: none; }
.button:hover { filter: brightness(1.08); }
.button:focus-visible { outline: 3px solid var(--lamp); outline-offset: 3px; }
@media (prefers-color-scheme: dark) { .button { color: #14111b; } }
.problem { padding: .8rem 1rem; border-left: 4px solid #d33; border-radius: .4rem; background: rgb(221 51 51 / 10%); }
.small { margin: 1rem 0 0; font-size: .85rem; color: var(--soft); }
@media (max-width: 32rem) {
  body { padding: .75rem; }
  main { padding: 1.5rem 1.25rem; }
  .button { display: block; text-align: center; }
}
`;
