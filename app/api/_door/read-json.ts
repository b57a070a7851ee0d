/**
 * What a page of ours sent to a route of ours, as JSON of no more than so many characters; undefined for anything else. Never a form of another site: a browser asks
 * before it sends this type there. Zero bytes are left out, as of forms: no text of the database holds one.
 */
export async function readJson(request: Request, mostCharacters: number): Promise<unknown> {
  if (!(request.headers.get('content-type') ?? '').startsWith('application/json')) return undefined;
  const text = await request.text();
  if (text.length > mostCharacters) return undefined;
  try {
    return JSON.parse(text, (_name, value: unknown) => (typeof value === 'string' ? value.replaceAll('\0', '') : value));
  } catch {
    return undefined;
  }
}
