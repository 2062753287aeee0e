// Checks a CloudFormation template with cdk-nag, which writes its report into the folder of the assembly. We run this
// in a separate process, because the rules keep a processor busy for seconds.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [packages = '', templateFile, outdir] = process.argv.slice(2);
const load = createRequire(join(packages, 'package.json'));
const { App, Stack, Validations } = load('aws-cdk-lib/core');
const { CfnInclude } = load('aws-cdk-lib/cloudformation-include');
const { AwsSolutionsChecks, ServerlessChecks } = load('cdk-nag');

const app = new App({ outdir, analyticsReporting: false });
new CfnInclude(new Stack(app, 'Stack'), 'Template', { templateFile });
Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
app.synth();
