import { expect, test } from 'vitest';
import { read } from './read-file.ts';

function readLines(...lines: string[]) {
  return read(['TY  - JOUR', 'TI  - T', ...lines, 'ER  - '].join('\n'), 'ris')[0];
}

test.each(['AV', 'AN', 'DB', 'UR', 'LK', 'L1', 'Y2'])(
  'a value without a place in %s is reported there',
  (tag) => {
    expect(readLines(`${tag}  - Shelf 5`)).toMatchObject({ ignored: [tag] });
  },
);

const PDF = 'https://a.example/1.pdf';

test.each([
  [['file:///home/ada/1.pdf', PDF], ['L1']],
  [['internal-pdf://1/1.pdf', '1.pdf', PDF], ['L1']],
  [[PDF, '1.pdf'], ['L1']],
  [[PDF, 'https://a.example/2.pdf'], ['L1']],
  [['https://a.example/', PDF], []],
  [[PDF, PDF], []],
])('of the files %j, the PDF on the web is a link, and the others are reported', (files, ignored) => {
  expect(readLines('UR  - https://a.example/', ...files.map((file) => `L1  - ${file}`))).toMatchObject({
    item: { URL: 'https://a.example/', custom: { links: [{ label: 'PDF', url: PDF, rel: 'paper' }] } },
    ignored,
  });
});
