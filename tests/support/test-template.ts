/** The migrated, empty database that each test file gets a copy of. */
export const TEMPLATE = 'halles_test_template';
