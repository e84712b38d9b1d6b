import { describe, expect, test } from 'vitest';
import { assignAnchors } from '../../src/modules/publishing/editions/anchors.ts';

/** The anchors assigned to items with these titles, in order. An item may already have an anchor. */
function anchorsOf(...items: (string | { title: string; anchor: string })[]): string[] {
  const rows = items.map((item, index) => ({
    id: String(index),
    ...(typeof item === 'string' ? { title: item, anchor: null } : item),
  }));
  return [...assignAnchors(rows).values()];
}

describe('item anchors', () => {
  test.each([
    ['BLIP: one model, two tasks', 'blip-one-model-two-tasks'],
    ['  Déjà vu -- again!  ', 'deja-vu-again'],
    ['深層学習 2.0', '深層学習-2-0'],
    ['🎧', 'item'],
    ['Naïve café', 'naive-cafe'],
    ['Phở bò ở Đà Nẵng', 'pho-bo-o-đa-nang'],
    ['İstanbul', 'istanbul'],
    ['ﬁne Ｗｉｄｅ H₂O ①', 'fine-wide-h2o-1'],
    ['한글 새소식', '한글-새소식'],
    ['ガイド', 'ガイド'],
    ['パーティー、バッグ', 'パーティー-バッグ'],
    ['नई दिल्ली', 'नई-दिल्ली'],
    ['ক্ষুধা', 'ক্ষুধা'],
    ['เสื้อสีแดง ทำงาน', 'เสื้อสีแดง-ทำงาน'],
    ['தமிழ் செய்தி', 'தமிழ்-செய்தி'],
    ['ಕನ್ನಡ', 'ಕನ್ನಡ'],
    ['မြန်မာ', 'မြန်မာ'],
    ['ភាសាខ្មែរ', 'ភាសាខ្មែរ'],
    ['ශ්‍රී ලංකා', 'ශ්රී-ලංකා'],
    ['Мой ёж, її ґанок', 'мой-ёж-її-ґанок'],
    ['Τα Νέα της Αθήνας', 'τα-νέα-της-αθήνας'],
    ['שָׁלוֹם', 'שָׁלוֹם'],
    ['مُحَمَّد', 'مُحَمَّد'],
    ['❤️ Hearts 1️⃣', 'hearts-1'],
    ['👩‍🔬', 'item'],
    ['\u0301\u0302', 'item'],
  ])('the anchor for the title "%s" is "%s"', (title, anchor) => {
    expect(anchorsOf(title)).toEqual([anchor]);
  });

  test('an anchor has at most 60 characters and does not end in a hyphen', () => {
    expect(anchorsOf(`${'a'.repeat(59)} and more`)).toEqual(['a'.repeat(59)]);
  });

  test('an anchor is in NFC, however its title was typed', () => {
    for (const title of ['한글 새소식', 'ガイド', 'Мой', 'Déjà vu', 'नई दिल्ली', 'q̌ x̂']) {
      const [composed, decomposed] = [title.normalize('NFC'), title.normalize('NFD')].flatMap((spelling) =>
        anchorsOf(spelling),
      );
      expect.soft(decomposed, title).toBe(composed);
      expect.soft(composed?.normalize('NFC'), title).toBe(composed);
    }
  });

  test('titles that differ only in a mark of another script than Latin get different anchors', () => {
    expect(anchorsOf('ガイド', 'カイト', 'мой', 'мои')).toEqual(['ガイド', 'カイト', 'мой', 'мои']);
  });

  test('an anchor that reached its maximum length does not end in a letter without its marks', () => {
    expect(anchorsOf(`${'a'.repeat(58)}दिल्ली`)).toEqual([`${'a'.repeat(58)}दि`]);
    expect(anchorsOf(`${'a'.repeat(59)}दिल्ली`)).toEqual(['a'.repeat(59)]);
  });

  test('an anchor is not given to an item when a decomposed spelling of it is taken', () => {
    const anchor = '한글'.normalize('NFD');
    expect(anchorsOf({ title: 'Old', anchor }, '한글')).toEqual([anchor, '한글-2']);
  });

  test('items with the same title get different anchors', () => {
    expect(anchorsOf('One', 'one!', 'ONE')).toEqual(['one', 'one-2', 'one-3']);
  });

  test('an item keeps its existing anchor, and an earlier item with that title gets another one', () => {
    expect(anchorsOf('First', { title: 'Renamed', anchor: 'first' })).toEqual(['first-2', 'first']);
  });

  test('an item does not get an anchor that footnotes of the intro or the sign-off use', () => {
    expect(anchorsOf('Intro', 'Sign off')).toEqual(['intro-2', 'sign-off-2']);
  });
});
