import { describe, expect, test } from 'vitest';
import { formatCitation } from '../../../src/bibliography/format-citation.ts';
import * as works from './works.ts';

/** Based on the IEEE Reference Guide of the IEEE Author Center. */
describe('references in IEEE style', () => {
  test.each([
    [
      works.journalArticle,
      'Y. LeCun, Y. Bengio, and G. Hinton, “Deep learning,” Nature, vol. 521, no. 7553, pp. 436–444, May 2015, doi: 10.1038/nature14539.',
    ],
    [
      works.proceedingsPaper,
      'A. Vaswani et al., “Attention is all you need,” in Advances in Neural Information Processing Systems, vol. 30, Long Beach, CA, USA, Dec. 2017, pp. 5998–6008.',
    ],
    [
      works.preprint,
      'D. P. Kingma and J. Ba, “Adam: A method for stochastic optimization,” Dec. 2014, arXiv:1412.6980.',
    ],
    [
      works.book,
      'S. Russell and P. Norvig, Artificial intelligence: A modern approach, 4th ed. Hoboken, NJ, USA: Pearson, 2020.',
    ],
    [
      works.chapter,
      'D. E. Rumelhart, G. E. Hinton, and R. J. Williams, “Learning internal representations by error propagation,” in Parallel distributed processing, vol. 1, D. E. Rumelhart and J. L. McClelland, Eds. Cambridge, MA, USA: MIT Press, 1986, pp. 318–362.',
    ],
    [
      works.thesis,
      'C. E. Shannon, “A symbolic analysis of relay and switching circuits,” Master’s thesis, Massachusetts Institute of Technology, 1940. [Online]. Available: https://dspace.mit.edu/handle/1721.1/11173',
    ],
    [
      works.report,
      'F. Rosenblatt, “The perceptron: A perceiving and recognizing automaton,” Cornell Aeronautical Laboratory, Rep. 85-460-1, Jan. 1957.',
    ],
    [works.dataset, 'R. A. Fisher, “Iris,” UCI Machine Learning Repository, 1936, doi: 10.24432/C56C76.'],
    [
      works.software,
      'R Core Team, R: A language and environment for statistical computing, version 4.3.1. (June 2023). R Foundation for Statistical Computing. [Online]. Available: https://www.R-project.org/',
    ],
    [
      works.post,
      'C. Olah, “Understanding LSTM networks,” colah’s blog, Aug. 27, 2015. [Online]. Available: https://colah.github.io/posts/2015-08-Understanding-LSTMs/',
    ],
    [
      works.page,
      'arXiv, “About arXiv,” n.d. Accessed: Jan. 5, 2026. [Online]. Available: https://info.arxiv.org/about/index.html',
    ],
    [
      works.magazineArticle,
      'V. Bush, “As we may think,” The Atlantic Monthly, vol. 176, no. 1, pp. 101–108, July 1945.',
    ],
    [
      works.newsletterIssue,
      'A. First and B. Second, “What models see,” The Weekly Letter, no. 12, Dec. 1, 2026. [Online]. Available: https://letters.example/issues/12',
    ],
  ])('a reference of type $type follows the rules', (item, line) => {
    expect(formatCitation(item, 'ieee')).toBe(line);
  });

  test('a title that ends with a question mark gets no comma', () => {
    const item = { ...works.dataset, title: 'Can machines think?' };
    expect(formatCitation(item, 'ieee')).toBe(
      'R. A. Fisher, “Can machines think?” UCI Machine Learning Repository, 1936, doi: 10.24432/C56C76.',
    );
  });

  test('a reference without authors starts with the title', () => {
    const { author: _, ...item } = works.report;
    expect(formatCitation(item, 'ieee')).toBe(
      '“The perceptron: A perceiving and recognizing automaton,” Cornell Aeronautical Laboratory, Rep. 85-460-1, Jan. 1957.',
    );
  });
});
