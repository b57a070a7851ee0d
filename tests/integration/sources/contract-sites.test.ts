import { sites } from '../../support/sources/doubles';
import { holdToContract } from './contract-kit';

for (const double of sites) holdToContract(double);
