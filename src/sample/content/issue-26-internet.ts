import { figure, markdown } from './markdown.ts';
import type { SampleSection } from './shapes.ts';

export const internet: SampleSection = {
  title: 'Machine learning from around the internet',
  emoji: '🕸️',
  items: [
    {
      kind: 'link',
      title: 'DeepETA: how Uber predicts arrival times',
      body: markdown`
        For Uber, an estimated time of arrival (ETA) is money. Rides, meals and freight all depend on it, and
        every bad estimate has a cost. Over the years, its engineers built one of the largest XGBoost ensembles
        anywhere, until making it larger no longer helped. So they compared several kinds of neural network,
        including multilayer perceptrons, NODE, TabNet and transformers. A transformer won.

        ${figure('deep-eta')}

        The model has only milliseconds to respond. Three design decisions make that possible:

        - **Linear attention.** The model avoids computing the full attention matrix. In Uber's small example,
          that makes it four to five times faster.
        - **Large embedding tables, few layers.** Most of what the model knows is stored in its embeddings, and
          a lookup is cheaper than a computation. Each prediction touches only about 0.25% of the parameters.
        - **A ReLU at the output.** Nobody arrives before they leave, so an estimate must never be negative.
      `,
      links: [
        {
          label: 'Uber Engineering',
          url: 'https://www.uber.com/blog/deepeta-how-uber-predicts-arrival-times/',
          rel: 'blog',
        },
      ],
      tags: ['transformers', 'production'],
    },
    {
      kind: 'link',
      title: 'Short on labels? Try self-supervised learning in TensorFlow Similarity',
      body: markdown`
        Labels are expensive, and raw data is cheap. Self-supervised learning starts with the cheap part: the
        model first learns a representation from unlabelled data, and a classifier then builds on it.

        ${figure('self-supervised')}

        In contrastive learning, the model sees altered versions of the same image, cropped or recoloured, say.
        It learns to recognise them as the same thing and to tell them apart from all other images. The result
        is a sense of which images are similar.

        TensorFlow Similarity now supports this out of the box. Its example notebook trains on CIFAR-10, a set
        of small images in ten classes, with your choice of SimCLR, SimSiam or Barlow Twins. With pretraining,
        the classifier is nearly twice as accurate as the same classifier without it.
      `,
      links: [
        {
          label: 'TensorFlow blog',
          url: 'https://blog.tensorflow.org/2022/02/boost-your-models-accuracy.html',
          rel: 'blog',
        },
        { label: 'TensorFlow Similarity', url: 'https://github.com/tensorflow/similarity', rel: 'code' },
      ],
      tags: ['self-supervised', 'tensorflow'],
    },
    {
      kind: 'link',
      title: 'The carbon footprint of training, recalculated',
      body: markdown`
        Much of the electricity used for training still comes from burning fossil fuels, so it's worth getting
        the numbers right. Google's researchers checked published estimates and found them too high, some by a
        factor of a hundred or more. Their paper predicts that emissions will level off and then fall, provided
        we all follow four best practices, the four Ms:

        - **Model:** sparse and other efficient architectures cut computation by a factor of 3 to 10, often
          with better accuracy.
        - **Machine:** hardware built for machine learning, usually the latest generation, saves a factor of 2
          to 5.
        - **Mechanisation:** a cloud data centre wastes less power than your own server room, because its
          operator pays the bill. Many also run partly on renewable energy.
        - **Map:** choosing a region with a clean grid saves another factor of 5 to 10.

        How could earlier estimates be so far off? One of them mistook the search for a model architecture,
        which is done once, for the training of a model. By that logic, a car on the road would emit as much as
        its production did, a hundred times over.
      `,
      links: [
        {
          label: 'Google AI blog',
          url: 'https://ai.googleblog.com/2022/02/good-news-about-carbon-footprint-of.html',
          rel: 'blog',
        },
        {
          label: 'The Carbon Footprint of Machine Learning Training Will Plateau, Then Shrink',
          url: 'https://arxiv.org/abs/2204.05149',
          rel: 'paper',
        },
      ],
      tags: ['energy'],
    },
    {
      kind: 'link',
      title: 'A guide to MLOps in three levels',
      body: markdown`
        Machine learning operations, or MLOps, start where most tutorials end. You have to collect, validate
        and prepare data, and to train, evaluate, deploy and monitor models. The model code itself is only a
        small part of the system.

        ${figure('ml-system')}

        Google Cloud's guide describes three levels of maturity, depending on how much of that work is
        automated:

        - **Level 0: manual.** People run notebooks and scripts one by one, right up to deployment. This is
          where our food app is today.

        ${figure('mlops-level-0')}

        - **Level 1: an automated pipeline.** When new data arrives, validation, preparation, training,
          evaluation and deployment run on their own. This is known as continuous training (CT).
        - **Level 2: an automated pipeline for the pipeline.** Continuous integration and deployment (CI/CD)
          cover the pipeline itself. You try an idea by changing the code, and if it works, it goes to
          production automatically.
      `,
      links: [
        {
          label: 'Google Cloud documentation',
          url: 'https://cloud.google.com/architecture/mlops-continuous-delivery-and-automation-pipelines-in-machine-learning',
          rel: 'source',
        },
      ],
      tags: ['mlops', 'production'],
    },
  ],
};
