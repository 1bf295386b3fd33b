/** The OpenAPI document, and pages to browse it by, served from this machine: no network is needed to read them. */
import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Env } from '../context.ts';
import { API_ROOT } from '../endpoint.ts';

const DESCRIPTION = `Clarion calls, texts and mails each person of a list exactly as a flow says.

Authenticate with \`Authorization: Bearer <key>\`. Errors are RFC 9457 problems with a \`code\` and, per field
or row, \`errors[]\`. Lists take \`limit\` and \`cursor\`. Every POST but those of \`/session\` takes \`Idempotency-Key\`. Times are RFC 3339.
More than 10,000 records, or rows that come from a file, are best sent as a file.`;

export function openApiDocument(app: OpenAPIHono<Env>) {
  app.openAPIRegistry.registerComponent('securitySchemes', 'key', {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key: `ck_` and 40 letters and digits.',
  });
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'clarion.session_token',
    description:
      'The cookie of `POST /session`, for pages of the console. Changes need `Origin` or `Sec-Fetch-Site`.',
  });
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Clarion',
      version: '1',
      description: DESCRIPTION,
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: API_ROOT }],
  });
}

const require = createRequire(import.meta.url);
const assets = dirname(require.resolve('swagger-ui-dist/package.json'));
const TYPES: Record<string, string> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
};

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Clarion API</title>
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
<link rel="icon" href="/api/docs/favicon-32x32.png">
</head>
<body>
<div id="docs"></div>
<script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/start.js"></script>
</body>
</html>
`;
/** A file of its own: the page's policy forbids scripts inside it. */
const START = `SwaggerUIBundle({ url: '${API_ROOT}/openapi.json', dom_id: '#docs', deepLinking: true });\n`;

export function docsRoutes(app: OpenAPIHono<Env>): void {
  app.get('/api/docs', (c) => c.html(PAGE));
  app.get('/api/docs/', (c) => c.redirect('/api/docs'));
  app.get('/api/docs/start.js', (c) =>
    c.body(START, 200, { 'content-type': 'text/javascript; charset=utf-8' }),
  );
  app.get('/api/docs/:file', (c) => {
    const file = c.req.param('file');
    const type = Object.hasOwn(TYPES, file) ? TYPES[file] : undefined;
    if (type === undefined) return c.notFound();
    const content = Readable.toWeb(createReadStream(join(assets, file))) as ReadableStream<Uint8Array>;
    return c.body(content, 200, { 'content-type': type, 'cache-control': 'public, max-age=86400' });
  });
}
