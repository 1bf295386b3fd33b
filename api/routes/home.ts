/** The page at `/` while the console is not built: what runs here, how to build the console, where to go from here. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import { html } from 'hono/html';
import type { Deps, Env } from '../context.ts';

const STYLE = `
:root { color-scheme: light dark; --ink: #16202b; --soft: #5a6875; --paper: #f6f7f9; --card: #fff; --line: #dfe4ea; --accent: #0b6e66; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8edf2; --soft: #9aa8b5; --paper: #10161c; --card: #18212a; --line: #2a3641; --accent: #4fc3b6; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 3rem 1.25rem; }
h1 { margin: 0 0 .25rem; font-size: 2rem; letter-spacing: -.02em; }
h2 { margin: 2.5rem 0 .75rem; font-size: 1rem; color: var(--soft); font-weight: 600; }
p { margin: 0 0 1rem; }
.lead { color: var(--soft); font-size: 1.1rem; }
ul { list-style: none; margin: 0; padding: 0; display: grid; gap: .75rem; grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr)); }
a { color: inherit; text-decoration: none; display: block; height: 100%; padding: .9rem 1.1rem; background: var(--card); border: 1px solid var(--line); border-radius: .6rem; }
a:hover, a:focus-visible { border-color: var(--accent); outline: none; box-shadow: 0 0 0 2px color-mix(in srgb, var(--accent) 30%, transparent); }
a strong { display: block; color: var(--accent); }
a span { color: var(--soft); font-size: .9rem; }
pre { margin: 0; padding: 1rem 1.1rem; overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: .6rem; font-size: .85rem; line-height: 1.6; }
`;

const LAUNCH = `curl $URL/api/v1/requests \\
  -H "Authorization: Bearer $KEY" \\
  -F flowName=demo-survey \\
  -F files=@people.csv`;

interface Link {
  href: string;
  name: string;
  says: string;
}

function linksOf(deps: Deps): Link[] {
  const { temporalUi, inbox } = deps.links;
  return [
    { href: '/api/docs', name: 'API documentation', says: 'Every call, with its fields and errors' },
    ...(temporalUi
      ? [{ href: temporalUi, name: 'Temporal UI', says: 'Every request as a workflow, step by step' }]
      : []),
    ...(inbox ? [{ href: inbox, name: 'Inbox', says: 'The mails this stack has sent' }] : []),
    { href: '/readyz', name: 'Health', says: 'Whether the database and Temporal answer' },
    { href: '/metrics', name: 'Metrics', says: 'Numbers for Prometheus' },
    { href: '/api/v1/openapi.json', name: 'OpenAPI document', says: 'For generators of clients' },
  ];
}

export function homeRoutes(app: OpenAPIHono<Env>, deps: Deps): void {
  app.get('/style.css', (c) => c.body(STYLE, 200, { 'content-type': 'text/css; charset=utf-8' }));
  app.get('/', (c) => {
    c.set('route', '/');
    return c.html(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Clarion</title>
<link rel="stylesheet" href="/style.css">
<link rel="icon" href="data:,">
</head>
<body>
<main>
<h1>Clarion</h1>
<p class="lead">A list in, every person called, every row answered for.</p>
<p>The HTTP API is running. Its console is not built yet: run <code>npm run build:web</code> and start the API again.</p>
<h2>Look around</h2>
<ul>${linksOf(deps).map(
      (link) =>
        html`<li><a href="${link.href}"><strong>${link.name}</strong><span>${link.says}</span></a></li>`,
    )}</ul>
<h2>Call a list</h2>
<pre><code>${LAUNCH}</code></pre>
</main>
</body>
</html>`);
  });
}
