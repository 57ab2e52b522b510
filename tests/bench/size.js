// What openline costs over the wire; fails when it is over the budget (scripts/size-budget.json).
import { fileURLToPath } from 'node:url';
import { checkSizes } from '../../scripts/sizes.js';

await checkSizes(fileURLToPath(new URL('../../', import.meta.url)));
