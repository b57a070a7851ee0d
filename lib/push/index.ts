export { addDevice, deviceInput, dropDevicesWithoutRole, getPushPage, removeDevice, type DeviceRefusal, type DeviceWish } from './devices';
export { deliverPushes } from './deliver-pushes';
export { isShopEvent, pushShop, pushTest } from './push-shop';
export { type PushSender, webPushSender } from './push-sender';
export { ringsFrom, usualWishes, wants } from './quiet';
export { messageWishesInput, setMessageWishes, type KeptWishes } from './set-message-wishes';
export * from './views';
export { isWished } from './wishes-repository';
