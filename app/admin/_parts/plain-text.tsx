/** A mail's text as it was written; addresses can be followed. */
export function PlainText({ text }: { readonly text: string }) {
  const parts = text.split(/(https?:\/\/[^\s<>"]+)/g);
  return (
    <pre className="plain-text">
      {parts.map((part, index) =>
        index % 2 === 1 ? (
          <a key={`${index}-${part}`} href={part}>
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </pre>
  );
}
