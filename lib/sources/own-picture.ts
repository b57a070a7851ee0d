import { and, eq, ne } from 'drizzle-orm';
import { sourceConnections } from '@/db/schema';
import type { Result } from '@/lib/kernel';
import { err, ok, parseId } from '@/lib/kernel';
import type { OwnPicture, OwnPictures, PictureFault } from '@/lib/pictures';
import { reader } from '@/lib/platform/transaction';
import type { SourceFault } from './fault';
import { openConnection } from './open-connection';
import type { SourcePorts } from './ports';
import { sourcePorts } from './ports';

function faultOf({ kind }: SourceFault): PictureFault {
  switch (kind) {
    case 'unreachable':
    case 'timed-out':
    case 'server-error':
    case 'asked-to-wait':
    case 'address-not-allowed':
    case 'too-large':
      return kind;
    case 'not-found':
      return 'not-there';
    case 'not-allowed':
    case 'other-host':
    case 'moved':
    case 'refused':
    case 'schema-changed':
    case 'credentials-unreadable':
    case 'file-unreadable':
      return 'refused';
  }
}

const isAt = (address: string, base: string): boolean =>
  URL.canParse(address) && URL.canParse(base) && new URL(address).origin === new URL(base).origin;

/**
 * Fetches pictures that lie behind a shop's key, for the worker that fetches pictures. Guarantees: a key goes to the origin its connection
 * asks and to no other, never along a redirect; what a file named, lies elsewhere or needs no key is left to be fetched as anybody would.
 */
export const ownPictures =
  (ports: SourcePorts = sourcePorts()): OwnPictures =>
  async ({ origin, shopId, address }): Promise<Result<OwnPicture, PictureFault>> => {
    const anybodys: Result<OwnPicture, never> = ok({ kind: 'anybodys' });
    const connectionId = parseId('connection', origin);
    if (connectionId === undefined) return anybodys;
    const [row] = await reader()
      .select()
      .from(sourceConnections)
      .where(and(eq(sourceConnections.id, connectionId), eq(sourceConnections.shopId, shopId), ne(sourceConnections.state, 'removed')));
    if (row === undefined) return anybodys;
    const opened = openConnection(row, ports);
    if (!opened.ok) return err(faultOf(opened.error));
    const { connector, call, settings } = opened.value;
    if (connector.picture === undefined || !isAt(address, connector.baseUrl(settings))) return anybodys;
    const asked = await connector.picture(call, address);
    if (!asked.ok) return asked.error.kind === 'moved' ? anybodys : err(faultOf(asked.error));
    if (asked.value === undefined) return ok({ kind: 'none' });
    return ok({ kind: 'file', bytes: asked.value.bytes, more: asked.value.more ?? [] });
  };
