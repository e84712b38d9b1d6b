import { figure, markdown } from './markdown.ts';
import type { SampleSection } from './shapes.ts';

export const papersAndResearch: SampleSection = {
  title: 'Papers & research',
  emoji: '📰',
  intro:
    'Four papers and one question: how far does vision get on data that nobody labelled for the purpose?',
  items: [
    {
      kind: 'paper',
      paper: 'blip',
      title: 'BLIP: captions and answers, from the untidy web',
      body: markdown`
        Show BLIP an image and it writes a caption; ask about the image and it answers. It learns from pictures
        and texts as the web has them, and tidies up as it goes: one half writes new captions, the other throws
        out those, new or old, that do not fit.

        ${figure('captioning')}

        Code, models and the cleaned datasets are public, and a demo runs in the browser. Try it on photos of
        your own: nobody knows better than you what it leaves out.
      `,
      links: [
        { label: 'Paper', url: 'https://arxiv.org/abs/2201.12086', rel: 'paper' },
        { label: 'Code and datasets', url: 'https://github.com/salesforce/BLIP', rel: 'code' },
        { label: 'Demo', url: 'https://huggingface.co/spaces/Salesforce/BLIP', rel: 'demo' },
      ],
      tags: ['vision', 'language'],
    },
    {
      kind: 'paper',
      paper: 'ibot',
      title: 'iBOT: the cloze test, for images',
      body: markdown`
        BERT learns a language by filling in words that were blanked out. iBOT fills in patches of an image, and
        learns at the same time what a patch ought to mean: that is the online tokenizer of its title. Among
        self-supervised models it sets the mark on ImageNet-1K, with 82.3 % by linear probing and 87.8 % after
        fine-tuning. Code and models are out.
      `,
      links: [
        { label: 'Paper', url: 'https://arxiv.org/abs/2111.07832', rel: 'paper' },
        { label: 'Code and models', url: 'https://github.com/bytedance/ibot', rel: 'code' },
      ],
      tags: ['vision', 'self-supervised'],
    },
    {
      kind: 'paper',
      paper: 'seer',
      title: 'SEER 10B: large, uncurated, and fairer for it',
      body: markdown`
        Meta's SEER, short for self-supervised, has grown to ten billion parameters. Its lessons are a billion
        Instagram images, drawn at random and worldwide, with no labels and no curation.

        ${figure('seer')}

        It leads on a wide range of vision benchmarks. More interesting to us is where it gains most: on
        pictures from poorer and non-Western countries, which smaller models and tidier datasets serve badly.
        A random sample of the world looks more like the world.
      `,
      links: [
        { label: 'Paper', url: 'https://arxiv.org/abs/2202.08360', rel: 'paper' },
        {
          label: 'Meta AI blog',
          url: 'https://ai.facebook.com/blog/seer-10b-better-fairer-computer-vision-through-self-supervised-learning-training-on-diverse-datasets/',
          rel: 'blog',
        },
        {
          label: 'Code',
          url: 'https://github.com/facebookresearch/vissl/tree/main/projects/SEER',
          rel: 'code',
        },
      ],
      tags: ['vision', 'self-supervised', 'fairness'],
    },
    {
      kind: 'paper',
      paper: 'detic',
      title: 'Detic: a detector that takes a class by its name',
      body: markdown`
        Drawing boxes round objects is slow work, so detectors know few classes. Labelling whole images is
        quick: ImageNet-21K has labels of that sort for more than 20,000 classes. Detic learns from both,
        by keeping apart where a thing is and what it is.

        ${figure('detic')}

        For the classes, its weights are CLIP's embeddings of their names. A class without a single box can
        be found all the same, and nearly anything that has a name can be a class.
      `,
      links: [
        { label: 'Paper', url: 'https://arxiv.org/abs/2201.02605', rel: 'paper' },
        { label: 'Code and models', url: 'https://github.com/facebookresearch/Detic', rel: 'code' },
        { label: 'Demo', url: 'https://huggingface.co/spaces/akhaliq/Detic', rel: 'demo' },
      ],
      tags: ['vision', 'detection'],
    },
  ],
};
