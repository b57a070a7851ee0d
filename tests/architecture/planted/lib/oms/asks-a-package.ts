// breaks engine-is-pure, by a package
import { z } from 'zod';

export const amount = z.number();
