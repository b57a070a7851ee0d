// breaks kernel-imports-nothing
import { decide } from '../oms/decide';

export const decided = decide();
