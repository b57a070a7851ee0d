import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fontoxpath from 'fontoxpath';
import type { Document, Element, Node } from 'slimdom';
import { parseXmlDocument } from 'slimdom';
import SaxonJS from 'saxon-js';

const { evaluateXPath, evaluateXPathToBoolean, evaluateXPathToNodes, evaluateXPathToString } = fontoxpath;

type Assertion = { readonly id: string; readonly isFatal: boolean; readonly test: string; readonly text: string };
type Let = readonly [name: string, expression: string];
type Rule = { readonly context: string; readonly lets: readonly Let[]; readonly asserts: readonly Assertion[] };
type Pattern = { readonly lets: readonly Let[]; readonly rules: readonly Rule[] };

/** A Schematron schema with its includes read in and its abstract patterns filled. */
export type Schematron = { readonly prefixes: ReadonlyMap<string, string>; readonly patterns: readonly Pattern[] };

export type Violation = { readonly id: string; readonly text: string };

const isElement = (node: Node): node is Element => node.nodeType === 1;
const childrenOf = (element: Element, name?: string): Element[] =>
  element.childNodes.filter(isElement).filter((child) => name === undefined || child.localName === name);
const attribute = (element: Element, name: string): string => element.getAttribute(name) ?? '';

/** Reads a compressed schema and what it includes. Bad schemas throw: nothing may pass because nothing was checked. */
export function readSchematron(file: string): Schematron {
  const prefixes = new Map([['xs', 'http://www.w3.org/2001/XMLSchema']]);
  const patterns: Element[] = [];
  const visit = (path: string): void => {
    const { documentElement: root } = parseXmlDocument(gunzipSync(readFileSync(`${path}.gz`)).toString('utf8'));
    if (!root) throw new Error(`${path} is empty`);
    if (root.localName === 'pattern') patterns.push(root);
    for (const child of root.localName === 'schema' ? childrenOf(root) : []) {
      if (child.localName === 'ns') prefixes.set(attribute(child, 'prefix'), attribute(child, 'uri'));
      if (child.localName === 'include') visit(join(dirname(path), attribute(child, 'href')));
      if (child.localName === 'pattern') patterns.push(child);
    }
  };
  visit(file);
  const abstract = new Map(patterns.filter(isAbstract).map((pattern) => [attribute(pattern, 'id'), pattern]));
  const concrete = patterns.filter((pattern) => !isAbstract(pattern)).map((pattern) => filled(pattern, abstract));
  if (concrete.every((pattern) => pattern.rules.length === 0)) throw new Error(`${file} has no rules`);
  return { prefixes, patterns: concrete };
}

function isAbstract(pattern: Element): boolean {
  return attribute(pattern, 'abstract') === 'true';
}

function filled(pattern: Element, abstract: ReadonlyMap<string, Element>): Pattern {
  const parameters = childrenOf(pattern, 'param')
    .map((parameter) => [`$${attribute(parameter, 'name')}`, attribute(parameter, 'value')] as const)
    .toSorted(([a], [b]) => b.length - a.length); // `$BR-11-1` before `$BR-11`
  const fill = (text: string): string => parameters.reduce((so, [name, value]) => so.replaceAll(name, () => value), text);
  const letsOf = (element: Element): Let[] =>
    childrenOf(element, 'let').map((one) => [attribute(one, 'name'), fill(attribute(one, 'value'))]);
  const source = abstract.get(attribute(pattern, 'is-a')) ?? pattern;
  const rules = childrenOf(source, 'rule').map((rule) => ({
    context: fill(attribute(rule, 'context')).trim(),
    lets: letsOf(rule),
    asserts: childrenOf(rule, 'assert').map((assertion) => ({
      id: attribute(assertion, 'id'),
      isFatal: attribute(assertion, 'flag') !== 'warning',
      test: fill(attribute(assertion, 'test')),
      text: (assertion.textContent ?? '').trim(),
    })),
  }));
  return { lets: letsOf(source), rules };
}

type Suspect = { readonly assertion: Assertion; readonly path: string; readonly lets: readonly Let[] };

/**
 * Every fatal rule a document breaks, and how many assertions were tried (none tried is no proof). fontoxpath is fast but counts decimals in
 * binary, where ten cents and twenty are not thirty: what it finds wrong is tried again by SaxonJS, which counts exactly.
 */
export async function validate(
  schema: Schematron,
  xml: string,
): Promise<{ readonly violations: readonly Violation[]; readonly tried: number }> {
  const { suspects, tried } = findSuspects(schema, xml);
  if (suspects.length === 0) return { violations: [], tried };
  const exact = await SaxonJS.getResource({ text: xml, type: 'xml' });
  const namespaceContext = Object.fromEntries(schema.prefixes);
  const evaluate = (expression: string, context: unknown, params: Readonly<Record<string, unknown>>) =>
    SaxonJS.XPath.evaluate(expression, context, { namespaceContext, params });
  const violations = suspects.filter(({ assertion, path, lets }) => {
    const node = evaluate(path, exact, {});
    const variables: Record<string, unknown> = {};
    for (const [name, expression] of lets) variables[name] = evaluate(expression, node, variables);
    return evaluate(`boolean(${assertion.test})`, node, variables) !== true;
  });
  return { violations: violations.map(({ assertion: { id, text } }) => ({ id, text })), tried };
}

function findSuspects({ prefixes, patterns }: Schematron, xml: string): { readonly suspects: readonly Suspect[]; readonly tried: number } {
  const document = parseXmlDocument(xml);
  const options = { namespaceResolver: (prefix: string) => prefixes.get(prefix) ?? null };
  const suspects: Suspect[] = [];
  let tried = 0;
  for (const pattern of patterns) {
    const taken = new Set<unknown>(); // a node answers to the first rule of a pattern that fits it
    for (const rule of pattern.rules) {
      for (const node of nodesOf(rule.context, document, options)) {
        if (taken.has(node)) continue;
        taken.add(node);
        const lets = [...pattern.lets, ...rule.lets];
        const variables: Record<string, unknown> = {};
        for (const [name, expression] of lets) {
          variables[name] = evaluateXPath(expression, node, null, variables, evaluateXPath.ANY_TYPE, options);
        }
        for (const assertion of rule.asserts) {
          tried += 1;
          if (!assertion.isFatal || evaluateXPathToBoolean(assertion.test, node, null, variables, options)) continue;
          suspects.push({ assertion, path: evaluateXPathToString('path(.)', node, null, null, options), lets });
        }
      }
    }
  }
  return { suspects, tried };
}

function nodesOf(context: string, document: Document, options: { namespaceResolver: (prefix: string) => string | null }): unknown[] {
  const path = context
    .split('|')
    .map((part) => (part.trim().startsWith('/') ? part.trim() : `//${part.trim()}`))
    .join('|');
  return evaluateXPathToNodes(path, document, null, null, options);
}
