import { expect, test } from 'vitest';
import { endpoints } from '@/app/api/v1/_routes';
import { sourceFiles, textOf } from '../../support/source-files';

/** What a person can do on a page, and the call of the API that does the same. */
const sameByApi: Readonly<Record<string, string>> = {
  acceptAction: 'acceptOrder',
  acceptOfferAction: 'acceptOffer',
  addLineAction: 'addLine',
  addPicturesAction: 'addPicture',
  changePictureAction: 'showPictureFirst',
  confirmImportAction: 'confirmImport',
  correctColumnsAction: 'setImportColumns',
  saveProductAction: 'changeProduct',
  undoImportAction: 'undoImport',
  answerRequestAction: 'answerRequest',
  askShopsAction: 'askShops',
  answerChallengeAction: 'answerChallenge',
  cancelAction: 'cancelSubOrder',
  carryAction: 'answerCarry',
  changeStockAction: 'recordStock',
  changeWeekAction: 'setHours',
  setExceptionalDayAction: 'setExceptionalDay',
  dropExceptionalDayAction: 'dropExceptionalDay',
  chooseMethodAction: 'changeBasket',
  choosePlanAction: 'changeBasket',
  closeRequestAction: 'closeRequest',
  countStockAction: 'recordStock',
  decideReturnAction: 'decideReturn',
  deliveredAction: 'deliverOrder',
  despatchAction: 'despatchOrder',
  dropReturnAction: 'dropReturn',
  enterCheckoutAction: 'holdBasket',
  handOverAction: 'handOverOrder',
  inspectReturnAction: 'inspectReturn',
  moveReturnHomeAction: 'moveReturnHome',
  noteSentBackAction: 'noteReturnSent',
  payAction: 'payOrder',
  payByAction: 'choosePayment',
  sendFromBankAction: 'sendDemoTransfer',
  placeOrderAction: 'placeOrder',
  readyAction: 'readyOrder',
  refuseAction: 'refuseOrder',
  reopenBasketAction: 'reopenOrder',
  replaceLineAction: 'replaceLine',
  reportAction: 'report',
  savePlaceAction: 'changeBasket',
  setQuantityAction: 'changeLine',
  startReturnAction: 'startReturn',
  showBalanceAction: 'getVoucherBalance',
  switchOpeningAction: 'changeShop',
  tickAction: 'pickLine',
  withdrawAction: 'withdraw',
};

const peopleOnly = 'who works in a house is decided by its people: a key that gave roles would make people of machines';
const notYet = 'new this season: a person decides it at the desk; its call comes with the version that has its own scope';

