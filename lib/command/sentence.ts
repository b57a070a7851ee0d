/** Codes of system and database errors, and what they mean to whoever runs this. */
const sentences: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'The database does not answer at that address: is it running, and is DATABASE_URL right?',
  ENOTFOUND: 'The host of DATABASE_URL has no address: check its name.',
  ETIMEDOUT: 'The database does not answer in time: is the network open between this machine and DATABASE_URL?',
  CONNECT_TIMEOUT: 'The database does not answer in time: is the network open between this machine and DATABASE_URL?',
  CONNECTION_CLOSED: 'The database closed the connection: was it stopped?',
  ENOSPC: 'The disk is full: free some space and start again.',
  EACCES: 'A file or folder may not be written: check who owns the checkout and its .halles folder.',
  EROFS: 'The file system is read-only: set HALLES_FOLDER to a folder that may be written.',
  '28P01': 'The database refused the password of DATABASE_URL.',
  '3D000': 'The database named in DATABASE_URL does not exist: create it first.',
  '42P01': 'The database has no tables yet: run "npm run db:migrate".',
  '53100': 'The disk of the database is full: free some space and start again.',
  '53300': 'The database has no connection left: raise max_connections, or lower DATABASE_POOL.',
};

/** Codes of an error and of everything that caused it, outermost first. */
function codesOf(error: unknown): readonly string[] {
  if (typeof error !== 'object' || error === null) return [];
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  const cause = 'cause' in error ? codesOf(error.cause) : [];
  const parts = error instanceof AggregateError ? error.errors.flatMap(codesOf) : [];
  return [...own, ...cause, ...parts];
}

/** One sentence for whoever runs a command. Never a stack: that is printed with LOG_LEVEL=debug only. */
export function sentenceOf(error: unknown): string {
  const known = codesOf(error).find((code) => sentences[code] !== undefined);
  if (known !== undefined) return sentences[known] ?? known;
  return error instanceof Error ? error.message : String(error);
}
