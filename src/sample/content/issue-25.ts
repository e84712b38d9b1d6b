import { figure, markdown } from './markdown.ts';
import type { SampleIssue } from './shapes.ts';

export const issue25: SampleIssue = {
  number: 25,
  slug: 'january-2022',
  title: 'January 2022: old ideas, back in shape',
  subtitle: 'Convolutions strike back, a language model looks things up, and a 3D scene trains in seconds',
  coverage: { from: '2022-01-01', to: '2022-01-31' },
  authors: ['editors', 'drawing-desk'],
  cover: 'cover-25',
  tags: ['vision', 'production', 'language'],
  intro: markdown`
    Happy New Year from Brisbane, where it hasn't stopped raining. This month's theme picked itself: several of
    the best things we read take an idea that many had written off and show how much life is left in it.
  `,
  signOff: markdown`
    Thanks for all the links you sent over the break; two of them made it into this issue. Keep them coming.
    Send us a paper, a tool or a talk, with a sentence on why it's worth a look.

    See you next month.
  `,
  sections: [
    {
      title: 'Our work',
      emoji: '💻',
      items: [
        {
          kind: 'note',
          title: 'Two projects for the new year',
          body: markdown`
            We're starting two side projects this year, and we'll report on both here, even when the news is
            embarrassing:

            1. a hands-on PyTorch course, recorded one notebook at a time;
            2. a web app that looks at a photo of your plate and tells you about the food on it.

            The app can already recognise an apple. It can't tell you anything about apples yet. For that it
            needs a database, so we've started reading up on databases.
          `,
          links: [{ label: 'PyTorch tutorials', url: 'https://pytorch.org/tutorials/', rel: 'other' }],
          tags: ['practice'],
        },
      ],
    },
    {
      title: 'Machine learning from around the internet',
      emoji: '🕸️',
      items: [
        {
          kind: 'link',
          title: 'How fast is real time? Chip Huyen on online prediction',
          body: markdown`
            Many teams compute predictions for every user overnight and look them up during the day. That's
            cheap, and it works until something changes between midnight and noon: a shopping cart fills up, a
            card is stolen, a storm rolls in.

            ${figure('batch-and-online')}

            Chip Huyen talked to companies at every stage of the journey and describes the stages in order:
            batch prediction, online prediction with precomputed features, online prediction with fresh
            features, and finally models that keep learning. For each stage, she explains what you gain and
            what your infrastructure has to provide. Read it before you buy anything with “streaming” in its
            name.
          `,
          links: [
            {
              label: 'Real-time machine learning: challenges and solutions',
              url: 'https://huyenchip.com/2022/01/02/real-time-machine-learning-challenges-and-solutions.html',
              rel: 'blog',
            },
          ],
          tags: ['production'],
        },
        {
          kind: 'link',
          title: 'A language model that looks things up, illustrated',
          body: markdown`
            Does a language model have to memorise everything it knows? DeepMind's RETRO has 7.5 billion
            parameters and a database of text to consult. On several benchmarks, it keeps up with models more
            than twenty times its size. Jay Alammar explains how it works, one drawing at a time: how a
            passage becomes a key, how similar passages are retrieved, and where they enter the network.
          `,
          links: [
            {
              label: 'The Illustrated Retrieval Transformer',
              url: 'https://jalammar.github.io/illustrated-retrieval-transformer/',
              rel: 'blog',
            },
            { label: 'The RETRO paper', url: 'https://arxiv.org/abs/2112.04426', rel: 'paper' },
          ],
          tags: ['language'],
        },
      ],
    },
    {
      title: 'Papers & research',
      emoji: '📰',
      items: [
        {
          kind: 'paper',
          paper: 'convnext',
          title: 'ConvNeXt: the convolution strikes back',
          body: markdown`
            Vision transformers have led most benchmarks for a year. How much of that is due to the
            transformer itself, and how much to everything that came with it? The authors take a ResNet and
            modernise it one decision at a time: the training recipe, the design of the blocks, larger
            kernels, fewer activations. They measure the effect of every step.

            The result is a pure convolutional network that matches Swin transformers in both accuracy and
            scalability. The largest version reaches 87.8% on ImageNet-1K. Even if you never use it, the paper
            is the best lesson in ablation studies we know.
          `,
          links: [
            { label: 'Paper', url: 'https://arxiv.org/abs/2201.03545', rel: 'paper' },
            { label: 'Code and models', url: 'https://github.com/facebookresearch/ConvNeXt', rel: 'code' },
            { label: 'Demo', url: 'https://huggingface.co/spaces/akhaliq/convnext', rel: 'demo' },
          ],
          tags: ['vision'],
        },
        {
          kind: 'paper',
          paper: 'masked-autoencoders',
          title: 'Masked autoencoders again, now with code',
          body: markdown`
            We promised to let you know. The authors have released a PyTorch implementation with checkpoints
            in three sizes, and a notebook that runs without a GPU. Give it one of your own photos, hide three
            quarters of it, and see what it comes up with. For how the method works, see our December issue.
          `,
          links: [
            { label: 'Code and checkpoints', url: 'https://github.com/facebookresearch/mae', rel: 'code' },
            { label: 'Paper', url: 'https://arxiv.org/abs/2111.06377', rel: 'paper' },
          ],
          tags: ['self-supervised', 'vision'],
        },
      ],
    },
    {
      title: 'A couple of cool things',
      emoji: '😎',
      items: [
        {
          kind: 'tool',
          title: 'Instant NGP: a 3D scene in seconds',
          body: markdown`
            A neural radiance field learns a 3D scene from photos, so that you can move around in it. Training
            used to take hours. With NVIDIA's implementation and one good graphics card, a rough first version
            of the sample scene, a fox, appears in about five seconds. The trick is a lookup table: positions
            are encoded with hash grids at several resolutions, so the network itself can be tiny. Clone the
            repository, load the fox and fly around it.
          `,
          links: [
            { label: 'Code', url: 'https://github.com/NVlabs/instant-ngp', rel: 'code' },
            { label: 'Project page', url: 'https://nvlabs.github.io/instant-ngp', rel: 'demo' },
            { label: 'Paper', url: 'https://arxiv.org/abs/2201.05989', rel: 'paper' },
          ],
          tags: ['graphics'],
        },
      ],
    },
  ],
};
