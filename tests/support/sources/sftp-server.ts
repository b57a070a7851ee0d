import { generateKeyPairSync } from 'node:crypto';
import ssh2 from 'ssh2';

/** A shop's file server: one file behind a name and a password. `file` is what lies there now; undefined when nothing does. */
export type SftpServer = {
  readonly address: string;
  file: Buffer | undefined;
  password: string;
  /** Takes another key, as a machine does that was put in the place of the first. */
  newKey(): Promise<void>;
  close(): Promise<void>;
};

const { STATUS_CODE } = ssh2.utils.sftp;
const hostKey = (): string => generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(); // prettier-ignore

/** Starts a real SFTP server on this machine, with the server side of the library the client side is of. */
export async function startSftpServer(file: Buffer): Promise<SftpServer> {
  const state: { file: Buffer | undefined; password: string } = { file, password: 'motdepasse' };
  const attrs = () => ({ mode: 0o100644, uid: 0, gid: 0, size: state.file?.length ?? 0, atime: 1, mtime: 1 });
  const make = () =>
    new ssh2.Server({ hostKeys: [hostKey()] }, (client) => {
      client.on('error', () => undefined);
      client.on('authentication', (asked) => {
        const isRight = asked.method === 'password' && asked.username === 'caisse' && asked.password === state.password;
        if (isRight) asked.accept();
        else asked.reject(['password']);
      });
      client.on('session', (accept) =>
        accept().on('sftp', (open) => {
          const sftp = open();
          const isThere = (path: string): boolean => path === '/export/articles.csv' && state.file !== undefined;
          sftp.on('STAT', (id, path) => (isThere(path) ? sftp.attrs(id, attrs()) : sftp.status(id, STATUS_CODE.NO_SUCH_FILE)));
          sftp.on('FSTAT', (id) => sftp.attrs(id, attrs()));
          sftp.on('OPEN', (id, path) => (isThere(path) ? sftp.handle(id, Buffer.from('1')) : sftp.status(id, STATUS_CODE.NO_SUCH_FILE)));
          sftp.on('READ', (id, _handle, offset, length) => {
            const piece = state.file?.subarray(offset, offset + length);
            if (piece === undefined || piece.length === 0) sftp.status(id, STATUS_CODE.EOF);
            else sftp.data(id, piece);
          });
          sftp.on('CLOSE', (id) => sftp.status(id, STATUS_CODE.OK));
        }),
      );
    });
  let server = make();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return Object.assign(state, {
    address: `sftp://127.0.0.1:${port}/export/articles.csv`,
    close,
    newKey: async () => {
      await close();
      server = make();
      await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    },
  });
}
