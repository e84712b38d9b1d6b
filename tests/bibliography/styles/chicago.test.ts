import { describe, expect, test } from 'vitest';
import { formatCitation } from '../../../src/bibliography/format-citation.ts';
import * as works from './works.ts';

/** Based on https://www.chicagomanualofstyle.org/tools_citationguide/citation-guide-2.html */
describe('references in Chicago author-date style', () => {
  test.each([
    [
      works.journalArticle,
      'LeCun, Yann, Yoshua Bengio, and Geoffrey Hinton. 2015. “Deep learning.” Nature 521 (7553): 436–44. https://doi.org/10.1038/nature14539.',
    ],
    [
      works.proceedingsPaper,
      'Vaswani, Ashish, Noam Shazeer, Niki Parmar, et al. 2017. “Attention is all you need.” In Advances in Neural Information Processing Systems, vol. 30, edited by Isabelle Guyon and Ulrike von Luxburg, 5998–6008. Curran Associates.',
    ],
    [
      works.preprint,
      'Kingma, Diederik P., and Jimmy Ba. 2014. “Adam: A method for stochastic optimization.” Preprint, arXiv:1412.6980, December 22. https://doi.org/10.48550/arXiv.1412.6980.',
    ],
    [
      works.book,
      'Russell, Stuart, and Peter Norvig. 2020. Artificial intelligence: A modern approach. 4th ed. Pearson.',
    ],
    [
      works.chapter,
      'Rumelhart, David E., Geoffrey E. Hinton, and Ronald J. Williams. 1986. “Learning internal representations by error propagation.” In Parallel distributed processing, vol. 1, edited by David E. Rumelhart and James L. McClelland, 318–62. MIT Press.',
    ],
    [
      works.thesis,
      'Shannon, Claude E. 1940. “A symbolic analysis of relay and switching circuits.” Master’s thesis, Massachusetts Institute of Technology. https://dspace.mit.edu/handle/1721.1/11173.',
    ],
    [
      works.report,
      'Rosenblatt, Frank. 1957. The perceptron: A perceiving and recognizing automaton. No. 85-460-1. Cornell Aeronautical Laboratory.',
    ],
    [
      works.dataset,
      'Fisher, Ronald A. 1936. Iris. Dataset. UCI Machine Learning Repository. https://doi.org/10.24432/C56C76.',
    ],
    [
      works.software,
      'R Core Team. 2023. R: A language and environment for statistical computing. Version 4.3.1. R Foundation for Statistical Computing. https://www.R-project.org/.',
    ],
    [
      works.post,
      'Olah, Christopher. 2015. “Understanding LSTM networks.” colah’s blog, August 27. https://colah.github.io/posts/2015-08-Understanding-LSTMs/.',
    ],
    [
      works.page,
      'arXiv. n.d. “About arXiv.” Accessed January 5, 2026. https://info.arxiv.org/about/index.html.',
    ],
    [works.magazineArticle, 'Bush, Vannevar. 1945. “As we may think.” The Atlantic Monthly 176 (1), July.'],
    [
      works.newsletterIssue,
      'First, Ann, and Bo Second. 2026. “What models see.” The Weekly Letter, no. 12, December 1. https://letters.example/issues/12.',
    ],
  ])('a reference of type $type follows the rules', (item, line) => {
    expect(formatCitation(item, 'chicago')).toBe(line);
  });

  test('a reference without authors starts with the title', () => {
    const { author: _, ...item } = works.journalArticle;
    expect(formatCitation(item, 'chicago')).toBe(
      '“Deep learning.” 2015. Nature 521 (7553): 436–44. https://doi.org/10.1038/nature14539.',
    );
  });

  test.each([
    ['3-10', '3–10'],
    ['100-104', '100–104'],
    ['101-108', '101–8'],
    ['321-328', '321–28'],
    ['498-532', '498–532'],
    ['1496-1500', '1496–500'],
    ['12991-13001', '12991–3001'],
    ['96-117', '96–117'],
    ['e12', 'e12'],
  ])('the page range %s is shortened to %s', (pages, shown) => {
    expect(formatCitation({ ...works.journalArticle, page: pages }, 'chicago')).toContain(
      `Nature 521 (7553): ${shown}. `,
    );
  });
});