/** What the API lacks, each with its reason. */
const onlyByPeople: Readonly<Record<string, string>> = {
  addConnectionAction: 'the key of another system is typed by the person who holds it, and is asked at once whether it works',
  absentAction: 'at the door, by whoever holds the run’s link',
  retryPicturesAction: 'a person who mended an address asks again at once; for systems the next file is that',
  addDeviceAction: 'a browser rings for the people at it; systems have webhooks',
  addThingAction: 'a thing that is not in the commons yet is looked at by a person before everybody sees it',
  addSynonymAction: 'the city’s own words for the search: no key is the city’s',
  answerCheckAction: notYet,
  askConnectionAction: 'a system that is in a hurry sends its counts itself: recordStock',
  askShelfCheckAction: 'asked from a product page by somebody who waits for the answer there',
  answerDisputeAction: 'a person weighs the evidence and signs for it at the bank: no key is the city’s',
  answerRescueAction: notYet,
  askToBeToldAction: notYet,
  proposeShopAction: 'named by a person, and nothing is kept of who: no key is theirs',
  seeProposalAction: 'read by a person at the city’s desk: no key is the city’s',
  askOpeningAction: 'a shop is opened by the person who answers for it, not by a system',
  automaticOpeningsAction: 'how the city lets shops in is its own decision: no key is the city’s',
  beginShopAction: 'before it there is no shop a key could belong to',
  completeProductsAction: 'what the law wants said of a thing is said by a person who holds it; systems send it with their feed',
  chooseSourceAction: 'only leads a person to the next page',
  switchModuleAction: 'what the city offers is its own decision: no key is the city’s',
  confirmPapersAction: 'the city looks at papers and answers for it: no key is the city’s',
  changeCompanyAction: 'declarations are a person’s, dated and by its own hand (DSA article 30)',
  changeMoneyPapersAction: 'a mandate is signed by a person',
  decideOpeningAction: 'the city looks at papers and answers for it: no key is the city’s',
  leaveOnboardingAction: 'a person comes back from the payment provider’s form; systems hear of the account by its message',
  saveCompanyAction: 'declarations are a person’s, dated and by its own hand (DSA article 30)',
  saveHoursAction: 'part of the file a person sends to the city before the shop is open',
  saveMoneyAction: 'a mandate is signed by a person',
  saveReceivingAction: 'part of the file a person sends to the city before the shop is open',
  saveSignAction: 'part of the file a person sends to the city before the shop is open',
  awayAction: notYet,
  bringBackAction: 'at the door, by whoever holds the run’s link',
  blockVoucherAction: 'the issuers’ books are kept at the city’s desk: no key is the city’s',
  carryDebtAction: 'the city’s own decision about money: no key is the city’s',
  callOffRunAction: 'the city’s own couriers: no key is the city’s',
  cancelDeliveryAction: notYet,
  changeColleagueAction: peopleOnly,
  changeHeadOfficeAction: peopleOnly,
  changeOperatorAction: peopleOnly,
  chooseCityLanguageAction: 'the language of a person’s own screen',
  chooseLanguageAction: 'the language of a person’s own screen',
  confirmAlertAction: notYet,
  createIssuerAction: 'the issuers’ books are kept at the city’s desk: no key is the city’s',
  createKeyAction: 'a key must not make keys: a lost one would multiply',
  decideMatchAction: 'whether two things are the same is decided by people, that is the point of it',
  deliverAction: 'at the door, by whoever holds the run’s link',
  expectDeliveryAction: notYet,
  fetchPartAction: 'at the door, by whoever holds the run’s link',
  closeAccountAction: 'a machine has no account of its own to close; people close theirs where they are signed in',
  changeCityAction: 'who answers for the city is stated by its administration, read by everybody: no key is the city’s',
  inviteColleagueAction: peopleOnly,
  inviteHeadOfficeAction: peopleOnly,
  inviteOperatorAction: peopleOnly,
  holdPayoutsAction: 'the city’s own decision about money, with reasons a person states: no key is the city’s',
  liftHoldAction: 'the city’s own decision about money: no key is the city’s',
  messageWishesAction: 'what a shop hears and when is decided by a person at its desk',
  missingAction: notYet,
  issueSeriesAction: 'codes are shown once, to the person at the city’s desk who makes them',
  loadVoucherAction: 'the issuers’ books are kept at the city’s desk: no key is the city’s',
  networkRulesAction: 'a network’s rules are laid down by people of head office; keys are a shop’s',
  payCityOutAction: 'the city’s own money: no key is the city’s',
  publishPolicyAction: 'the city’s own rules: no key is the city’s',
  publishZoneAction: 'the city’s own zones: no key is the city’s',
  compareAgainAction: 'the city’s own books beside the provider’s: no key is the city’s',
  noteDifferenceAction: 'an explanation is a person’s: no key is the city’s',
  pauseConnectionAction: 'whether a till is listened to is decided by whoever stands beside it',
  planRunAction: 'the city’s own couriers: no key is the city’s',
  receiveDeliveryAction: notYet,
  removeColleagueAction: peopleOnly,
  removeHeadOfficeAction: peopleOnly,
  removeOperatorAction: peopleOnly,
  removeDeviceAction: 'a browser rings for the people at it; systems have webhooks',
  removeRequestAction: 'moderation is the city’s own: no key is the city’s',
  removeConnectionAction: 'a key must not cut off the shop’s own till: whoever found one could',
  removeSynonymAction: 'the city’s own words for the search: no key is the city’s',
  requestAccessAction: 'asks a person for a role; keys have scopes',
  requestLinkAction: 'signing in is for people; systems have keys',
  requestTransferAction: notYet,
  revertPolicyAction: 'the city’s own rules: no key is the city’s',
  resumeConnectionAction: 'whether a till is listened to is decided by whoever stands beside it',
  retryParkedAction: 'the city’s own queue: no key is the city’s',
  returnsWishAction: 'what a shop does with others’ returns is decided by a person at its desk',
  scheduleRuleAction: 'the city’s own rates, announced to people by people: no key is the city’s',
  setAsideAction: 'how a shop sells is decided by a person at its desk',
  verifyFeesAction: 'the city’s own books: no key is the city’s',
  verifyArchiveAction: 'the city’s own books: no key is the city’s',
  verifyPapersAction: 'asked by somebody who waits for the answer on the page; every night it is done anyway',
  withdrawProductAction: 'a system takes its offers off one by one: changeOffer',
  withdrawRuleAction: 'the city’s own rates: no key is the city’s',
  revokeKeyAction: 'a key must not take back others: whoever found one could lock the shop out',
  safetyRuleAction: notYet,
  signOutAction: 'signing in is for people; systems have keys',
  startOnboardingAction: 'a person proves who it is on the payment provider’s own pages',
  stopAlertAction: notYet,
  switchAction: notYet,
  switchSaleAction: notYet,
  testDevicesAction: 'a browser rings for the people at it; systems have webhooks',
  testConnectionAction: 'its answer is a sentence for the person who has just changed something at the till',
  transferStepAction: notYet,
  undoPlanAction: 'a machine knows the plan it chose before: changeBasket sets it again',
};

const actions = [
  ...new Set(
    sourceFiles('app').flatMap((path) =>
      [...textOf(path).matchAll(/export (?:const|async function) (\w+Action)\b/g)].map((match) => match[1] ?? ''),
    ),
  ),
].filter((name) => !/^(shopper|merchant|operator|desk)Action$/.test(name));

test('whatever a person can do, a machine can do too, or the reason why not is written here', () => {
  const known = new Set([...Object.keys(sameByApi), ...Object.keys(onlyByPeople)]);
  expect(actions.filter((name) => !known.has(name))).toEqual([]);
  expect(actions.length).toBeGreaterThan(20);
});

test('the list names nothing that is gone, and nothing twice', () => {
  const named = [...Object.keys(sameByApi), ...Object.keys(onlyByPeople)];
  expect(new Set(named).size).toBe(named.length);
  expect(Object.keys(sameByApi).filter((name) => !actions.includes(name))).toEqual([]);
});

test('each of them is a call of the API', () => {
  const ids = endpoints.map(({ id }) => id);
  expect(Object.values(sameByApi).filter((id) => !ids.includes(id))).toEqual([]);
});

test('every reason is a sentence of its own, not an excuse', () => {
  for (const [name, reason] of Object.entries(onlyByPeople)) expect(reason.length, name).toBeGreaterThan(25);
});
