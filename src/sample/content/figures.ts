import type { SampleFigure } from './library-shapes.ts';

const licence = 'CC0-1.0';

/** Credit of a figure that says again, in our own drawing, what somebody else's work shows. */
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
    alt: 'Cover of issue 24: dots that fall from left to right and level out, like the loss of a model in training.',
    caption: 'One dot for each issue so far.',
    credit: ownDrawing,
  },
  'cover-25': {
    file: 'cover-25.webp',
    mimeType: 'image/webp',
    alt: 'Cover of issue 25: dots that fall from left to right and level out, like the loss of a model in training.',
    caption: 'One dot for each issue so far.',
    credit: ownDrawing,
  },
  'cover-26': {
    file: 'cover-26.webp',
    mimeType: 'image/webp',
    alt: 'Cover of issue 26: dots that fall from left to right and level out, like the loss of a model in training.',
    caption: 'One dot for each issue so far.',
    credit: ownDrawing,
  },
  mark: {
    file: 'mark.png',
    mimeType: 'image/png',
    alt: 'A circular arrow round a dot.',
    caption: 'The mark of One Epoch: once round all there is to see.',
    credit: ownDrawing,
  },
  'latent-diffusion': {
    file: 'latent-diffusion.png',
    mimeType: 'image/png',
    alt: 'A small grid of grey noise clears up in three steps, steered by a prompt; a decoder turns the clear grid into a large picture of two hens in a garden.',
    caption:
      'Many steps on something small, then one on something large: that is where latent diffusion saves its time.',
    credit: redrawnAfter(
      'the latent diffusion repository of CompVis',
      'https://github.com/CompVis/latent-diffusion',
    ),
  },
  'masked-patches': {
    file: 'masked-patches.png',
    mimeType: 'image/png',
    alt: 'A picture of a garden with three quarters of its patches hidden; a large encoder sees the remaining quarter, and a small decoder fills in the whole picture.',
    caption:
      'A masked autoencoder at school: the large half of the network never looks at the hidden patches.',
    credit: redrawnAfter(
      '“Masked Autoencoders Are Scalable Vision Learners”',
      'https://arxiv.org/abs/2111.06377',
    ),
  },
  'batch-and-online': {
    file: 'batch-and-online.png',
    mimeType: 'image/png',
    alt: 'Two rows of boxes. Batch: all customers, a model at night, a table of predictions, an answer that is hours old. Online: a request, fresh features, a model in milliseconds, an answer now.',
    caption: 'The same model, asked at night for everybody or by day for one.',
    credit: redrawnAfter(
      '“Real-time machine learning” by Chip Huyen',
      'https://huyenchip.com/2022/01/02/real-time-machine-learning-challenges-and-solutions.html',
    ),
  },
  'flooded-garden': {
    file: 'flooded-garden.png',
    mimeType: 'image/png',
    alt: 'Two drawings of the same market garden: on Friday hens among rows of lettuces in the sun, on Monday brown water up to the roof of the shed and a hen on top of it.',
    caption: 'The garden on a Friday, and on the Monday after. All hens are well.',
    credit: ownDrawing,
  },
  'deep-eta': {
    file: 'deep-eta.png',
    mimeType: 'image/png',
    alt: 'Diagram: continuous and discrete features become embeddings, which pass through a linear transformer and a dense layer; the type of trip calibrates the result, and a ReLU keeps it above zero.',
    caption: 'Three sorts of input share one network, and the sort of trip has the last word but one.',
    credit: redrawnAfter(
      '“DeepETA” on the Uber Engineering blog',
      'https://www.uber.com/blog/deepeta-how-uber-predicts-arrival-times/',
    ),
  },
  'self-supervised': {
    file: 'self-supervised.png',
    mimeType: 'image/png',
    alt: 'Two steps. First an encoder pulls two altered copies of one garden picture together and pushes a different picture away, without labels. Then the same encoder, with a small classifier, learns to say “hen” from a few labels.',
    caption: 'First a sense of what is alike, then names for it.',
    credit: redrawnAfter(
      'the TensorFlow blog',
      'https://blog.tensorflow.org/2022/02/boost-your-models-accuracy.html',
    ),
  },
  'ml-system': {
    file: 'ml-system.png',
    mimeType: 'image/png',
    alt: 'Twelve large blocks, such as data collection, serving infrastructure and monitoring, around one small orange block that says model.',
    caption: 'Find the model. Everything else in the picture is what the word operations covers.',
    credit: redrawnAfter(
      'the documentation of Google Cloud',
      'https://cloud.google.com/architecture/mlops-continuous-delivery-and-automation-pipelines-in-machine-learning',
    ),
  },
  'mlops-level-0': {
    file: 'mlops-level-0.png',
    mimeType: 'image/png',
    alt: 'Two lanes. In data science, four steps from data to a model file are each started by hand; the file is handed over to operations, where it is registered, deployed by hand and serves predictions.',
    caption: 'Level 0: every orange button waits for somebody to press it.',
    credit: redrawnAfter(
      'the documentation of Google Cloud',
      'https://cloud.google.com/architecture/mlops-continuous-delivery-and-automation-pipelines-in-machine-learning',
    ),
  },
  captioning: {
    file: 'captioning.png',
    mimeType: 'image/png',
    alt: 'A drawing of two hens by a row of lettuces. Beside it a caption, two hens beside a row of lettuces; a question, what is the weather like; and its answer, sunny.',
    caption:
      'One model, two services: it describes a picture, or answers for it. The words here are ours, not its.',
    credit: redrawnAfter(
      'the BLIP demo on Hugging Face Spaces',
      'https://huggingface.co/spaces/Salesforce/BLIP',
    ),
  },
  seer: {
    file: 'seer.png',
    mimeType: 'image/png',
    alt: 'A thousand small tiles for a billion unsorted pictures, an arrow named SwAV, and five circles for models of 156 million to 10 billion parameters; the largest dwarfs the rest.',
    caption: 'No curation on the left, no labels in the middle, and a good deal of hardware on the right.',
    credit: redrawnAfter(
      'the SEER pages of VISSL',
      'https://github.com/facebookresearch/vissl/tree/main/projects/SEER',
    ),
  },
  detic: {
    file: 'detic.png',
    mimeType: 'image/png',
    alt: 'Pictures with boxes teach a detector where things are; pictures with a single label, and the embeddings of class names, teach it what they are. It then finds and names lettuces for which it never saw a box.',
    caption: 'Where and what are learned apart, so a class needs a name more than it needs boxes.',
    credit: redrawnAfter('the Detic repository', 'https://github.com/facebookresearch/Detic'),
  },
  'torch-studio': {
    file: 'torch-studio.png',
    mimeType: 'image/png',
    alt: 'Sketch of a desktop window in three columns: a dataset of small pictures, a model as a stack of layers, and the falling loss curves of three experiments.',
    caption: 'A sketch of an IDE for PyTorch.',
    credit: redrawnAfter('the TorchStudio home page', 'https://www.torchstudio.ai/'),
  },
} satisfies Record<string, SampleFigure>;

export type FigureName = keyof typeof figures;
