/** Who works in a house: given, changed and taken by its own people. `lib/identity` keeps the grants and makes scopes of them. */
export { changeRole, type ChangeRefusal, removeFromTeam } from './change-team';
export { inviteToTeam, type InviteRefusal, MOST_INVITATIONS, MOST_TO_ONE_ADDRESS } from './invite-to-team';
export { listTeam } from './list-team';
export { mailInvitation } from './mail-invitation';
export { inviteInput, roleField } from './schemas';
export type * from './views';
