// breaks imports-resolve
// @ts-expect-error there is no such file: that is the violation
import { nothing } from './no-such-file';

export const none: unknown = nothing;
