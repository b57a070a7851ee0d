// breaks lib-knows-no-screen
import { redirect } from 'next/navigation';

export const leave = (): never => redirect('/');
