import type { SampleFigure } from './library-shapes.ts';

const licence = 'CC0-1.0';

/** The credit of a figure that Masthead redrew after someone else's. */
function redrawnAfter(work: string, url: string) {
  return { text: `Redrawn by Masthead after ${work}`, url, licence };
}

const ownDrawing = {
  text: 'Drawn by Masthead for One Epoch',
  url: 'https://creativecommons.org/publicdomain/zero/1.0/',
  licence,
};

export const figures = {
  'cover-24': {
    file: 'cover-24.webp',
    mimeType: 'image/webp',
    alt: 'Cover of issue 24: dots that fall from left to right and level out, like the loss of a model during training.',
    caption: 'One dot for each issue so far.',
    credit: ownDrawing,
  },
  'cover-25': {
    file: 'cover-25.webp',
    mimeType: 'image/webp',
    alt: 'Cover of issue 25: dots that fall from left to right and level out, like the loss of a model during training.',
    caption: 'One dot for each issue so far.',
    credit: ownDrawing,
  },
  'cover-26': {
    file: 'cover-26.webp',
    mimeType: 'image/webp',
    alt: 'Cover of issue 26: dots that fall from left to right and level out, like the loss of a model during training.',
    caption: 'One dot for each issue so far.',
    credit: ownDrawing,
  },
  mark: {
    file: 'mark.png',
    mimeType: 'image/png',
    alt: 'A circular arrow round a dot.',
    caption: 'The logo of One Epoch: one full pass over the data.',
    credit: ownDrawing,
  },
  'latent-diffusion': {
    file: 'latent-diffusion.png',
    mimeType: 'image/png',
    alt: 'A small grid of grey noise clears up in three steps, guided by a prompt; a decoder turns the clear grid into a large picture of two hens in a garden.',
    caption:
      'Latent diffusion saves time by taking many steps on a small grid and only one on the full image.',
    credit: redrawnAfter(
      'the latent diffusion repository of CompVis',
      'https://github.com/CompVis/latent-diffusion',
    ),
  },
  'masked-patches': {
    file: 'masked-patches.png',
    mimeType: 'image/png',
    alt: 'A picture of a garden with three quarters of its patches hidden; a large encoder sees the remaining quarter, and a small decoder fills in the whole picture.',
    caption: 'A masked autoencoder in training: the large encoder never sees the hidden patches.',
    credit: redrawnAfter(
      '“Masked Autoencoders Are Scalable Vision Learners”',
      'https://arxiv.org/abs/2111.06377',
    ),
  },
  'batch-and-online': {
    file: 'batch-and-online.png',
    mimeType: 'image/png',
    alt: 'Two rows of boxes. Batch: all customers, a model that runs at night, a table of predictions, an answer that is hours old. Online: a request, fresh features, a model that runs in milliseconds, an answer now.',
    caption: 'The same model, run overnight for every customer or on demand for one.',
    credit: redrawnAfter(
      '“Real-time machine learning” by Chip Huyen',
      'https://huyenchip.com/2022/01/02/real-time-machine-learning-challenges-and-solutions.html',
    ),
  },
  'flooded-garden': {
    file: 'flooded-garden.png',
    mimeType: 'image/png',
    alt: 'Two drawings of the same market garden. On Friday, hens walk among rows of lettuces in the sun. On Monday, brown water reaches the roof of the shed, and a hen sits on top.',
    caption: 'The garden on Friday, and on the following Monday. All hens are safe.',
    credit: ownDrawing,
  },
  'deep-eta': {
    file: 'deep-eta.png',
    mimeType: 'image/png',
    alt: 'Diagram: continuous and discrete features become embeddings, which pass through a linear transformer and a dense layer; the type of trip calibrates the result, and a ReLU keeps it from going negative.',
    caption: 'Continuous and discrete features share one network; the type of trip calibrates its output.',
    credit: redrawnAfter(
      '“DeepETA” on the Uber Engineering blog',
      'https://www.uber.com/blog/deepeta-how-uber-predicts-arrival-times/',
    ),
  },
  'self-supervised': {
    file: 'self-supervised.png',
    mimeType: 'image/png',
    alt: 'Two steps. First, without labels, an encoder pulls two altered copies of a garden picture together and pushes a different picture away. Then the same encoder, with a small classifier, learns to say “hen” from a few labels.',
    caption: 'First learn which pictures are similar, then learn what they are called.',
    credit: redrawnAfter(
      'the TensorFlow blog',
      'https://blog.tensorflow.org/2022/02/boost-your-models-accuracy.html',
    ),
  },
  'ml-system': {
    file: 'ml-system.png',
    mimeType: 'image/png',
    alt: 'Twelve large blocks, such as data collection, serving infrastructure and monitoring, around one small orange block labelled “Model”.',
    caption: 'Can you find the model? Everything around it is operations.',
    credit: redrawnAfter(
      'the documentation of Google Cloud',
      'https://cloud.google.com/architecture/mlops-continuous-delivery-and-automation-pipelines-in-machine-learning',
    ),
  },
  'mlops-level-0': {
    file: 'mlops-level-0.png',
    mimeType: 'image/png',
    alt: 'Two lanes. In data science, four steps from data to a model file are each started by hand. The file is handed over to operations, where it is registered, deployed by hand and used to serve predictions.',
    caption: 'Level 0: every orange button waits for somebody to press it.',
    credit: redrawnAfter(
      'the documentation of Google Cloud',
      'https://cloud.google.com/architecture/mlops-continuous-delivery-and-automation-pipelines-in-machine-learning',
    ),
  },
  captioning: {
    file: 'captioning.png',
    mimeType: 'image/png',
    alt: 'A drawing of two hens beside a row of lettuces. Next to it are a caption, “two hens beside a row of lettuces”; a question, “what is the weather like?”; and an answer, “sunny”.',
    caption:
      'One model, two tasks: it captions an image, and it answers questions about it. We wrote the text in this example.',
    credit: redrawnAfter(
      'the BLIP demo on Hugging Face Spaces',
      'https://huggingface.co/spaces/Salesforce/BLIP',
    ),
  },
  seer: {
    file: 'seer.png',
    mimeType: 'image/png',
    alt: 'A thousand small tiles that stand for a billion unsorted pictures, an arrow labelled “SwAV”, and five circles for models of 156 million to 10 billion parameters; the largest dwarfs the rest.',
    caption: 'No curation on the left, no labels in the middle, and a lot of hardware on the right.',
    credit: redrawnAfter(
      'the SEER pages of VISSL',
      'https://github.com/facebookresearch/vissl/tree/main/projects/SEER',
    ),
  },
  detic: {
    file: 'detic.png',
    mimeType: 'image/png',
    alt: 'Pictures with boxes teach a detector where objects are; pictures with a single label, and embeddings of class names, teach it what they are. It then finds and names lettuces, for which it has never seen a box.',
    caption: 'Detic learns “where” and “what” separately, so a new class needs a name but no boxes.',
    credit: redrawnAfter('the Detic repository', 'https://github.com/facebookresearch/Detic'),
  },
  'torch-studio': {
    file: 'torch-studio.png',
    mimeType: 'image/png',
    alt: 'Sketch of a desktop window with three columns: a dataset of small pictures, a model as a stack of layers, and the falling loss curves of three experiments.',
    caption: 'A sketch of an IDE for PyTorch.',
    credit: redrawnAfter('the TorchStudio home page', 'https://www.torchstudio.ai/'),
  },
} satisfies Record<string, SampleFigure>;

export type FigureName = keyof typeof figures;
