import { z } from 'zod';
import { parseId, type IdKind, type IdOf } from '@/lib/kernel';

/** A form's field that names a row; what is no such id is `not-an-id`. */
export function idField<Kind extends IdKind>(kind: Kind) {
  return z.string().transform((text, context): IdOf[Kind] => {
    const id = parseId(kind, text);
    if (id !== undefined) return id;
    context.addIssue({ code: 'custom', message: 'not-an-id' });
    return z.NEVER;
  });
}
