import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { invariant } from '@/lib/kernel';
import { contentTypeOf, isFileKey, type Files } from './files';

/** Files in a folder of this machine, a hundred folders so that none grows endless. */
export function folderFiles(root: string): Files {
  const placeOf = (key: string): { readonly folder: string; readonly path: string } => {
    invariant(isFileKey(key), 'a file key has no folders');
    const folder = join(root, key.slice(0, 2).toLowerCase());
    return { folder, path: join(folder, key) };
  };
  return {
    async put(key, { bytes }) {
      const { folder, path } = placeOf(key);
      await mkdir(folder, { recursive: true });
      await writeFile(`${path}.part`, bytes);
      await rename(`${path}.part`, path); // nobody reads half a picture
    },
    async get(key) {
      const { path } = placeOf(key);
      try {
        return { bytes: await readFile(path), contentType: contentTypeOf(key) };
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        throw error;
      }
    },
    async remove(key) {
      await rm(placeOf(key).path, { force: true });
    },
  };
}
