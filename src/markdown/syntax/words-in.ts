export type Callout = 'note' | 'tip' | 'important' | 'warning' | 'caution';

/** The words that rendering adds to a text. */
export type Words = {
  footnotes: string;
  /** `$n` is the number of the footnote. */
  backToReference: string;
  callouts: Record<Callout, string>;
};

/** `lang` is set where the words are not in the language of the text, for the attribute of that name. */
export type WordsInText = Words & { lang?: 'en' };

/** `language` is a BCP 47 tag. English stands in for languages without words of their own. */
export function wordsIn(language: string): WordsInText {
  return WORDS[new Intl.Locale(language).language] ?? { ...ENGLISH, lang: 'en' };
}

function words(footnotes: string, backToReference: string, callouts: string): Words {
  const [note = '', tip = '', important = '', warning = '', caution = ''] = callouts.split(', ');
  return { footnotes, backToReference, callouts: { note, tip, important, warning, caution } };
}

const ENGLISH = words('Footnotes', 'Back to reference $n', 'Note, Tip, Important, Warning, Caution');

const WORDS: Record<string, Words> = {
  en: ENGLISH,
  ar: words('الحواشي', 'العودة إلى المرجع $n', 'ملاحظة, نصيحة, مهم, تحذير, تنبيه'),
  da: words('Fodnoter', 'Tilbage til henvisning $n', 'Bemærk, Tip, Vigtigt, Advarsel, Forsigtig'),
  de: words('Fußnoten', 'Zurück zu Verweis $n', 'Hinweis, Tipp, Wichtig, Warnung, Vorsicht'),
  es: words(
    'Notas al pie',
    'Volver a la referencia $n',
    'Nota, Consejo, Importante, Advertencia, Precaución',
  ),
  fa: words('پانویس‌ها', 'بازگشت به ارجاع $n', 'یادداشت, نکته, مهم, هشدار, احتیاط'),
  fr: words(
    'Notes de bas de page',
    'Retour à la référence $n',
    'Remarque, Astuce, Important, Avertissement, Attention',
  ),
  he: words('הערות שוליים', 'חזרה להפניה $n', 'הערה, טיפ, חשוב, אזהרה, זהירות'),
  it: words('Note', 'Torna al riferimento $n', 'Nota, Suggerimento, Importante, Avviso, Attenzione'),
  ja: words('脚注', '参照 $n に戻る', 'メモ, ヒント, 重要, 警告, 注意'),
  ko: words('각주', '참조 $n(으)로 돌아가기', '참고, 팁, 중요, 경고, 주의'),
  nl: words('Voetnoten', 'Terug naar verwijzing $n', 'Opmerking, Tip, Belangrijk, Waarschuwing, Let op'),
  pl: words('Przypisy', 'Powrót do odwołania $n', 'Uwaga, Wskazówka, Ważne, Ostrzeżenie, Ostrożnie'),
  pt: words('Notas de rodapé', 'Voltar à referência $n', 'Nota, Dica, Importante, Aviso, Cuidado'),
  ru: words('Примечания', 'Назад к сноске $n', 'Примечание, Совет, Важно, Предупреждение, Осторожно'),
  sv: words('Fotnoter', 'Tillbaka till hänvisning $n', 'Obs, Tips, Viktigt, Varning, Försiktigt'),
  tr: words('Dipnotlar', '$n numaralı göndermeye dön', 'Not, İpucu, Önemli, Uyarı, Dikkat'),
  uk: words('Примітки', 'Назад до виноски $n', 'Примітка, Порада, Важливо, Попередження, Обережно'),
  zh: words('脚注', '返回引用 $n', '注意, 提示, 重要, 警告, 小心'),
};
