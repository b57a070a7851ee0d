// breaks engine-is-pure, by a type alone: types count as imports
import type { Row } from '../../db/rows';

export const read = (row: Row): number => row.amount;
