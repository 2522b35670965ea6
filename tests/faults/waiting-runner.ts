/** A test runner in the middle of a browser test: a product and a browser are up, and it waits until it is killed. Run by `killed-runner.test.ts`. */
import { createProduct } from '../e2e/support/product.ts';

const product = createProduct();
await product.start();
process.stdout.write(`${JSON.stringify({ dataFolder: product.installation.dataFolder })}\n`);
setInterval(() => undefined, 60_000);
