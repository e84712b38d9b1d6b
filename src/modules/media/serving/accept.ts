/** RFC 9110, 12.5.1: whether the header names the type itself. A wildcard does not say that it can be shown. */
export function namesType(accept: string | undefined, mimeType: string): boolean {
  return (accept ?? '').split(',').some((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    return type === mimeType && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}
