import { join } from 'node:path';
import { env } from '../env';
import type { Files } from './files';
import { folderFiles } from './folder-files-adapter';
import { s3Files } from './s3-files-adapter';

export { contentTypeOf, isFileKey, type Files, type KeptFile } from './files';
export { folderFiles } from './folder-files-adapter';
export { s3Files } from './s3-files-adapter';

let chosen: Files | undefined;

/** The files of this installation: the configured store, else the folder `files` beside the other data. */
export function files(): Files {
  const { s3, dataFolder } = env();
  chosen ??= s3 === undefined ? folderFiles(join(/* turbopackIgnore: true */ dataFolder, 'files')) : s3Files(s3);
  return chosen;
}
