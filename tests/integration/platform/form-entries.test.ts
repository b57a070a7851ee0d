import { expect, test } from 'vitest';
import { entriesOf } from '@/app/_actions/shopper-action';

test('of a form its texts are read, without zero bytes, files and what the framework adds', () => {
  const form = new FormData();
  form.append('name', 'Ca\0mille');
  form.append('$ACTION_1', 'x');
  form.append('picture', new Blob(['x']));
  expect(entriesOf(form)).toEqual({ name: 'Camille' });
});
