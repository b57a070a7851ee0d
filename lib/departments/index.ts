/** The tree of departments, walked: `lib/catalogue` writes it, whoever has a rule for a department and all below it asks here. */
export { allBelow, childrenOf, departmentsBelow, inTreeOrder, lineagesOf } from './department-tree';
