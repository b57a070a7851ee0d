export { listAbsences } from './list-absences';
export { notePresence, presenceToken } from './note-presence';
export { ABSENT_AFTER_MS, absentSince, type Presence } from './presence-rules';
