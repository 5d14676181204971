/** Text from outside in XML: every character is one that XML may hold, and none of them is markup. */
import { display } from './display.ts'

/** What `display` leaves and XML 1.0 forbids or discourages. */
const NONCHARACTERS = /\p{Noncharacter_Code_Point}/gu

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Text on one line, for content and for attributes. */
export function xmlText(text: string, maxLength?: number): string {
  return display(text, maxLength)
    .replaceAll(NONCHARACTERS, '\ufffd')
    .replaceAll(/[&<>"']/g, (mark) => ENTITIES[mark] ?? mark)
}

/** An opening tag's attributes, each with a blank before it; those without a value are left out. */
export function xmlAttributes(attributes: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(attributes)
    .flatMap(([name, value]) => (value === undefined ? [] : [` ${name}="${xmlText(String(value))}"`]))
    .join('')
}
