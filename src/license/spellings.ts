/**
 * The closed table of spellings that mean exactly one SPDX id. A spelling is in it only if nothing else could be meant;
 * it is compared letter by letter, so what is not written here stays unknown.
 */

/**
 * Why a spelling is certain:
 * - `title`: the name that the licence's text, its steward or the SPDX list gives it, version included;
 * - `separators`: the SPDX id with other separators, a `v`, or a shortened version of which only one exists;
 * - `case`: the SPDX id in other letters;
 * - `custom`: an old name whose meaning SPDX or OSI records.
 */
export type SpellingProof = 'title' | 'separators' | 'case' | 'custom'

/** Spellings of one id that are certain for the same reason. */
export interface SpellingGroup {
  id: string
  proof: SpellingProof
  spellings: readonly string[]
}

/** All certain spellings. None of them is a valid SPDX expression by itself. */
export const SPELLING_GROUPS: readonly SpellingGroup[] = [
  // The text's own title. `X11` alone is another id of the list and not here.
  {
    id: 'MIT',
    proof: 'title',
    spellings: [
      'MIT License',
      'The MIT License',
      'MIT license',
      'The MIT License (MIT)',
      'MIT License (MIT)',
    ],
  },
  { id: 'MIT', proof: 'case', spellings: ['mit', 'Mit'] },
  // X Consortium's distribution of the Expat text: the name under which Expat's wording was known before SPDX.
  { id: 'MIT', proof: 'custom', spellings: ['MIT/X11', 'MIT/Expat', 'Expat'] },
  {
    id: 'ISC',
    proof: 'title',
    spellings: ['ISC License', 'The ISC License', 'ISC license', 'ISC License (ISC)'],
  },
  { id: 'ISC', proof: 'case', spellings: ['isc', 'Isc'] },
  // Version 2.0 has one text; 1.0 and 1.1 are other licences, so a bare "Apache" is not here.
  {
    id: 'Apache-2.0',
    proof: 'title',
    spellings: [
      'Apache License 2.0',
      'Apache License, Version 2.0',
      'Apache License Version 2.0',
      'Apache License, version 2.0',
      'Apache License v2.0',
      'The Apache License, Version 2.0',
      'The Apache Software License, Version 2.0',
      'Apache Software License 2.0',
      'Apache 2.0 License',
    ],
  },
  {
    id: 'Apache-2.0',
    proof: 'separators',
    spellings: [
      'Apache 2.0',
      'Apache 2',
      'Apache2',
      'Apache2.0',
      'Apache-2',
      'Apache v2',
      'Apache v2.0',
      'Apache-v2.0',
      'APACHE-2',
      'APACHE 2.0',
    ],
  },
  { id: 'Apache-2.0', proof: 'case', spellings: ['apache-2.0', 'APACHE-2.0'] },
  // The number of clauses names the text. "New" and "Revised" are in SPDX's own name of the three-clause text,
  // "Simplified" in that of the two-clause one.
  {
    id: 'BSD-3-Clause',
    proof: 'separators',
    spellings: [
      'BSD-3',
      'BSD 3-Clause',
      'BSD 3 Clause',
      '3-Clause BSD',
      'BSD3',
      'BSD-3-clause License',
      'BSD-3-Clause License',
    ],
  },
  {
    id: 'BSD-3-Clause',
    proof: 'title',
    spellings: [
      'BSD 3-Clause License',
      'The BSD 3-Clause License',
      '3-Clause BSD License',
      'New BSD License',
      'New BSD',
      'Revised BSD License',
    ],
  },
  { id: 'BSD-3-Clause', proof: 'case', spellings: ['bsd-3-clause', 'BSD-3-clause', 'BSD-3-CLAUSE'] },
  {
    id: 'BSD-2-Clause',
    proof: 'separators',
    spellings: [
      'BSD-2',
      'BSD 2-Clause',
      'BSD 2 Clause',
      '2-Clause BSD',
      'BSD2',
      'BSD-2-clause License',
      'BSD-2-Clause License',
    ],
  },
  {
    id: 'BSD-2-Clause',
    proof: 'title',
    spellings: [
      'BSD 2-Clause License',
      'The BSD 2-Clause License',
      '2-Clause BSD License',
      'Simplified BSD License',
      'Simplified BSD',
    ],
  },
  { id: 'BSD-2-Clause', proof: 'case', spellings: ['bsd-2-clause', 'BSD-2-clause', 'BSD-2-CLAUSE'] },
  { id: '0BSD', proof: 'title', spellings: ['BSD Zero Clause License'] },
  // "UNLICENSE" is one letter away from UNLICENSED, its opposite, and therefore not here.
  { id: 'Unlicense', proof: 'title', spellings: ['The Unlicense', 'The Unlicense (Unlicense)'] },
  { id: 'CC0-1.0', proof: 'separators', spellings: ['CC0', 'CC0 1.0', 'CC-0', 'CC0-1'] },
  {
    id: 'CC0-1.0',
    proof: 'title',
    spellings: ['CC0 1.0 Universal', 'Creative Commons Zero v1.0 Universal'],
  },
  { id: 'CC0-1.0', proof: 'case', spellings: ['cc0-1.0'] },
  { id: 'CC-BY-4.0', proof: 'separators', spellings: ['CC BY 4.0', 'CC-BY 4.0'] },
  { id: 'CC-BY-4.0', proof: 'title', spellings: ['Creative Commons Attribution 4.0 International'] },
  { id: 'CC-BY-3.0', proof: 'separators', spellings: ['CC BY 3.0', 'CC-BY 3.0'] },
  // SPDX's id is that of version 2; version 1 permits the same in other words and is never named with "v2".
  {
    id: 'WTFPL',
    proof: 'separators',
    spellings: ['WTFPL v2', 'WTFPL-2.0', 'WTFPL 2.0', 'WTFPLv2', 'WTFPL2'],
  },
  { id: 'WTFPL', proof: 'case', spellings: ['wtfpl'] },
  // Exhibit B changes what may be combined, not the name: SPDX's own id for it ends with no-copyleft-exception.
  {
    id: 'MPL-2.0',
    proof: 'title',
    spellings: [
      'Mozilla Public License 2.0',
      'Mozilla Public License, Version 2.0',
      'Mozilla Public License Version 2.0',
      'Mozilla Public License, version 2.0',
      'Mozilla Public License, v. 2.0',
    ],
  },
  { id: 'MPL-2.0', proof: 'separators', spellings: ['MPL 2.0', 'MPL2.0', 'MPLv2', 'MPLv2.0', 'MPL v2.0'] },
  { id: 'MPL-2.0', proof: 'case', spellings: ['mpl-2.0'] },
  { id: 'EPL-1.0', proof: 'separators', spellings: ['EPL 1.0', 'EPLv1.0'] },
  {
    id: 'EPL-1.0',
    proof: 'title',
    spellings: ['Eclipse Public License 1.0', 'Eclipse Public License - v 1.0'],
  },
  { id: 'EPL-2.0', proof: 'separators', spellings: ['EPL 2.0', 'EPLv2.0'] },
  {
    id: 'EPL-2.0',
    proof: 'title',
    spellings: ['Eclipse Public License 2.0', 'Eclipse Public License - v 2.0'],
  },
  {
    id: 'BSL-1.0',
    proof: 'title',
    spellings: ['Boost Software License 1.0', 'Boost Software License - Version 1.0'],
  },
  { id: 'BlueOak-1.0.0', proof: 'title', spellings: ['Blue Oak Model License 1.0.0'] },
  { id: 'Artistic-2.0', proof: 'title', spellings: ['Artistic License 2.0', 'The Artistic License 2.0'] },
  { id: 'Artistic-2.0', proof: 'separators', spellings: ['Artistic 2.0'] },
  { id: 'AFL-2.1', proof: 'separators', spellings: ['AFLv2.1', 'AFL 2.1'] },
  { id: 'OFL-1.1', proof: 'separators', spellings: ['OFL 1.1', 'SIL OFL 1.1'] },
  { id: 'OFL-1.1', proof: 'title', spellings: ['SIL Open Font License 1.1'] },
  { id: 'Zlib', proof: 'case', spellings: ['zlib', 'ZLIB'] },
  { id: 'Zlib', proof: 'title', spellings: ['zlib License'] },
  // GNU licences only where the spelling itself says "only" or "or later".
  { id: 'GPL-2.0-or-later', proof: 'separators', spellings: ['GPLv2+', 'GPL-2+'] },
  { id: 'GPL-3.0-or-later', proof: 'separators', spellings: ['GPLv3+', 'GPL-3+'] },
  { id: 'LGPL-2.1-or-later', proof: 'separators', spellings: ['LGPLv2.1+'] },
  { id: 'LGPL-3.0-or-later', proof: 'separators', spellings: ['LGPLv3+', 'LGPL-3+'] },
  { id: 'AGPL-3.0-or-later', proof: 'separators', spellings: ['AGPLv3+', 'AGPL-3+'] },
]

/** From a certain spelling to its id. */
export const SPELLINGS: ReadonlyMap<string, string> = new Map(
  SPELLING_GROUPS.flatMap(({ id, spellings }) => spellings.map((spelling) => [spelling, id])),
)
