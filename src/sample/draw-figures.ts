/**
 * Draws all figures of the sample newsletter into src/sample/figures. The files are committed: run this script after changing
 * a drawing. The bytes depend on the installed versions of sharp and of the font DejaVu Sans.
 */
import { writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { type FigureName, figures } from './content/figures.ts';
import { drawBatchAndOnline } from './drawings/batch-and-online.ts';
import { palette } from './drawings/canvas.ts';
import { drawCaptioning } from './drawings/captioning.ts';
import { drawCover, drawMark } from './drawings/covers.ts';
import { drawDeepEta } from './drawings/deep-eta.ts';
import { drawDetic } from './drawings/detic.ts';
import { drawFloodedGarden } from './drawings/flooded-garden.ts';
import { drawLatentDiffusion } from './drawings/latent-diffusion.ts';
import { drawMaskedPatches } from './drawings/masked-patches.ts';
import { drawMlSystem } from './drawings/ml-system.ts';
import { drawMlopsLevel0 } from './drawings/mlops-level-0.ts';
import { drawSeer } from './drawings/seer.ts';
import { drawSelfSupervised } from './drawings/self-supervised.ts';
import { drawTorchStudio } from './drawings/torch-studio.ts';

const drawings: Record<FigureName, () => string> = {
  'cover-24': () =>
    drawCover({ number: 24, month: 'December 2021', tint: palette.mist, accent: palette.teal }),
  'cover-25': () =>
    drawCover({ number: 25, month: 'January 2022', tint: palette.meadow, accent: palette.leaf }),
  'cover-26': () =>
    drawCover({ number: 26, month: 'February 2022', tint: palette.peach, accent: palette.orange }),
  mark: drawMark,
  'latent-diffusion': drawLatentDiffusion,
  'masked-patches': drawMaskedPatches,
  'batch-and-online': drawBatchAndOnline,
  'flooded-garden': drawFloodedGarden,
  'deep-eta': drawDeepEta,
  'self-supervised': drawSelfSupervised,
  'ml-system': drawMlSystem,
  'mlops-level-0': drawMlopsLevel0,
  captioning: drawCaptioning,
  seer: drawSeer,
  detic: drawDetic,
  'torch-studio': drawTorchStudio,
};

for (const name of Object.keys(figures) as FigureName[]) await drawFigure(name);

async function drawFigure(name: FigureName): Promise<void> {
  const { file, mimeType } = figures[name];
  const image = sharp(Buffer.from(drawings[name]()));
  const encoded =
    mimeType === 'image/webp' ? image.webp({ quality: 82 }) : image.png({ palette: true, colours: 64 });
  await writeFile(new URL(`./figures/${file}`, import.meta.url), await encoded.toBuffer());
}
