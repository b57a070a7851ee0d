import type { Form } from './html';
import { formsOf, wordsOf } from './html';

/** A page as it came, after redirects. */
export type Page = {
  readonly url: string;
  readonly status: number;
  readonly html: string;
  readonly forms: readonly Form[];
  readonly text: string;
};

/** A browser without scripts, pictures and patience: cookies, links and forms. */
export type Client = {
  get(address: string): Promise<Page>;
  /** Sends a form as it stands, with these values in place of its own. */
  submit(page: Page, form: Form, values?: Readonly<Record<string, string>>): Promise<Page>;
};

const MOST_REDIRECTS = 10;
const WAIT_MS = 60_000;

export function openClient(baseUrl: string): Client {
  const cookies = new Map<string, string>();

  async function follow(address: string, init: RequestInit, redirects = 0): Promise<Page> {
    const url = new URL(address, baseUrl);
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      signal: AbortSignal.timeout(WAIT_MS),
      headers: { accept: 'text/html', 'accept-language': 'fr', origin: url.origin, ...(cookie === '' ? {} : { cookie }) },
    });
    for (const line of response.headers.getSetCookie()) keepCookie(cookies, line);
    const location = response.headers.get('location');
    if (location !== null && response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      if (redirects >= MOST_REDIRECTS) throw new Error(`${url.pathname} leads round in a circle`);
      const again = response.status === 307 || response.status === 308 ? init : { method: 'GET' };
      return follow(new URL(location, url).href, again, redirects + 1);
    }
    return pageOf(url.href, response.status, await response.text());
  }

  return {
    get: (address) => follow(address, { method: 'GET' }),
    submit: (page, form, values = {}) => {
      const entries = entriesOf(form, values);
      const address = new URL(form.action === '' ? page.url : form.action, page.url);
      if (form.method === 'get') {
        address.search = new URLSearchParams(entries.map(([name, value]) => [name, value])).toString();
        return follow(address.href, { method: 'GET' });
      }
      const body = new FormData();
      for (const [name, value] of entries) body.append(name, value);
      return follow(address.href, { method: 'POST', body });
    },
  };
}

/** Parsing is left until somebody looks: measures look at some pages only. */
function pageOf(url: string, status: number, html: string): Page {
  let forms: readonly Form[] | undefined;
  let text: string | undefined;
  return {
    url,
    status,
    html,
    get forms() {
      return (forms ??= formsOf(html));
    },
    get text() {
      return (text ??= wordsOf(html));
    },
  };
}

function entriesOf(form: Form, values: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  const kept = form.fields
    .filter(({ name, isSent }) => isSent && values[name] === undefined)
    .map(({ name, value }) => [name, value] as const);
  return [...kept, ...Object.entries(values)];
}

function keepCookie(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(';');
  const name = pair.slice(0, pair.indexOf('=')).trim();
  const value = pair.slice(pair.indexOf('=') + 1).trim();
  const isOver = attributes.some((attribute) => /^\s*max-age\s*=\s*(0|-\d+)\s*$/i.test(attribute));
  if (isOver || value === '') cookies.delete(name);
  else cookies.set(name, value);
}

/** A step of a purchase that did not go as it should: its name and what was seen. */
export class FailedStep extends Error {
  override readonly name = 'FailedStep';
  constructor(
    readonly step: string,
    what: string,
  ) {
    super(what);
  }
}

/** Stops at the step unless what it should have brought is there. */
export function expected<Value>(step: string, value: Value | undefined, what: string): Value {
  if (value === undefined) throw new FailedStep(step, what);
  return value;
}
