/** A form with the parts in the given order. An array is a file: its bytes, its name and its declared type. */
export function formOf(...parts: [name: string, value: string | FilePart][]): FormData {
  const form = new FormData();
  for (const [name, value] of parts) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, new File([value[0]], value[1] ?? 'figure.png', { type: value[2] ?? '' }));
  }
  return form;
}

type FilePart = [bytes: Uint8Array<ArrayBuffer>, name?: string, type?: string];

const BOUNDARY = 'a-boundary-of-the-tests';

/** An encoded form with the given part headers, which may be ones that FormData would not write. */
export function rawForm(...parts: [headers: string, content: Uint8Array | string][]): Buffer {
  const pieces = parts.flatMap(([headers, content]) => [
    Buffer.from(`--${BOUNDARY}\r\n${headers}\r\n\r\n`, 'utf8'),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([...pieces, Buffer.from(`--${BOUNDARY}--\r\n`)]);
}

export const rawFormType = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };
