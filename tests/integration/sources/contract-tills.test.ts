import { tills } from '../../support/sources/doubles';
import { holdToContract } from './contract-kit';

for (const double of tills) holdToContract(double);
