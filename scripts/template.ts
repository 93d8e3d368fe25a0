// Makes the database that a first start unpacks. Run by set-up and by the build; nothing of it is committed.
import { join } from 'node:path';

import { templateName } from '../src/store/first-start.ts';
import { writeTemplate } from '../src/store/template.ts';
import { ambient } from '../src/systems/host.ts';

await writeTemplate(join(import.meta.dirname, '../dist', templateName), ambient);
