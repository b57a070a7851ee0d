import type { Instant, PersonId, Role } from '@/lib/kernel';

/** Somebody of a house, as its people see them. */
export type TeamMemberView = {
  readonly personId: PersonId;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly since: Instant;
  /** Who gave the role; undefined for those who founded the house. */
  readonly by: string | undefined;
  readonly isYou: boolean;
  /** Was invited and has not followed the link. */
  readonly isAwaited: boolean;
  /** Their role is not above that of whoever looks: it may be changed or taken. */
  readonly mayChange: boolean;
};

/** One change of a team. Whoever left is named by the address the house had written to; whoever closed their account since, not at all. */
export type TeamChangeView = {
  readonly eventId: string;
  readonly at: Instant;
  readonly by: string | undefined;
  readonly whom: string | undefined;
  /** They did it themselves. */
  readonly isOwn: boolean;
  readonly change: 'added' | 'role-changed' | 'removed';
  readonly role: Role;
};

export type TeamView = {
  readonly members: readonly TeamMemberView[];
  /** The roles whoever looks may give, the most powerful first. */
  readonly roles: readonly Role[];
  readonly history: readonly TeamChangeView[];
};
