import { internet } from './issue-26-internet.ts';
import { papersAndResearch } from './issue-26-papers.ts';
import { figure, markdown } from './markdown.ts';
import type { SampleIssue, SampleSection } from './shapes.ts';

const ourWork: SampleSection = {
  title: 'Our work',
  emoji: '💻',
  items: [
    {
      kind: 'note',
      title: 'The PyTorch course: the first notebook is recorded',
      body: markdown`
        Notebook 00 (programmers count from zero) is done: 34 short videos on tensors, their shapes, and the
        errors you get when two shapes don't match. We expect to record the remaining notebooks over the next
        two months or so. We change them almost every day, always in the direction of fewer words and more
        code.
      `,
      links: [{ label: 'PyTorch tutorials', url: 'https://pytorch.org/tutorials/', rel: 'other' }],
      tags: ['pytorch', 'teaching'],
    },
    {
      kind: 'note',
      title: 'The food app: a detour through PostgreSQL',
      body: markdown`
        Our web app recognises the food in a photo. By now, it was also supposed to show nutrition data for 100
        foods. Instead, we spent February learning PostgreSQL and how to connect it to a web application, so
        nutrition moves to March. Here's what the detour taught us:

        - foods and nutrients need a third table to join them;
        - with 100 rows, nobody misses an index;
        - a constraint catches what the code forgets.
      `,
      links: [
        {
          label: 'The PostgreSQL tutorial',
          url: 'https://www.postgresql.org/docs/current/tutorial.html',
          rel: 'source',
        },
      ],
      tags: ['databases'],
    },
    {
      kind: 'note',
      title: 'Off topic: the flood',
      body: markdown`
        In the last three days of February, Brisbane recorded 677 mm of rain. That's a three-day record, and
        two thirds of what falls in a normal year. Some suburbs got more than a year's rain within the week.
        Among the places that flooded is the market garden where one of us helps out every week.

        ${figure('flooded-garden')}

        The water has gone, but the mud is still there. Rebuilding starts with shovels.
      `,
      links: [
        {
          label: 'The rainfall records',
          url: 'https://apac.dtn.com/news/677-mm-in-three-days-breaks-brisbane-rainfall-record',
          rel: 'source',
        },
      ],
      tags: ['brisbane'],
    },
  ],
};

const coolThings: SampleSection = {
  title: 'A couple of cool things',
  emoji: '😎',
  items: [
    {
      kind: 'tool',
      title: 'TorchStudio, an IDE for PyTorch',
      body: markdown`
        Load a dataset and browse it, build a model and inspect it, then train a few variants and compare their
        loss curves. TorchStudio lets you do all of this in one window. It works with torchvision and the
        Hugging Face Hub, and trains on your own machine or on AWS, Azure or Google Cloud. It only recently
        left private beta, so be patient with it. We plan to try it alongside our course.
      `,
      links: [
        { label: 'TorchStudio', url: 'https://www.torchstudio.ai/', rel: 'source' },
        { label: 'Code', url: 'https://github.com/TorchStudio/torchstudio', rel: 'code' },
      ],
      figures: [
        {
          media: 'torch-studio',
          caption: 'TorchStudio puts data, model and experiments in one window.',
        },
      ],
      tags: ['pytorch', 'tools'],
    },
    {
      kind: 'media',
      title: 'Podcast: Lex Fridman talks to Mark Zuckerberg',
      body: markdown`
        This is episode 267 of the Lex Fridman Podcast. Lex has done AI research himself, and it shows in his
        questions: how people might design clothes for their avatars, how Meta detects hateful posts, and what
        security means in a virtual room. In a news clip, you hear a company. In a conversation of two hours,
        you get to hear a person.
      `,
      links: [
        { label: 'YouTube', url: 'https://www.youtube.com/watch?v=5zOHSysMmH0', rel: 'video' },
        { label: 'Spotify', url: 'https://open.spotify.com/show/2MAi0BvDc6GTFvKFPXnkCL', rel: 'audio' },
        {
          label: 'Apple Podcasts',
          url: 'https://podcasts.apple.com/us/podcast/lex-fridman-podcast/id1434243584',
          rel: 'audio',
        },
      ],
      tags: ['podcast'],
    },
  ],
};

export const issue26: SampleIssue = {
  number: 26,
  slug: 'february-2022',
  title: 'February 2022: better ETAs, greener training and twenty thousand classes',
  subtitle: 'What happened in machine learning while Brisbane was under water',
  coverage: { from: '2022-02-01', to: '2022-02-28' },
  authors: ['editors', 'drawing-desk'],
  cover: 'cover-26',
  tags: ['vision', 'self-supervised', 'mlops'],
  intro: markdown`
    Welcome to issue 26. If you're new here, there's no need to catch up first, but past issues are in the
    archive.

    If you have five minutes, read about [training with less carbon](https://ai.googleblog.com/2022/02/good-news-about-carbon-footprint-of.html):
    four good habits, none of them hard. If you have an evening, try the BLIP demo on your holiday photos.
  `,
  sections: [ourWork, internet, papersAndResearch, coolThings],
  signOff: markdown`
    It was a short month with a long reading list. **What should we cover in March?** Reply with a paper, a tool
    or a talk, and a sentence on why it's worth a look. We read every reply. And if you find One Epoch useful,
    please forward it to a colleague who might too.

    Stay curious, and stay dry.
  `,
};
