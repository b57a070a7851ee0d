/** What of SaxonJS the Schematron reader uses; the package brings no types of its own. */
declare module 'saxon-js' {
  type XPathOptions = {
    readonly namespaceContext: Readonly<Record<string, string>>;
    readonly params: Readonly<Record<string, unknown>>;
  };
  const SaxonJS: {
    getResource(source: { readonly text: string; readonly type: 'xml' }): Promise<unknown>;
    readonly XPath: { evaluate(expression: string, context: unknown, options: XPathOptions): unknown };
  };
  export default SaxonJS;
}
