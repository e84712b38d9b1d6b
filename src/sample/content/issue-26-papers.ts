import { figure, markdown } from './markdown.ts';
import type { SampleSection } from './shapes.ts';

export const papersAndResearch: SampleSection = {
  title: 'Papers & research',
  emoji: '📰',
  intro: 'Four papers, one question: how far can computer vision get without data labelled for the task?',
  items: [
    {
      kind: 'paper',
      paper: 'blip',
      title: 'BLIP: captions and answers from noisy web data',
      body: markdown`
        Show BLIP an image and it writes a caption; ask it a question about the image and it answers. It learns
        from image–text pairs collected from the web, and cleans up the noise itself: one module writes new
        captions, and another removes captions, new or original, that don't match the image.

        ${figure('captioning')}

        The code, models and cleaned datasets are public, and there's a demo that runs in your browser. Try it
        on your own photos: nobody is better placed to notice what it misses.
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
        BERT learns language by predicting masked words. iBOT does the same with image patches, and learns how
        to represent those patches at the same time; that's the “online tokenizer” in the title. Among
        self-supervised models, it sets a new state of the art on ImageNet-1K: 82.3% with linear probing and
        87.8% after fine-tuning. Code and models are available.
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
        Meta's SEER, short for “self-supervised”, has grown to ten billion parameters. It was trained on a
        billion Instagram images, sampled at random from around the world, with no labels and no curation.

        ${figure('seer')}

        It leads on a wide range of vision benchmarks. What interests us more is where it improves the most: on
        images from poorer and non-Western countries, where smaller models trained on curated datasets do
        poorly. A random sample of the world simply looks more like the world.
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
      title: 'Detic: a detector that knows classes by name',
      body: markdown`
        Drawing boxes around objects is slow work, so most detectors know only a few classes. Labelling whole
        images is quick: ImageNet-21K has such labels for more than 20,000 classes. Detic learns from both
        kinds of data by separating the question of where an object is from the question of what it is.

        ${figure('detic')}

        Its classifier uses CLIP embeddings of the class names as weights. It can therefore detect classes for
        which it has never seen a box. Almost anything with a name can be a class.
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
