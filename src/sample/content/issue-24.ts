import { figure, markdown } from './markdown.ts';
import type { SampleIssue } from './shapes.ts';

export const issue24: SampleIssue = {
  number: 24,
  slug: 'december-2021',
  title: 'December 2021: pictures out of noise',
  subtitle: 'Two ways to make an image, one way to read it, and a good month for demos',
  coverage: { from: '2021-12-01', to: '2021-12-31' },
  authors: ['editors', 'drawing-desk'],
  cover: 'cover-24',
  tags: ['vision', 'diffusion', 'self-supervised'],
  intro: markdown`
    Two years of One Epoch end with this letter. We had planned to look back. Then the last fortnight before
    the holidays brought two papers on drawing from words within a day of each other, and looking back had to
    wait.
  `,
  signOff: markdown`
    That was 2021. What did we miss? Reply with a link and a sentence on why it matters; the best of them open
    the January letter.

    Rest well.
  `,
  sections: [
    {
      title: 'Our work',
      emoji: '💻',
      items: [
        {
          kind: 'note',
          title: 'A resolution: one notebook, one idea',
          body: markdown`
            We counted. Of the notebooks that we started in 2021, a third still ran from top to bottom in
            December. The ones that did had three things in common:

            - they asked one question, and the first cell said which;
            - they set the random seed and wrote down the versions;
            - they ended with a sentence and not with a plot.

            That is our resolution, then. It costs nothing, and the person it helps most is the one who opens
            the file in six months.
          `,
          links: [],
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
          title: 'Gradio moves in with Hugging Face',
          body: markdown`
            Gradio turns a Python function into a web page with a form, an answer and an address to share,
            in about as many lines as it takes to say so. Hugging Face, whose Spaces host many such pages, has
            now acquired it. The library stays open source.

            Why it matters: a model that people can poke is a model whose faults they find. If you have never
            put one in front of a colleague, a rainy afternoon is enough.
          `,
          links: [
            { label: 'Announcement', url: 'https://huggingface.co/blog/gradio-joins-hf', rel: 'blog' },
            { label: 'Gradio', url: 'https://github.com/gradio-app/gradio', rel: 'code' },
          ],
          tags: ['demos'],
        },
      ],
    },
    {
      title: 'Papers & research',
      emoji: '📰',
      intro: 'One paper that makes pictures, one that learns by mending them.',
      items: [
        {
          kind: 'paper',
          paper: 'latent-diffusion',
          title: 'Latent diffusion: do the hard work on something small',
          body: markdown`
            A diffusion model makes a picture by starting from noise and removing it a little at a time.
            Beautiful, and slow: every one of many steps handles every pixel.

            The authors first train an autoencoder that squeezes a picture into a much smaller grid and back.
            Diffusion then happens in the small grid only, and the decoder is asked once, at the end.

            ${figure('latent-diffusion')}

            Cross-attention lets a text, a layout or another image steer each step. The result needs far less
            hardware to train and to use, which may turn out to be the part that matters: it is the
            difference between a laboratory's model and one that you can run.
          `,
          links: [
            { label: 'Paper', url: 'https://arxiv.org/abs/2112.10752', rel: 'paper' },
            { label: 'Code and models', url: 'https://github.com/CompVis/latent-diffusion', rel: 'code' },
          ],
          tags: ['diffusion', 'generation'],
        },
        {
          kind: 'paper',
          paper: 'masked-autoencoders',
          title: 'Masked autoencoders: hide three quarters, guess the rest',
          body: markdown`
            This one is from November, and we kept coming back to it. Cut an image into patches, hide 75 % of
            them, and train a network to paint what is missing. No labels, no pairs, no tricks with
            augmentation.

            ${figure('masked-patches')}

            Two decisions make it fast as well as simple. The encoder sees the visible quarter alone, so the
            big network does a quarter of the work. And the decoder is small, because it is thrown away after
            training. No code yet; we will tell you when there is.
          `,
          links: [{ label: 'Paper', url: 'https://arxiv.org/abs/2111.06377', rel: 'paper' }],
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
          title: 'GLIDE in a notebook: ask for a picture, then edit it',
          body: markdown`
            OpenAI's GLIDE also draws from words by diffusion. People who compared its pictures with those of
            DALL·E preferred GLIDE's, although it is the smaller model, with 3.5 billion parameters. It can
            repaint part of a photo too: mask the spot, say what should be there, and it minds the light and
            the shadows.

            The large model stays inside. A smaller one, trained on filtered data, is public with three
            notebooks, and it is a fine way to spend an evening.
          `,
          links: [
            { label: 'Notebooks and model', url: 'https://github.com/openai/glide-text2im', rel: 'code' },
            { label: 'Paper', url: 'https://arxiv.org/abs/2112.10741', rel: 'paper' },
          ],
          tags: ['diffusion', 'generation'],
        },
      ],
    },
  ],
};
