import type { Locale } from '@/lib/kernel';
import type { ChangeRefusal, InviteRefusal } from '@/lib/teams';
import { texts } from '@/lib/texts';

/** Words for a team that could not be changed. */
export function explainTeam(locale: Locale, refusal: InviteRefusal | ChangeRefusal): string {
  const t = texts(locale, 'team');
  switch (refusal.kind) {
    case 'already-in-team':
    case 'last-of-role':
      return t(`refused.${refusal.kind}`, { role: t(`roles.${refusal.role}`) });
    case 'too-many-invitations':
    case 'team-full':
      return t(`refused.${refusal.kind}`, { most: refusal.most });
    case 'role-too-small':
    case 'role-not-yours-to-give':
    case 'member-not-found':
    case 'address-asked-enough':
      return t(`refused.${refusal.kind}`);
  }
}
