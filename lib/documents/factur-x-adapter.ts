/** The file name every reader of Factur-X looks for. */
const EMBEDDED_NAME = 'factur-x.xml';

/** What a document says of itself to software: the Factur-X extension schema and its values (Factur-X 1.0, profile EN 16931). */
const FACTUR_X_METADATA = `
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>fx</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq>
      ${['DocumentFileName', 'DocumentType', 'Version', 'ConformanceLevel'].map(extensionProperty).join('\n      ')}
    </rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:fx="urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#">
  <fx:DocumentType>INVOICE</fx:DocumentType>
  <fx:DocumentFileName>${EMBEDDED_NAME}</fx:DocumentFileName>
  <fx:Version>1.0</fx:Version>
  <fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>
</rdf:Description>`;

function extensionProperty(name: string): string {
  return `<rdf:li rdf:parseType="Resource"><pdfaProperty:name>${name}</pdfaProperty:name><pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category><pdfaProperty:description>${name} of the embedded invoice</pdfaProperty:description></rdf:li>`;
}

/** Puts the data of a document into its PDF, as Factur-X wants it: the file, how it relates to the pages, and what the PDF says of it. */
export function attachFacturX(pdf: PDFKit.PDFDocument, xml: string, issuedAt: Date): void {
  const file = { name: EMBEDDED_NAME, type: 'text/xml', description: 'Factur-X', creationDate: issuedAt, modifiedDate: issuedAt };
  // The published types lag behind the library: `relationship` and `appendXML` are documented and there.
  const embedding = pdf as PDFKit.PDFDocument & {
    file(source: Buffer, options: typeof file & { readonly relationship: string }): void;
    appendXML(xml: string): void;
  };
  embedding.file(Buffer.from(xml), { ...file, relationship: 'Alternative' });
  embedding.appendXML(FACTUR_X_METADATA);
}
