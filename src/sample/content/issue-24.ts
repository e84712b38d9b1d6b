import { figure, markdown } from './markdown.ts';
import type { SampleIssue } from './shapes.ts';

export const issue24: SampleIssue = {
  number: 24,
  slug: 'december-2021',
  title: 'December 2021: pictures from noise',
  subtitle: 'Two ways to generate an image, one way to understand it, and a good month for demos',
  coverage: { from: '2021-12-01', to: '2021-12-31' },
  authors: ['editors', 'drawing-desk'],
  cover: 'cover-24',
  tags: ['vision', 'diffusion', 'self-supervised'],
  intro: markdown`
    This issue completes two years of One Epoch, and we had planned a retrospective. Then, in the last
    fortnight before the holidays, two papers on turning text into images appeared within a day of each other.
    The retrospective can wait.
  `,
  signOff: markdown`
    That was 2021. What did we miss? Reply with a link and a sentence on why it matters, and we'll include the
    best suggestions in January.

    Have a good break.
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
            We went back to every notebook we started in 2021. By December, only a third of them still ran
            from top to bottom. Those had three things in common:

            - they asked a single question and stated it in the first cell;
            - they set the random seed and recorded the package versions;
            - they ended with a written conclusion, not just a plot.

            So that's our resolution for 2022. It costs nothing, and whoever opens the file six months from
            now will be grateful.
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
          title: 'Gradio joins Hugging Face',
          body: markdown`
            Gradio wraps a Python function in a small web app with a form, a result and a link to share. It
            takes only a few lines of code. Hugging Face, whose Spaces already host many of these apps, has
            now acquired Gradio. The library stays open source.

            Why it matters: when people can play with a model, they find its weaknesses. If you've never built
            a demo for a colleague, one rainy afternoon is all you need.
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
      intro: 'One paper generates images; the other learns by repairing them.',
      items: [
        {
          kind: 'paper',
          paper: 'latent-diffusion',
          title: 'Latent diffusion: do the hard work on a small grid',
          body: markdown`
            A diffusion model generates an image by starting with noise and removing a little of it at each
            step. The results are beautiful, but the process is slow, because every step works on every pixel.

            The authors first train an autoencoder that compresses an image into a much smaller grid and can
            restore it. Diffusion then runs on the small grid alone, and the decoder runs only once, at the
            end.

            ${figure('latent-diffusion')}

            Through cross-attention, a text prompt, a layout or another image can guide each step. The model
            needs far less hardware for both training and inference. That may prove to be the most important
            result: you don't need a big lab to run it.
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
          title: 'Masked autoencoders: hide three quarters, predict the rest',
          body: markdown`
            This paper came out in November, and we've kept coming back to it. Cut an image into patches, hide
            75% of them, and train a network to reconstruct what's missing. There are no labels, no image
            pairs and no elaborate augmentations.

            ${figure('masked-patches')}

            Two design choices make the method fast as well as simple. The encoder sees only the visible
            quarter of the patches, so the large network does a quarter of the work. The decoder can be small
            because it's discarded after training. There's no code yet; we'll let you know when it's out.
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
          title: 'GLIDE in a notebook: generate an image, then edit it',
          body: markdown`
            OpenAI's GLIDE is another diffusion model that turns text into images. In side-by-side comparisons,
            people preferred its images to those of DALL·E, even though GLIDE is smaller, at 3.5 billion
            parameters. It can also edit part of a photo: mask an area, describe what should be there, and it
            matches the lighting and shadows.

            OpenAI hasn't released the full model. It has published a smaller one, trained on filtered data,
            along with three notebooks. They're a great way to spend an evening.
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
