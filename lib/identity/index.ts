/** People, sign-in and roles: the only maker of scopes. Knows nothing of Next: cookies and addresses come in as values. */
export { authOptions } from './auth-options';
export { ownPath } from './callback-path';
export {
  deleteGrant,
  grantCityRole,
  grantOwner,
  insertGrant,
  lockGrants,
  ofHouse,
  updateGrant,
  type Grant,
  type TeamScope,
} from './role-grants-repository';
export { ensurePerson } from './people-repository';
export { closeAccount, type CloseAccountRefusal } from './close-account';
export { listOwnOrders } from './list-own-orders';
export { openOrderLink, orderScope, type OrderLinkRefusal } from './order-scope';
export {
  BASKET_COOKIE,
  listWorkplaces,
  openBasket,
  operatorScope,
  ownerScope,
  senderScope,
  rememberBasket,
  shopScope,
  shopperScope,
  type OperatorAccessRefusal,
  type ShopAccess,
  type ShopAccessRefusal,
} from './scopes';
export { SESSION_COOKIE } from './session-token';
export { currentSession, revokeSession, revokeSessionsOf } from './sessions';
export {
  countInvitationsLately,
  createInvitationLink,
  createSignInLink,
  requestSignInLink,
  INVITATION_DAYS,
  MAILED_LINK_MINUTES,
  type LinkRefusal,
} from './sign-in-links';
export { localeOfEmail, setPreferredLocale } from './preferences';
export { requestScope } from './request-scope';
export { runScope } from './run-scope';
export { requestAccess, type AccessRequestRefusal } from './request-access';
export type * from './views';
export * from './network-scope';
