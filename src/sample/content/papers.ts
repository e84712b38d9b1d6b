import type { SamplePaper } from './library-shapes.ts';

function by(...names: string[]) {
  return names.map((name) => ({ name }));
}

export const papers = {
  blip: {
    title:
      'BLIP: Bootstrapping Language-Image Pre-training for Unified Vision-Language Understanding and Generation',
    authors: by('Junnan Li', 'Dongxu Li', 'Caiming Xiong', 'Steven Hoi'),
    year: 2022,
    venue: 'ICML 2022',
    arxivId: '2201.12086',
    statuses: [
      { status: 'preprint', date: '2022-01-28' },
      { status: 'published', date: '2022-07', url: 'https://proceedings.mlr.press/v162/li22n.html' },
    ],
    results: [{ benchmark: 'COCO Captions', metric: 'CIDEr', value: 136.7 }],
    csl: { type: 'paper-conference', publisher: 'PMLR', volume: '162', page: '12888-12900' },
    links: [
      { label: 'arXiv', url: 'https://arxiv.org/abs/2201.12086', rel: 'paper' },
      { label: 'Code', url: 'https://github.com/salesforce/BLIP', rel: 'code' },
    ],
  },
  ibot: {
    title: 'iBOT: Image BERT Pre-Training with Online Tokenizer',
    authors: by(
      'Jinghao Zhou',
      'Chen Wei',
      'Huiyu Wang',
      'Wei Shen',
      'Cihang Xie',
      'Alan Yuille',
      'Tao Kong',
    ),
    year: 2022,
    venue: 'ICLR 2022',
    arxivId: '2111.07832',
    identifiers: ['openreview:ydopy-e6Dg'],
    statuses: [
      { status: 'preprint', date: '2021-11-15' },
      { status: 'published', date: '2022-04' },
    ],
    results: [
      { benchmark: 'ImageNet-1K', metric: 'Top-1 accuracy, linear probing', value: 82.3, unit: '%' },
      { benchmark: 'ImageNet-1K', metric: 'Top-1 accuracy, fine-tuned', value: 87.8, unit: '%' },
    ],
    csl: { type: 'paper-conference' },
    links: [
      { label: 'arXiv', url: 'https://arxiv.org/abs/2111.07832', rel: 'paper' },
      { label: 'Code', url: 'https://github.com/bytedance/ibot', rel: 'code' },
    ],
  },
  seer: {
    title: 'Vision Models Are More Robust And Fair When Pretrained On Uncurated Images Without Supervision',
    authors: by(
      'Priya Goyal',
      'Quentin Duval',
      'Isaac Seessel',
      'Mathilde Caron',
      'Ishan Misra',
      'Levent Sagun',
      'Armand Joulin',
      'Piotr Bojanowski',
    ),
    year: 2022,
    arxivId: '2202.08360',
    statuses: [{ status: 'preprint', date: '2022-02-16' }],
    links: [
      { label: 'arXiv', url: 'https://arxiv.org/abs/2202.08360', rel: 'paper' },
      {
        label: 'Code',
        url: 'https://github.com/facebookresearch/vissl/tree/main/projects/SEER',
        rel: 'code',
      },
    ],
  },
  detic: {
    title: 'Detecting Twenty-thousand Classes using Image-level Supervision',
    authors: by('Xingyi Zhou', 'Rohit Girdhar', 'Armand Joulin', 'Philipp Krähenbühl', 'Ishan Misra'),
    year: 2022,
    venue: 'ECCV 2022',
    arxivId: '2201.02605',
    doi: '10.1007/978-3-031-20077-9_21',
    statuses: [
      { status: 'preprint', date: '2022-01-07' },
      { status: 'published', date: '2022-10' },
    ],
    csl: { type: 'paper-conference', publisher: 'Springer', page: '350-368' },
    links: [
      { label: 'arXiv', url: 'https://arxiv.org/abs/2201.02605', rel: 'paper' },
      { label: 'Code', url: 'https://github.com/facebookresearch/Detic', rel: 'code' },
    ],
  },
  'latent-diffusion': {
    title: 'High-Resolution Image Synthesis with Latent Diffusion Models',
    authors: by('Robin Rombach', 'Andreas Blattmann', 'Dominik Lorenz', 'Patrick Esser', 'Björn Ommer'),
    year: 2022,
    venue: 'CVPR 2022',
    arxivId: '2112.10752',
    doi: '10.1109/cvpr52688.2022.01042',
    statuses: [
      { status: 'preprint', date: '2021-12-20' },
      { status: 'published', date: '2022-06' },
    ],
    csl: { type: 'paper-conference', publisher: 'IEEE', page: '10674-10685' },
    links: [
      { label: 'arXiv', url: 'https://arxiv.org/abs/2112.10752', rel: 'paper' },
      { label: 'Code', url: 'https://github.com/CompVis/latent-diffusion', rel: 'code' },
    ],
  },
  'masked-autoencoders': {
    title: 'Masked Autoencoders Are Scalable Vision Learners',
    authors: by('Kaiming He', 'Xinlei Chen', 'Saining Xie', 'Yanghao Li', 'Piotr Dollár', 'Ross Girshick'),
    year: 2022,
    venue: 'CVPR 2022',
    arxivId: '2111.06377',
    doi: '10.1109/cvpr52688.2022.01553',
    statuses: [
      { status: 'preprint', date: '2021-11-11' },
      { status: 'published', date: '2022-06' },
    ],
    results: [{ benchmark: 'ImageNet-1K', metric: 'Top-1 accuracy, fine-tuned', value: 87.8, unit: '%' }],
    csl: { type: 'paper-conference', publisher: 'IEEE', page: '15979-15988' },
    links: [
      { label: 'arXiv', url: 'https://arxiv.org/abs/2111.06377', rel: 'paper' },
      { label: 'Code', url: 'https://github.com/facebookresearch/mae', rel: 'code' },
    ],
  },
  convnext: {
    title: 'A ConvNet for the 2020s',
    authors: by(
      'Zhuang Liu',
      'Hanzi Mao',
      'Chao-Yuan Wu',
      'Christoph Feichtenhofer',
      'Trevor Darrell',
      'Saining Xie',
    ),
    year: 2022,
    venue: 'CVPR 2022',
    arxivId: '2201.03545',
    doi: '10.1109/cvpr52688.2022.01167',
    statuses: [
      { status: 'preprint', date: '2022-01-10' },
      { status: 'published', date: '2022-06' },
    ],
    csl: { type: 'paper-conference', publisher: 'IEEE', page: '11966-11976' },
    links: [
      { label: 'arXiv', url: 'https://arxiv.org/abs/2201.03545', rel: 'paper' },
      { label: 'Code', url: 'https://github.com/facebookresearch/ConvNeXt', rel: 'code' },
    ],
  },
} satisfies Record<string, SamplePaper>;

export type PaperName = keyof typeof papers;
