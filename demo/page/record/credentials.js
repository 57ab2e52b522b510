/** How long it takes to renew them: what a sign-in service would take, and long enough to see. */
const renewalMs = 900;

/**
 * The option `auth` of the line. There is nobody to sign in here, so that renewing takes its time
 * and does nothing else; an app would fetch a token, which its URL function then puts to use.
 */
export class Credentials {
  isBeingRenewed = false;
  #note;

  constructor(note) {
    this.#note = note;
  }

  /** The same function each time: lines that share it share its run. */
  refresh = async () => {
    this.isBeingRenewed = true;
    this.#note('The page renews its credentials.', 'pause');
    await new Promise((resolve) => setTimeout(resolve, renewalMs));
    this.isBeingRenewed = false;
    this.#note('Credentials renewed.');
  };
}
