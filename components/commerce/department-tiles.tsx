import { Still } from '@/components/ui/still';
import type { DepartmentView } from '@/lib/catalogue/views';
import { pathTo, type Locale } from '@/lib/kernel';
import { texts } from '@/lib/texts/views';
import { Arche } from './faience/faience';

/** Departments as tiles; the ones with too little to fill a row are left to their parent. */
export function DepartmentTiles({ departments, locale }: { departments: readonly DepartmentView[]; locale: Locale }) {
  const t = texts(locale, 'home');
  return (
    <Still as="ul" className="departments">
      {departments.map((department) => (
        <li key={department.id}>
          <a href={pathTo(locale, 'department', { slug: department.path })}>
            <Arche seed={department.id} family={department.family} glyph={department.glyph} label={department.name} />
            <span>
              <b>{department.name}</b>
              <small className="block">{t('products', { count: department.count })}</small>
            </span>
          </a>
        </li>
      ))}
    </Still>
  );
}
