/** An accent over an empty group is the character itself, as in `\~{}` and `\^{}`. */
export function setAccent(name: string, mark: string, text: string): string {
  const [base = '', ...rest] = text;
  if (base.trim() === '') return /[a-z]/i.test(name) ? '' : name;
  return `${base.replace('ı', 'i').replace('ȷ', 'j')}${mark}${rest.join('')}`.normalize('NFC');
}
