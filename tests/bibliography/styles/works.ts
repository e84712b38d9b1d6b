import type { CslItem, CslName } from '../../../src/bibliography/csl/csl.ts';

/** Well-known works, one of each type. */

/** Parses names of the form `Family, Given; Organization`. */
export function names(list: string): CslName[] {
  return list.split('; ').map((name) => {
    const [family = '', given] = name.split(', ');
    return given === undefined ? { literal: family } : { family, given };
  });
}

export function on(...parts: number[]): CslItem['issued'] {
  return { 'date-parts': [parts] };
}

export const journalArticle: CslItem = {
  type: 'article-journal',
  title: 'Deep learning',
  author: names('LeCun, Yann; Bengio, Yoshua; Hinton, Geoffrey'),
  'container-title': 'Nature',
  volume: '521',
  issue: '7553',
  page: '436-444',
  issued: on(2015, 5, 27),
  DOI: '10.1038/nature14539',
};

export const proceedingsPaper: CslItem = {
  type: 'paper-conference',
  title: 'Attention is all you need',
  author: names(
    'Vaswani, Ashish; Shazeer, Noam; Parmar, Niki; Uszkoreit, Jakob; Jones, Llion; Gomez, Aidan N.; Kaiser, Łukasz; Polosukhin, Illia',
  ),
  editor: names('Guyon, Isabelle; von Luxburg, Ulrike'),
  'container-title': 'Advances in Neural Information Processing Systems',
  volume: '30',
  page: '5998--6008',
  publisher: 'Curran Associates',
  'event-place': 'Long Beach, CA, USA',
  issued: on(2017, 12),
};

export const preprint: CslItem = {
  type: 'article',
  title: 'Adam: A method for stochastic optimization',
  author: names('Kingma, Diederik P.; Ba, Jimmy'),
  archive: 'arXiv',
  archive_location: '1412.6980',
  DOI: '10.48550/arXiv.1412.6980',
  issued: on(2014, 12, 22),
};

export const book: CslItem = {
  type: 'book',
  title: 'Artificial intelligence: A modern approach',
  author: names('Russell, Stuart; Norvig, Peter'),
  edition: '4',
  publisher: 'Pearson',
  'publisher-place': 'Hoboken, NJ, USA',
  issued: on(2020),
};

export const chapter: CslItem = {
  type: 'chapter',
  title: 'Learning internal representations by error propagation',
  author: names('Rumelhart, David E.; Hinton, Geoffrey E.; Williams, Ronald J.'),
  editor: names('Rumelhart, David E.; McClelland, James L.'),
  'container-title': 'Parallel distributed processing',
  volume: '1',
  page: '318–362',
  publisher: 'MIT Press',
  'publisher-place': 'Cambridge, MA, USA',
  issued: on(1986),
};

export const thesis: CslItem = {
  type: 'thesis',
  title: 'A symbolic analysis of relay and switching circuits',
  author: names('Shannon, Claude E.'),
  genre: 'Master’s thesis',
  publisher: 'Massachusetts Institute of Technology',
  issued: on(1940),
  URL: 'https://dspace.mit.edu/handle/1721.1/11173',
};

export const report: CslItem = {
  type: 'report',
  title: 'The perceptron: A perceiving and recognizing automaton',
  author: names('Rosenblatt, Frank'),
  number: '85-460-1',
  publisher: 'Cornell Aeronautical Laboratory',
  issued: on(1957, 1),
};

export const dataset: CslItem = {
  type: 'dataset',
  title: 'Iris',
  author: names('Fisher, Ronald A.'),
  publisher: 'UCI Machine Learning Repository',
  DOI: '10.24432/C56C76',
  issued: on(1936),
};

export const software: CslItem = {
  type: 'software',
  title: 'R: A language and environment for statistical computing',
  author: names('R Core Team'),
  version: 'v4.3.1',
  publisher: 'R Foundation for Statistical Computing',
  URL: 'https://www.R-project.org/',
  issued: on(2023, 6),
};

export const post: CslItem = {
  type: 'post-weblog',
  title: 'Understanding LSTM networks',
  author: names('Olah, Christopher'),
  'container-title': 'colah’s blog',
  URL: 'https://colah.github.io/posts/2015-08-Understanding-LSTMs/',
  issued: on(2015, 8, 27),
};

export const page: CslItem = {
  type: 'webpage',
  title: 'About arXiv',
  author: names('arXiv'),
  URL: 'https://info.arxiv.org/about/index.html',
  accessed: on(2026, 1, 5),
};

export const magazineArticle: CslItem = {
  type: 'article-magazine',
  title: 'As we may think',
  author: names('Bush, Vannevar'),
  'container-title': 'The Atlantic Monthly',
  volume: '176',
  issue: '1',
  page: '101-108',
  issued: on(1945, 7),
};

export const newsletterIssue: CslItem = {
  type: 'periodical',
  title: 'What models see',
  author: names('First, Ann; Second, Bo'),
  'container-title': 'The Weekly Letter',
  number: '12',
  issued: on(2026, 12, 1),
  URL: 'https://letters.example/issues/12',
};
