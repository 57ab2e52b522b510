/** Where things lie: the two folders that the server shows. URLs, so that Windows agrees. */
export const pageDirectory = new URL('../page/', import.meta.url);
export const distDirectory = new URL('../../dist/', import.meta.url);
