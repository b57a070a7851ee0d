export { receiveNotice, type NoticeCommand } from './receive-notice';
