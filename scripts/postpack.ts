// npm runs this after packing.
import { restoreManifest } from './pack/manifest-files.ts';

await restoreManifest();
