import { issue26 } from '../../src/sample/content/issue-26.ts';
import { newsletter } from '../../src/sample/content/sample-newsletter.ts';
import { adminClient } from '../admin-client.ts';
import type { Cleanup } from '../cleanup.ts';
import { reportProgress } from '../progress.ts';
import { ADMIN_KEY, type Place, startMasthead } from '../servers.ts';
import { waitForAllRenditions } from './library.ts';
import { type MeasuredDelivery, measureDelivery } from './measure-delivery.ts';
import { type MeasuredRenditions, measureRenditions } from './measure-renditions.ts';
import { type MeasuredUpload, measureUploads } from './measure-uploads.ts';

export type MeasuredMedia = {
  uploads: MeasuredUpload[];
  renditions: MeasuredRenditions;
  delivery: MeasuredDelivery;
};

/** Nothing is pinned, because images are processed on all cores in production too. */
export async function measureMedia(place: Place, rounds: number, cleanup: Cleanup): Promise<MeasuredMedia> {
  reportProgress('Measuring uploads');
  const uploads = await measureUploads(place, rounds, cleanup);

  reportProgress('Rendering the figures of the sample');
  const server = cleanup.addStopOf(await startMasthead(place, { SAMPLE_CONTENT: 'true' }));
  const admin = adminClient([server.origin], ADMIN_KEY);
  const issueUrl = `${server.origin}/content/v1/newsletters/${newsletter.slug}/issues/${issue26.number}`;
  const library = await waitForAllRenditions(admin);
  const delivery = await measureDelivery(server.origin, library, issueUrl);

  reportProgress('Rendering a photo');
  const renditions = await measureRenditions(server, admin, issueUrl);
  await server.stop();
  return { uploads, renditions, delivery };
}
