export { acceptOffer, type AcceptRefusal } from './accept-offer';
export { answerRequest, type AnswerRefusal, type ShopAnswer } from './answer-request';
export { askShops, type AskRefusal, type AskShops } from './ask-shops';
export { closeRequest, expireRequests, removeRequest } from './end-requests';
export { getRequest } from './get-request';
export { LIFE_HOURS, LONGEST_WORDS, MOST_PHOTO_BYTES, MOST_QUANTITY, MOST_SHOPS } from './limits';
export { listOpenRequests, listShopRequests } from './list-requests';
export { readPhoto } from './photo';
export * from './views';
