/** RFC 9110 section 12.5.1. A wildcard does not count: browsers send one without supporting every format. */
export function namesType(accept: string | undefined, mimeType: string): boolean {
  return (accept ?? '').split(',').some((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    return type === mimeType && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}
