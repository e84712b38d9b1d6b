import { figure, markdown } from './markdown.ts';
import type { SampleIssue } from './shapes.ts';

export const issue25: SampleIssue = {
  number: 25,
  slug: 'january-2022',
  title: 'January 2022: old ideas in good shape',
  subtitle: 'Convolutions answer back, a language model looks things up, and a scene trains while you blink',
  coverage: { from: '2022-01-01', to: '2022-01-31' },
  authors: ['editors', 'drawing-desk'],
  cover: 'cover-25',
  tags: ['vision', 'production', 'language'],
  intro: markdown`
    A happy new year from Brisbane, where it has not stopped raining. January's theme chose itself: several
    of the best things we read take something that was thought finished, and finish it properly.
  `,
  signOff: markdown`
    Thank you for the links that you sent in over the break; two of them are above. Keep them coming: a paper,
    a tool, a talk, and one sentence on why.

    Until next month.
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
            We are building two things in the open hours of this newsletter, and will report on both, also
            when it is embarrassing:

            1. a hands-on course in PyTorch, filmed one notebook at a time;
            2. a web app that looks at your plate and tells you about what is on it.

            The app can name an apple. It knows nothing about apples yet. That takes a database, and we have
            started to read about databases.
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
          title: 'How fast is real time? Chip Huyen asks around',
          body: markdown`
            Many teams predict at night, for everybody, and look the answers up by day. That is cheap until
            the world moves between midnight and noon: a basket fills, a card is stolen, a storm arrives.

            ${figure('batch-and-online')}

            Chip Huyen talked to companies at every point along the road, and describes the stages in order:
            batch predictions, online predictions from ready-made features, online predictions from fresh
            ones, and at last models that go on learning. For each she says what it buys and what it asks of
            your infrastructure. Read it before you buy anything with “streaming” in its name.
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
          title: 'A language model that looks things up, in pictures',
          body: markdown`
            Does a model have to carry the whole library in its head? DeepMind's RETRO gives a 7.5
            billion-parameter model a database of text to consult, and on several tests it keeps up with
            models more than twenty times its size. Jay Alammar explains how, one drawing at a time: how a
            passage is turned into a key, how its neighbours are found, and where in the network they come in.
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
          title: 'ConvNeXt: the convolution answers back',
          body: markdown`
            Vision transformers have taken most prizes for a year. How much of that is the transformer, and
            how much is everything that came with it? The authors take a ResNet and modernise it one decision
            at a time: the training recipe, the shape of the blocks, larger kernels, fewer activations. After
            each step they measure.

            At the end stands a network made of convolutions alone that matches Swin transformers in accuracy
            and in scaling: 87.8 % on ImageNet-1K for the largest. Even if you never use it, the road there is
            the best lesson in ablation that we know.
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
            We promised to say when. The authors have published an implementation in PyTorch, with
            checkpoints in three sizes and a notebook that needs no graphics card. Give it one of your own
            photos, hide three quarters, and see what it imagines. How it works stood in the December letter.
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
          title: 'Instant NGP: a scene in seconds',
          body: markdown`
            A neural radiance field learns a place from photos, so that you can walk round in it. It used to
            take hours. NVIDIA's implementation has a first, rough fox on the screen in about five seconds, on
            one good graphics card. The trick is a table: positions are looked up in hash grids of several
            resolutions, and the network that remains is tiny. Clone it, load the fox, and fly.
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
