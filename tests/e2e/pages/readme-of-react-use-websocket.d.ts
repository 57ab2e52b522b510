declare module 'readme-of-react-use-websocket' {
  /** The example of its README; see `support/readmeExample.ts`. */
  export function WebSocketDemo(): import('react').ReactElement;
}
