export { listPlaces, readShelves, type PlaceView } from './list-places';
export { MOST_VARIANTS, optionNamesOf, readProductForm, rowsOf, type FormIssue, type ProductForm } from './product-input';
export { saveProduct, withdrawProduct, type ProductWish, type SaveProductRefusal } from './save-product';
export { lookUpSheet, suggestDepartment, type CodeSheet, type DepartmentSuggestion } from './suggest-product';
