import type { GuardedAnswer, GuardedLimits, GuardedQuestion } from '@/lib/platform/guarded-request';

/** Who asks, and the key of the machine that answered the first time (SHA-256, hexadecimal); undefined when it is the first time. */
export type Login = { readonly username: string; readonly password: string; readonly hostKey: string | undefined };

/** What another system is asked. */
export type Question = GuardedQuestion & {
  /** For addresses of SFTP. */
  readonly login?: Login | undefined;
};

export type Answer = GuardedAnswer;
export type AskLimits = GuardedLimits;
