export { inboundAddress } from './mail-address';
export { MOST_MAIL_BYTES } from './mail-message';
export { receiveMail, type HandedMail, type MailDoor, type MailRefusal, type ReceivedMail } from './receive-mail';
