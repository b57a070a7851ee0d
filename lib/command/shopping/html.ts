/**
 * Reads the forms of our own pages, as a browser without scripts would: no more HTML than that.
 */
export type Field = { readonly name: string; readonly value: string; readonly type: string; readonly isSent: boolean };

export type Form = {
  readonly method: 'get' | 'post';
  readonly action: string;
  readonly fields: readonly Field[];
  /** Everything a reader sees inside it. */
  readonly text: string;
};

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

export function unescapeHtml(text: string): string {
  return text.replaceAll(/&(#x[0-9a-f]+|#\d+|[a-z]+);/gi, (whole, code: string) => {
    if (!code.startsWith('#')) return entities[code.toLowerCase()] ?? whole;
    const point = /^#x/i.test(code) ? Number.parseInt(code.slice(2), 16) : Number(code.slice(1));
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}

/** The words of a piece of a page, without scripts, styles, comments and tags. */
export function wordsOf(html: string): string {
  const visible = html.replaceAll(/<(script|style)\b[\s\S]*?<\/\1>/gi, ' ').replaceAll(/<!--[\s\S]*?-->/g, '');
  return unescapeHtml(visible.replaceAll(/<[^>]*>/g, ' '))
    .replaceAll(/[\s\u00a0\u202f]+/g, ' ')
    .trim();
}

type Attributes = ReadonlyMap<string, string>;

function attributesOf(tag: string): Attributes {
  const found = new Map<string, string>();
  for (const match of tag.matchAll(/\s([^\s=/>"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?/g)) {
    found.set((match[1] ?? '').toLowerCase(), unescapeHtml(match[2] ?? match[3] ?? match[4] ?? ''));
  }
  return found;
}

/** What a control sends when nobody touches it. */
function fieldOf(tag: string, element: string, inner: string): Field | undefined {
  const attributes = attributesOf(tag);
  const name = attributes.get('name');
  const type = element === 'input' ? (attributes.get('type') ?? 'text').toLowerCase() : element;
  if (name === undefined || name === '' || attributes.has('disabled')) return undefined;
  const isTickable = type === 'radio' || type === 'checkbox';
  const value = element === 'textarea' ? unescapeHtml(inner) : (attributes.get('value') ?? (isTickable ? 'on' : ''));
  const isSent = isTickable ? attributes.has('checked') : !['button', 'submit', 'reset', 'image', 'file'].includes(type);
  return { name, value, type, isSent };
}

const controls = /<(input|button|textarea|select)\b((?:"[^"]*"|'[^']*'|[^"'>])*)>(?:([^<]*)<\/textarea>)?/gi;

/** The forms of a page, in order; controls outside that belong to a form by its id count as its own. */
export function formsOf(html: string): readonly Form[] {
  const forms = [...html.matchAll(/<form\b((?:"[^"]*"|'[^']*'|[^"'>])*)>([\s\S]*?)<\/form>/gi)];
  const outside = forms.reduce((rest, [whole]) => rest.replace(whole, ''), html);
  return forms.map(([, opening = '', inner = '']) => {
    const attributes = attributesOf(opening);
    const id = attributes.get('id');
    const own = [...inner.matchAll(controls)];
    const far = id === undefined ? [] : [...outside.matchAll(controls)].filter((match) => attributesOf(match[2] ?? '').get('form') === id);
    return {
      method: attributes.get('method')?.toLowerCase() === 'post' ? 'post' : 'get',
      action: attributes.get('action') ?? '',
      fields: [...own, ...far].flatMap((match) => fieldOf(match[2] ?? '', (match[1] ?? '').toLowerCase(), match[3] ?? '') ?? []),
      text: wordsOf(inner),
    };
  });
}

/** Addresses of links that match, in order, each once. */
export function linksOf(html: string, pattern: RegExp): readonly string[] {
  const all = [...html.matchAll(/<a\b((?:"[^"]*"|'[^']*'|[^"'>])*)>/gi)].map((match) => attributesOf(match[1] ?? '').get('href') ?? '');
  return [...new Set(all.filter((href) => pattern.test(href)))];
}

/** An amount as people read it ("1 234,50 €", "€1,234.50") in cents; undefined when the text is none. */
export function centsOf(text: string): number | undefined {
  const match = /(?:€\s?)?(-?\d{1,3}(?:[ .,\u00a0\u202f]\d{3})*)[.,](\d{2})(?:\s?€)?/.exec(text);
  if (match === null || !text.includes('€')) return undefined;
  return Number(`${match[1]?.replaceAll(/[^\d-]/g, '')}${match[2]}`);
}

/** Every amount in a text, in cents. A space groups thousands only before three digits: "H-1004 32,10 €" is thirty-two euros. */
export function amountsIn(text: string): readonly number[] {
  const amount = /€\s?\d{1,3}(?:[ ,\u202f]?\d{3})*\.\d{2}|(?<![\d-])\d{1,3}(?:[ .\u00a0\u202f]\d{3})*,\d{2}[\s\u00a0\u202f]?€/g;
  return [...text.matchAll(amount)].flatMap(([found]) => centsOf(found) ?? []);
}
