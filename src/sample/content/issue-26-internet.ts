import { figure, markdown } from './markdown.ts';
import type { SampleSection } from './shapes.ts';

export const internet: SampleSection = {
  title: 'Machine learning from around the internet',
  emoji: '🕸️',
  items: [
    {
      kind: 'link',
      title: 'DeepETA: how Uber works out when you will be there',
      body: markdown`
        For Uber an arrival time is a price. Rides, meals and freight are all planned on it, and a wrong guess
        is paid for. Its engineers grew one of the largest XGBoost ensembles anywhere, until growing it
        further no longer helped. So they compared neural networks: plain multilayer perceptrons, NODE, TabNet
        and transformers, among others. A transformer won.

        ${figure('deep-eta')}

        It has milliseconds to answer, and three decisions make that possible:

        - **Linear attention.** It does without the full attention matrix, which in Uber's small example makes
          it four to five times faster.
        - **Wide tables, few layers.** Most of what the model knows lies in embeddings, and looking up is
          cheaper than computing: one prediction touches about 0.25 % of the parameters.
        - **ReLU last.** Nobody arrives before setting out, so no estimate may be negative.
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
      title: 'Few labels? Let the data go first, with TensorFlow Similarity',
      body: markdown`
        Labels are dear and data is cheap. Self-supervised learning spends the cheap thing first: the model
        works out a representation of the unlabelled data, and a classifier starts from there.

        ${figure('self-supervised')}

        In contrastive learning it is shown altered versions of one image, cropped or recoloured, and must see
        the same thing in both, and something else in every other image. What remains is a sense of likeness.

        TensorFlow Similarity now has this built in. Its notebook learns from CIFAR-10, small images in ten
        classes, with your choice of SimCLR, SimSiam or Barlow Twins. The classifier that follows is nearly
        twice as accurate as its twin without the first step.
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
      title: 'The carbon bill of training, recalculated',
      body: markdown`
        Electricity for training often comes from something on fire, so it is worth getting the sum right.
        Google's researchers checked published estimates and found them too high, some by a factor of a
        hundred and more. Their paper foresees a plateau and then a decline, provided that people keep to the
        four Ms:

        - **Model:** sparse and other efficient architectures save a factor of 3 to 10, and often predict
          better.
        - **Machine:** hardware made for machine learning, usually the newest, saves a factor of 2 to 5.
        - **Mechanisation:** a cloud data centre wastes less power than a room of your own, since its owner
          pays for it, and many run in part on renewables.
        - **Map:** choosing the region with the cleanest grid saves a further factor of 5 to 10.

        How could the old figures be so wrong? One counted the search for a model, done once, as the training
        of it. In terms of cars: take the factory's emissions, a hundred times over, and book them as petrol.
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
      title: 'MLOps in three levels, a guide',
      body: markdown`
        Machine learning operations, or MLOps, begin where the tutorial ends: data to gather, check and
        prepare, models to train, judge, release and watch. The model itself is the small part.

        ${figure('ml-system')}

        Google Cloud's guide orders teams by how much of the rest happens without them.

        - **Level 0, by hand.** Notebooks and scripts, each started by the person who wrote it, up to and
          including the release. This is where our food app lives.

        ${figure('mlops-level-0')}

        - **Level 1, a pipeline.** New data arrives, and checking, preparing, training, evaluation and release
          follow by themselves. This is continuous training, CT.
        - **Level 2, a pipeline for the pipeline.** Continuous integration and deployment, CI/CD: change the
          code to try an idea, and if the idea proves good, it travels to production on its own.
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
