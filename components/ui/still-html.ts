import { Fragment, isValidElement, type ReactNode } from 'react';

/** What of an element's properties is written differently in HTML. */
const names: Readonly<Record<string, string>> = {
  className: 'class',
  htmlFor: 'for',
  defaultValue: 'value',
  defaultChecked: 'checked',
  textAnchor: 'text-anchor',
  strokeWidth: 'stroke-width',
  tabIndex: 'tabindex',
};
const switches = new Set(['checked', 'defaultChecked', 'disabled', 'hidden', 'multiple', 'open', 'readOnly', 'required']);
const childless = new Set(['br', 'hr', 'img', 'input', 'link', 'meta', 'source', 'wbr']);
const notWritten = new Set(['children', 'dangerouslySetInnerHTML', 'key', 'ref']);

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#x27;' };

/** Text as markup shows it: nothing in a title or a name becomes an element. */
function escaped(text: string): string {
  return /["&'<>]/.test(text) ? text.replace(/["&'<>]/g, (mark) => escapes[mark] ?? '') : text;
}

type Properties = Readonly<Record<string, unknown>>;

function isProperties(value: unknown): value is Properties {
  return typeof value === 'object' && value !== null;
}

function isComponent(type: unknown): type is (properties: Properties) => ReactNode {
  return typeof type === 'function' && !('$$typeof' in type);
}

/** `{ '--a': 'red', gridColumn: 2 }` as an attribute's text. */
function styleText(style: Properties): string {
  return Object.entries(style)
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([name, value]) => `${name.startsWith('--') ? name : name.replace(/[A-Z]/g, (big) => `-${big.toLowerCase()}`)}:${String(value)}`)
    .join(';');
}

function attribute(name: string, value: unknown): string {
  if (value === undefined || value === null || notWritten.has(name)) return '';
  if (name === 'style') return isProperties(value) ? ` style="${escaped(styleText(value))}"` : '';
  if (switches.has(name)) return value === false ? '' : ` ${names[name] ?? name}=""`;
  if (typeof value === 'boolean' && !name.startsWith('aria-') && !name.startsWith('data-')) return value ? ` ${name}=""` : '';
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return ` ${names[name] ?? name}="${escaped(String(value))}"`;
  throw new Error(`Still markup has no ${name}: what acts in the browser belongs outside.`);
}

function innerHtml(properties: Properties): string {
  const given = properties['dangerouslySetInnerHTML'];
  if (isProperties(given)) return String(given['__html']);
  return childrenHtml(properties['children']);
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return isProperties(value) && Symbol.iterator in value;
}

function childrenHtml(children: unknown): string {
  if (children === undefined || children === null || typeof children === 'boolean') return '';
  if (typeof children === 'string') return escaped(children);
  if (typeof children === 'number') return String(children);
  if (isValidElement(children)) return elementHtml(children.type, isProperties(children.props) ? children.props : {});
  if (isIterable(children)) {
    let html = '';
    for (const child of children) html += childrenHtml(child);
    return html;
  }
  throw new Error('Still markup is made of words and elements: what has to be awaited belongs outside.');
}

function elementHtml(type: unknown, properties: Properties): string {
  if (type === Fragment) return childrenHtml(properties['children']);
  if (isComponent(type)) return childrenHtml(type(properties));
  if (typeof type !== 'string') throw new Error('Still markup has no parts that live in the browser: they belong outside.');
  let attributes = '';
  for (const name in properties) attributes += attribute(name, properties[name]);
  return childless.has(type) ? `<${type}${attributes}/>` : `<${type}${attributes}>${innerHtml(properties)}</${type}>`;
}

/**
 * The HTML of markup that never changes in the browser: the same elements as React would make of it.
 *
 * Guarantees: all text and attributes are escaped; components without state are called as they are.
 * Errors: throws for anything alive (actions, handlers, promises, client components): it would be dead in the page.
 */
export function stillHtml(node: ReactNode): string {
  return childrenHtml(node);
}
