// What npm runs after it packed.
import { restoreManifest } from './pack/manifest-files.ts';

await restoreManifest();
