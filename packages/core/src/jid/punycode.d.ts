/** The part of the npm package in use. By this path, since the bare name is Node's own deprecated module. */
declare module 'punycode/punycode.js' {
  const punycode: {
    /** Throws a `RangeError` on what is not Punycode. */
    decode(text: string): string;
    encode(text: string): string;
  };
  export default punycode;
}
