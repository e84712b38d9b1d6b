import { describe, expect, test } from 'vitest';
import { formatCitation } from '../../../src/bibliography/format-citation.ts';
import * as works from './works.ts';

/** Based on https://apastyle.apa.org/style-grammar-guidelines/references/examples */
describe('references in APA style', () => {
  test.each([
    [
      works.journalArticle,
      'LeCun, Y., Bengio, Y., & Hinton, G. (2015). Deep learning. Nature, 521(7553), 436–444. https://doi.org/10.1038/nature14539',
    ],
    [
      works.proceedingsPaper,
      'Vaswani, A., Shazeer, N., Parmar, N., Uszkoreit, J., Jones, L., Gomez, A. N., Kaiser, Ł., & Polosukhin, I. (2017). Attention is all you need. In I. Guyon & U. von Luxburg (Eds.), Advances in Neural Information Processing Systems (Vol. 30, pp. 5998–6008). Curran Associates.',
    ],
    [
      works.preprint,
      'Kingma, D. P., & Ba, J. (2014). Adam: A method for stochastic optimization (arXiv:1412.6980). arXiv. https://doi.org/10.48550/arXiv.1412.6980',
    ],
    [
      works.book,
      'Russell, S., & Norvig, P. (2020). Artificial intelligence: A modern approach (4th ed.). Pearson.',
    ],
    [
      works.chapter,
      'Rumelhart, D. E., Hinton, G. E., & Williams, R. J. (1986). Learning internal representations by error propagation. In D. E. Rumelhart & J. L. McClelland (Eds.), Parallel distributed processing (Vol. 1, pp. 318–362). MIT Press.',
    ],
    [
      works.thesis,
      'Shannon, C. E. (1940). A symbolic analysis of relay and switching circuits [Master’s thesis, Massachusetts Institute of Technology]. https://dspace.mit.edu/handle/1721.1/11173',
    ],
    [
      works.report,
      'Rosenblatt, F. (1957). The perceptron: A perceiving and recognizing automaton (Report No. 85-460-1). Cornell Aeronautical Laboratory.',
    ],
    [
      works.dataset,
      'Fisher, R. A. (1936). Iris [Data set]. UCI Machine Learning Repository. https://doi.org/10.24432/C56C76',
    ],
    [
      works.software,
      'R Core Team. (2023). R: A language and environment for statistical computing (Version 4.3.1) [Computer software]. R Foundation for Statistical Computing. https://www.R-project.org/',
    ],
    [
      works.post,
      'Olah, C. (2015, August 27). Understanding LSTM networks. colah’s blog. https://colah.github.io/posts/2015-08-Understanding-LSTMs/',
    ],
    [works.page, 'arXiv. (n.d.). About arXiv. https://info.arxiv.org/about/index.html'],
    [works.magazineArticle, 'Bush, V. (1945, July). As we may think. The Atlantic Monthly, 176(1), 101–108.'],
    [
      works.newsletterIssue,
      'First, A., & Second, B. (2026, December 1). What models see. The Weekly Letter, (12). https://letters.example/issues/12',
    ],
  ])('a reference of type $type follows the rules', (item, line) => {
    expect(formatCitation(item, 'apa')).toBe(line);
  });

  test('a reference without authors starts with the title', () => {
    const { author: _, ...item } = works.dataset;
    expect(formatCitation(item, 'apa')).toBe(
      'Iris [Data set]. (1936). UCI Machine Learning Repository. https://doi.org/10.24432/C56C76',
    );
  });

  test('a reference to a book without authors starts with the editors', () => {
    const item = { ...works.book, author: [], editor: works.names('First, Ann; Second, Bo') };
    expect(formatCitation(item, 'apa')).toBe(
      'First, A., & Second, B. (Eds.). (2020). Artificial intelligence: A modern approach (4th ed.). Pearson.',
    );
  });

  test('an author who is also the publisher is named once', () => {
    const item = { ...works.report, author: [{ literal: 'Cornell Aeronautical Laboratory' }] };
    expect(formatCitation(item, 'apa')).toBe(
      'Cornell Aeronautical Laboratory. (1957). The perceptron: A perceiving and recognizing automaton (Report No. 85-460-1).',
    );
  });

  test('a reference to an unpublished conference paper names the event', () => {
    const { 'container-title': _, ...item } = works.proceedingsPaper;
    const event = { ...item, author: works.names('First, Ann'), 'event-title': 'NIPS 2017' };
    expect(formatCitation(event, 'apa')).toBe(
      'First, A. (2017, December). Attention is all you need [Paper presentation]. NIPS 2017, Long Beach, CA, USA.',
    );
  });
});
