export function word(answer: 'yes' | 'no'): string {
  switch (answer) {
    case 'yes':
      return 'oui';
  }
  return '';
}
