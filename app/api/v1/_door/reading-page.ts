import { z } from 'zod';
import { endpoints } from '../_routes';
import type { Endpoint } from './endpoint';
import { problems } from './problems';
import { typeText } from './type-text';

const STYLE = `
:root{--paper:#fbf8f1;--ink:#22211d;--soft:#5d5a50;--line:#d9d3c4;--plaque:#1d4e8f}
body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.55 system-ui,sans-serif}
main,header,nav{max-width:60rem;margin:0 auto;padding:0 1.25rem}
h1{font-size:2rem;margin:2rem 0 .5rem}h2{margin:2.5rem 0 .5rem;border-bottom:2px solid var(--ink)}h3{margin:1.75rem 0 .25rem}
code,pre{font:14px/1.5 ui-monospace,monospace}pre{background:#fff;border:1px solid var(--line);padding:.75rem;overflow-x:auto;white-space:pre-wrap}
a{color:var(--plaque)}dt{font-weight:600}dd{margin:0 0 .5rem}
.way{font-weight:700;padding:.1rem .5rem;border:1px solid var(--ink);border-radius:4px;margin-right:.5rem}.soft{color:var(--soft)}
ul{padding-left:1.25rem}`;

/** The API for people: every call with what it takes, what it answers and how it may be refused. One page, no script. */
export function readingPage(): string {
  const tags = [...new Set(endpoints.map(({ tag }) => tag))];
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Halles API</title><style>${STYLE}</style></head><body>
<header><h1>Halles API, version 1</h1>
<p>For shops’ own systems and shoppers’ own tools. The same as <a href="/api/v1/openapi.json">OpenAPI 3.1</a>.</p>
<p>Send a key as <code>Authorization: Bearer halles_…</code>; it is made in the shop’s dashboard, under API. Every write carries an
<code>Idempotency-Key</code>: the same call with the same key happens once. Lists give <code>nextCursor</code>. Errors are problem+json; <code>kind</code> is stable.</p></header>
<nav aria-label="Contents"><ul>${tags.map((tag) => `<li><a href="#${anchor(tag)}">${escaped(tag)}</a></li>`).join('')}<li><a href="#problems">Problems</a></li></ul></nav>
<main>${tags
    .map(
      (tag) =>
        `<h2 id="${anchor(tag)}">${escaped(tag)}</h2>${endpoints
          .filter((one) => one.tag === tag)
          .map(callSection)
          .join('')}`,
    )
    .join('')}
<h2 id="problems">Problems</h2><dl>${problemList()}</dl></main></body></html>`;
}

function callSection(endpoint: Endpoint): string {
  const { id, method, path, summary, more, needs, refuses } = endpoint;
  const part = (title: string, schema: z.ZodType, io: 'input' | 'output') => {
    const text = typeText(z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' }));
    return text === '{}' ? '' : `<p class="soft">${title}</p><pre>${escaped(text)}</pre>`;
  };
  return `<section aria-labelledby="${id}"><h3 id="${id}"><span class="way">${method}</span><code>/api/v1${escaped(path)}</code></h3>
<p>${escaped(summary)}.${more === undefined ? '' : ` ${escaped(more)}`}</p>
<p class="soft">${needs === 'nobody' ? 'No key.' : `Scope <code>${needs}</code>.`}</p>
${part('Query', endpoint.query, 'input')}${endpoint.line === undefined ? part('Body', endpoint.body, 'input') : part('Body, one of these a line', endpoint.line, 'input')}${part('Answer', endpoint.answer, 'output')}
${refuses.length === 0 ? '' : `<p>May be refused: ${[...new Set(refuses)].map((kind) => `<a href="#${kind}"><code>${kind}</code></a>`).join(', ')}.</p>`}</section>`;
}

function problemList(): string {
  return Object.entries(problems)
    .map(([kind, [status, title]]) => `<dt id="${kind}"><code>${kind}</code> (${status})</dt><dd>${escaped(title)}</dd>`)
    .join('');
}

function anchor(text: string): string {
  return text.toLowerCase().replace(/[^a-z]+/g, '-');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
