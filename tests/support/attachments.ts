import type { Masthead } from './app.ts';
import { sendForm, uniqueSlug } from './factories.ts';

/** Uploads a unique PDF with one empty page. `fields` are text parts of the form. */
export function makePdf(masthead: Masthead, fields: Record<string, string> = {}) {
  return upload(masthead, Buffer.from(writePdf(uniqueSlug('pdf'))), 'slides.pdf', fields);
}

/** Uploads a unique MP3 with a second of silence. */
export function makeMp3(masthead: Masthead, fields: Record<string, string> = {}) {
  return upload(masthead, writeMp3(uniqueSlug('mp3')), 'episode.mp3', fields);
}

async function upload(
  masthead: Masthead,
  bytes: Buffer<ArrayBuffer>,
  name: string,
  fields: Record<string, string>,
) {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  form.append('file', new File([bytes], name));
  const answer = await sendForm(masthead.as('author'), '/admin/v1/media', form);
  if (answer.status !== 201) throw new Error(`The upload failed: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

function writePdf(title: string): string {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>',
    `<< /Title (${title}) >>`,
  ].map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`);
  const head = '%PDF-1.4\n';
  const offsets = objects.map((_, index) => head.length + objects.slice(0, index).join('').length);
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
  const start = head.length + objects.join('').length;
  return `${head}${objects.join('')}xref\n0 5\n0000000000 65535 f \n${table.join('')}trailer\n<< /Size 5 /Root 1 0 R /Info 4 0 R >>\nstartxref\n${start}\n%%EOF\n`;
}

/** MPEG-1 Layer III frames at 128 kbit/s and 44.1 kHz. The last one carries the mark where no decoder looks. */
function writeMp3(mark: string): Buffer<ArrayBuffer> {
  const frame = Buffer.alloc(417);
  frame.set([0xff, 0xfb, 0x90, 0xc0]);
  const last = Buffer.from(frame);
  last.write(mark, 300);
  return Buffer.concat([...Array.from({ length: 38 }, () => frame), last]);
}
