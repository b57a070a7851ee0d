import type { z } from 'zod';
import type { Result, ShopId, ShopScope } from '@/lib/kernel';
import { err } from '@/lib/kernel';
import type { KeyScope, Machine } from '@/lib/machines';
import { shopScopeOf } from '@/lib/machines';
import type { ProblemKind } from './problems';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Who calls: a machine with a key, or anybody. `key` is the Idempotency-Key of a write. */
/** `sender`: the network address, where guessing is counted. */
export type Caller = { readonly machine: Machine | undefined; readonly key: string; readonly sender: string };

export type Refusal = { readonly kind: string };

/** One answer: what was asked for, or why not. */
export type Outcome = Result<unknown, Refusal>;

/** The parts of a call before they are read. A body of many lines comes as text. */
export type RawCall = {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
};

type Kinds = { readonly params: z.ZodType; readonly query: z.ZodType; readonly body: z.ZodType; readonly answer: z.ZodType };

type Described = {
  readonly method: Method;
  /** Below `/api/v1`, with `{names}`. */
  readonly path: string;
  /** The operation's name in the document and in the generated client. */
  readonly id: string;
  readonly tag: string;
  readonly summary: string;
  readonly more?: string;
  /** The scope a key must have; `nobody` asks for no key. */
  readonly needs: KeyScope | 'nobody';
  readonly refuses: readonly ProblemKind[];
  readonly status?: 200 | 201;
  /** The use-case claims the key itself, in its own transaction: the door need not. */
  readonly claimsItself?: true;
  /** The answer is a file of this type, as a stream. */
  readonly gives?: 'text/csv' | 'application/zip';
  /** The body is a file as it is, of so many bytes at most; the use-case gets the bytes. */
  readonly takesFile?: number;
  /** The body is NDJSON and comes as text; `line` is the schema of one line. */
  readonly isLines?: true;
  readonly line?: z.ZodType;
};

/** A call of the API as the document describes it and the door serves it. */
export type Endpoint = Described &
  Kinds & {
    /** Reads the call and carries it out. Errors: `invalid-input` with the fields, and what the use-case refuses. */
    serve(caller: Caller, call: RawCall): Promise<Outcome>;
  };

type Input<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> = {
  readonly params: z.output<Params>;
  readonly query: z.output<Query>;
  readonly body: z.output<Body>;
};

/** Declares a call. The types of its parts come from the schemas that are also the document. */
export function endpoint<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType, Answer extends z.ZodType>(
  given: Described & {
    readonly params: Params;
    readonly query: Query;
    readonly body: Body;
    readonly answer: Answer;
    readonly handle: (caller: Caller, input: Input<Params, Query, Body>) => Promise<Result<z.input<Answer>, Refusal>>;
  },
): Endpoint {
  const { handle, ...described } = given;
  return {
    ...described,
    async serve(caller, call) {
      const params = given.params.safeParse(call.params);
      if (!params.success) return err({ kind: 'not-found' }); // an id of another shape names nothing
      const query = given.query.safeParse(call.query);
      const body = given.body.safeParse(call.body);
      if (!query.success || !body.success) {
        return err({ kind: 'invalid-input', errors: [...issuesOf('query', query.error), ...issuesOf('', body.error)] });
      }
      return handle(caller, { params: params.data, query: query.data, body: body.data });
    },
  };
}

/** Each thing that is wrong, with the field it is wrong in. */
export function issuesOf(where: string, error: z.ZodError | undefined): readonly { readonly field: string; readonly message: string }[] {
  return (error?.issues ?? []).slice(0, 20).map((issue) => ({
    field: [where, ...issue.path.map(String)].filter((part) => part !== '').join('.') || 'body',
    message: issue.message,
  }));
}

/** A call about one shop: the proof for it is looked up; another's shop is not there. */
export function shopEndpoint<
  Params extends z.ZodType<{ readonly shopId: ShopId }>,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Answer extends z.ZodType,
>(
  given: Omit<Parameters<typeof endpoint<Params, Query, Body, Answer>>[0], 'handle' | 'needs'> & {
    readonly needs: KeyScope;
    readonly handle: (
      scope: ShopScope,
      input: Input<Params, Query, Body> & { readonly key: string },
    ) => Promise<Result<z.input<Answer>, Refusal>>;
  },
): Endpoint {
  return endpoint<Params, Query, Body, Answer>({
    ...given,
    refuses: ['not-found', ...given.refuses],
    handle: async (caller, input) => {
      const scope = caller.machine && shopScopeOf(caller.machine, input.params.shopId);
      return scope ? given.handle(scope, { ...input, key: caller.key }) : err({ kind: 'not-found' });
    },
  });
}
