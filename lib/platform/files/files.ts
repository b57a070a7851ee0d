/** A kept file and what it is. */
export type KeptFile = { readonly bytes: Uint8Array; readonly contentType: string };

/**
 * Where pictures people send are kept: a folder of this machine, or an S3-compatible store. Keys are unguessable names without folders; what
 * is kept under one never changes. Both pass the same contract test.
 */
export type Files = {
  put(key: string, file: KeptFile): Promise<void>;
  /** Undefined when nothing is kept under the key. */
  get(key: string): Promise<KeptFile | undefined>;
  /** Again, or without anything there, changes nothing. */
  remove(key: string): Promise<void>;
};

/** Names that may be part of a path and an address as they are. */
export function isFileKey(text: string): boolean {
  return /^[\w-]{20,80}\.(?:webp|avif|png|jpg)$/.test(text);
}

const types: Readonly<Record<string, string>> = { webp: 'image/webp', avif: 'image/avif', png: 'image/png', jpg: 'image/jpeg' };

/** What a file is, by the end of its key. */
export function contentTypeOf(key: string): string {
  return types[key.slice(key.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
}
