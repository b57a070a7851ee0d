export { listPlaces, readShelves, type PlaceView } from './list-places';
export { MOST_VARIANTS, readProductForm, rowsOf, type FormIssue, type ProductForm } from './product-input';
export { saveProduct, withdrawProduct, type SaveProductRefusal } from './save-product';
export { lookUpSheet, suggestDepartment, type CodeSheet } from './suggest-product';
