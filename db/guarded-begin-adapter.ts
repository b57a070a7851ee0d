import type postgres from 'postgres';

type Unsafe = postgres.Sql['unsafe'];
type Work = (client: postgres.TransactionSql) => unknown;

/** Thrown for a statement of a transaction that ended without it. */
class TransactionOver extends Error {
  override readonly name = 'TransactionOver';
  readonly code = 'CONNECTION_CLOSED';
}

const LOST = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  '57P01',
  '57P02',
  '57P03',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
]);

/** Did the database's connection break under this statement? Only errors the driver marked with a query count. */
function isLost(thrown: unknown): boolean {
  for (let cause: unknown = thrown; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof TransactionOver) return true;
    if ('query' in cause && 'code' in cause && LOST.has(String(cause.code))) return true;
  }
  return false;
}

/**
 * `begin` that keeps all or nothing when the connection breaks in the middle. The driver gives up the transaction at once, yet lets the work
 * go on: its next statement, or the driver's own `rollback`, would reach whatever the connection became meanwhile, another session
 * where it counts alone or somebody else's transaction. So a transaction that is over takes no further statement, and work that lost its connection
 * neither commits nor rolls back: the server did that.
 */
export function guardedBegin(sql: postgres.Sql, statement: (unsafe: Unsafe) => Unsafe): postgres.Sql['begin'] {
  const begin = sql.begin.bind(sql);
  const guarded = (first: string | Work, second?: Work): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const options = typeof first === 'string' ? first : '';
      const given = typeof first === 'string' ? second : first;
      let isOver = false;
      const settle = (outcome: () => void): void => {
        isOver = true;
        outcome();
      };
      const work: Work = async (client) => {
        try {
          return await given?.(guardedClient(client, statement, () => isOver));
        } catch (thrown) {
          if (!isOver && !isLost(thrown)) throw thrown;
          settle(() => reject(thrown));
          return new Promise(() => {}); // never settles, so that the driver sends nothing more on this connection
        }
      };
      begin(options, async (client) => {
        const value = await work(client);
        return isOver ? new Promise(() => {}) : value;
      }).then(
        (value) => settle(() => resolve(value)),
        (thrown: unknown) => settle(() => reject(thrown)),
      );
    });
  return guarded as postgres.Sql['begin'];
}

function guardedClient(
  client: postgres.TransactionSql,
  statement: (unsafe: Unsafe) => Unsafe,
  isOver: () => boolean,
): postgres.TransactionSql {
  const unsafe = statement(client.unsafe);
  return new Proxy(client, {
    apply: (target, receiver, given) => {
      if (isOver()) return Promise.reject(new TransactionOver('the transaction is over'));
      return Reflect.apply(target as unknown as (...all: unknown[]) => unknown, receiver, given);
    },
    get: (target, name) => {
      const found: unknown = Reflect.get(target, name);
      if (name !== 'unsafe') return found;
      return (...given: Parameters<Unsafe>): unknown => {
        if (!isOver()) return unsafe(...given);
        const refused = Promise.reject(new TransactionOver('the transaction is over'));
        return Object.assign(refused, { values: () => refused });
      };
    },
  });
}
