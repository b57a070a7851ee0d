import { SaxesParser } from 'saxes';

/** The items of a feed, each with its own tags without their prefix. Errors: throws where the text is not well-formed XML. */
export function openXml(text: string): readonly Readonly<Record<string, string>>[] {
  const items: Record<string, string>[] = [];
  let name = '';
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    if (tag.local === 'item') items.push({});
    name = tag.prefix === 'g' ? tag.local : '';
  });
  parser.on('closetag', () => {
    name = '';
  });
  parser.on('text', (words) => {
    const item = items.at(-1);
    if (name !== '' && item) item[name] = (item[name] ?? '') + words;
  });
  parser.write(text).close();
  return items;
}
