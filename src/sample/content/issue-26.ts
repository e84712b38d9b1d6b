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
      title: 'The PyTorch course: the first notebook is filmed',
      body: markdown`
        Notebook 00 (programmers count from nought) is done: 34 short videos on tensors, their shapes, and the
        errors that you get when two shapes disagree. The remaining notebooks follow in the coming two months
        or so. They change nearly every day, always towards fewer words and more code.
      `,
      links: [{ label: 'PyTorch tutorials', url: 'https://pytorch.org/tutorials/', rel: 'other' }],
      tags: ['pytorch', 'teaching'],
    },
    {
      kind: 'note',
      title: 'The food app: a detour by way of PostgreSQL',
      body: markdown`
        Our web app names the food in a photo. By now it was to show the nutrients of 100 foods as well. We
        spent February learning PostgreSQL instead, and how a web application talks to it, so that will be
        March. Three things that the detour taught us:

        - foods and nutrients need a third table between them;
        - nobody misses an index at 100 rows;
        - a constraint remembers what the code forgets.
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
        In the last three days of February Brisbane measured 677 mm of rain, more than ever before in three
        days and two thirds of a usual year. Some suburbs passed a whole year's rain within the week. The
        market garden where one of us lends a hand each week is among the places that went under.

        ${figure('flooded-garden')}

        The water has gone and the mud has stayed. Rebuilding starts with shovels.
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
        Load a dataset and see it; put a model together and see that; train a few variants and compare their
        curves. TorchStudio does this in one window, works with torchvision and the Hugging Face Hub, and
        trains on your own machine or on AWS, Azure or Google Cloud. It has only just left its private beta,
        so forgive it something. We mean to try it beside our course.
      `,
      links: [
        { label: 'TorchStudio', url: 'https://www.torchstudio.ai/', rel: 'source' },
        { label: 'Code', url: 'https://github.com/TorchStudio/torchstudio', rel: 'code' },
      ],
      figures: [
        {
          media: 'torch-studio',
          caption: 'What TorchStudio brings together, sketched: data, model and experiments in one window.',
        },
      ],
      tags: ['pytorch', 'tools'],
    },
    {
      kind: 'media',
      title: 'To listen to: Lex Fridman talks with Mark Zuckerberg',
      body: markdown`
        Episode 267 of the Lex Fridman Podcast. The host has done research in AI himself, and it shows in the
        questions: how Meta would let people design clothes for their avatars, how it looks for hateful posts,
        what a security check is worth in a virtual room. Two hours of talk also let you hear a person, where
        a news clip lets you hear a company.
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
  title: 'February 2022: better arrivals, lighter training, twenty thousand classes',
  subtitle: 'What happened in machine learning while Brisbane was under water',
  coverage: { from: '2022-02-01', to: '2022-02-28' },
  authors: ['editors', 'drawing-desk'],
  cover: 'cover-26',
  tags: ['vision', 'self-supervised', 'mlops'],
  intro: markdown`
    Welcome to the twenty-sixth letter. You need none of the earlier ones to follow it, and all of them are in
    the archive.

    If you have five minutes, read about [training with less carbon](https://ai.googleblog.com/2022/02/good-news-about-carbon-footprint-of.html):
    four habits, and none of them hard. If you have an evening, take BLIP's demo and your holiday photos.
  `,
  sections: [ourWork, internet, papersAndResearch, coolThings],
  signOff: markdown`
    That was a short month with a long reading list. **What belongs in the March letter?** Reply with a paper, a
    tool or a talk and one sentence on why; we read them all. And if One Epoch is of use to you, forward it to
    one colleague who would say the same.

    Stay curious, and stay dry.
  `,
};
