/** The page's whole style: no fonts, pictures or colours from elsewhere. Contrast is at least 4.5 to 1 in both themes. */
export const PAGE_STYLE = `
:root { --back: #f6f5f2; --card: #fff; --text: #1f1d1a; --soft: #5f5a52; --line: #dedad2; --link: #0b57a4;
  --good: #1c6b36; --waiting: #7a5200; --bad: #b3261e; }
@media (prefers-color-scheme: dark) {
  :root { --back: #171614; --card: #211f1c; --text: #ece8e1; --soft: #aaa398; --line: #3a3732; --link: #8ab8f0;
    --good: #79cf93; --waiting: #e5b95c; --bad: #ff9c92; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 84rem; background: var(--back); color: var(--text);
  font: 1rem/1.45 system-ui, sans-serif; overflow-wrap: anywhere; }
body:has(article:only-child) { max-width: 44rem; }
header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 1rem; margin-bottom: 1rem; }
h1, h2, p { margin: 0; }
h1 { font-size: 1.5rem; }
h2 { font-size: 1.2rem; }
header p, .what, footer, caption, thead, .unit, .age { color: var(--soft); }
.what, footer, caption, thead, .age { font-size: .875rem; }
main { columns: 25rem; column-gap: 1rem; }
article { break-inside: avoid; margin-bottom: 1rem; overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-left: .3rem solid var(--mood);
  border-radius: .4rem; padding: .9rem 1rem; }
.good { --mood: var(--good); }
.waiting { --mood: var(--waiting); }
.bad { --mood: var(--bad); }
.state { margin: .5rem 0 .75rem; }
.state strong { color: var(--mood); }
table { width: 100%; border-collapse: collapse; margin-bottom: .75rem; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { padding: .25rem 0; text-align: left; vertical-align: baseline; border-bottom: 1px solid var(--line); }
th { font-weight: 400; overflow-wrap: break-word; }
td.number, th.number { padding: .25rem .75rem; text-align: right; font-variant-numeric: tabular-nums; }
.age { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.group th { padding-top: .75rem; font-weight: 600; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; font-size: .9rem; }
nav a { color: var(--link); padding: .25rem 0; }
a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
footer { margin-top: .5rem; display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: baseline; }
`
