export { inboundAddress } from './mail-address';
export { MOST_MAIL_BYTES } from './mail-message';
export { receiveMail, type MailRefusal } from './receive-mail';
