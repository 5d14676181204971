/** Sentences known word for word that stand beside licences: what each of them says, if it says anything about a licence. */

import { mayBeNames } from './names.ts'
import type { TextWords } from './text-words.ts'
import { findWords, joinWords, wordPattern } from './word-search.ts'
import type { WordPattern } from './word-search.ts'

/** A sentence in the words of {@link textWords}; its groups hold names. */
export interface KnownSentence extends WordPattern {
  /** The licences it speaks of. */
  mentions: readonly string[]
  /** The families of licences it names without saying which of them. */
  families: readonly string[]
  /** It leaves the choice between the licences of these families. */
  choice?: readonly string[]
  /** Whether it says that a licence holds for a part of the files, or what holds for others. */
  speaksOf?: 'part' | 'others'
  /** It may also stand in the middle of a licence. */
  inside: boolean
}

const THING = '(?:file|program|library|software|code|project|package|module|work|product)'
const SOME = '(?<name>(?:[^ ]+ ){1,12}?)'
const GNU_REST =
  ' as published by the free software foundation (?:either )?version VERSION(?: of the license)?(?: or at your option any later version)?'

function sentence(
  words: string,
  mentions: readonly string[] = [],
  families: readonly string[] = [],
): KnownSentence {
  return { ...wordPattern(words), mentions, families, inside: false }
}

/** It holds for a part of the files. */
function ofPart(words: string): KnownSentence {
  return { ...sentence(words), speaksOf: 'part' }
}

/** It says of other files what holds for them, and restricts nothing here. */
function ofOthers(words: string): KnownSentence {
  return { ...sentence(words), speaksOf: 'others' }
}

/** Statements of files that carry no licence text: they point to one. */
const HEADERS: readonly KnownSentence[] = [
  sentence(
    `licensed under the apache license version 2(?: 0)? the license you may not use this ${THING} except in compliance with the license you may obtain a copy of the license at unless required by applicable law or agreed to in writing software distributed under the license is distributed on an as is basis without warranties or conditions of any kind either express or implied see the license for the specific language governing permissions and limitations under the license`,
    ['Apache-2.0'],
  ),
  ...gnuHeaders('gnu general public license', 'GPL', ['2', '3']),
  ...gnuHeaders('gnu lesser general public license', 'LGPL', ['2 1', '3']),
  ...gnuHeaders('gnu affero general public license', 'AGPL', ['3']),
  ...gnuRemarks('', 'gpl'),
  ...gnuRemarks('lesser ', 'lgpl'),
  ...gnuRemarks('affero ', 'agpl'),
  sentence(
    'this source code form is subject to the terms of the mozilla public license (?:v )?2 0 if a copy of the mpl was not distributed with this file you can obtain one at',
    ['MPL-2.0'],
  ),
]

/** The history that Python's licence file begins with; the table of its releases grows. */
const PYTHON_HISTORY: readonly KnownSentence[] = [
  'history of the software',
  'python was created in the early 1990s by guido van rossum at stichting mathematisch centrum cwi see in the netherlands as a successor of a language called abc',
  'guido remains pythons principal author although it includes many contributions from others',
  'in 1995 guido continued his work on python at the corporation for national research initiatives cnri see in reston virginia where he released several versions of the software',
  'in may 2000 guido and the python core development team moved to beopen com to form the beopen pythonlabs team',
  'in october of the same year the pythonlabs team moved to digital creations (?:now|which became) zope corporation(?: see)?',
  'in 2001 the python software foundation psf see was formed a non profit organization created specifically to own python related intellectual property',
  'zope corporation (?:is|was) a sponsoring member of the psf',
  'all python releases are open source see for the open source definition',
  'historically most but not all python releases have also been gpl compatible the table below summarizes the various releases',
  'release derived year owner gpl from compatible',
  '(?:\\d+ ){2,8}(?:thru |and above )?(?:(?:\\d+|cwi|cnri|beopen com|psf|yes|no|n a|now|thru|and above) ){0,160}(?:\\d+|cwi|cnri|beopen com|psf|yes|no|n a)',
  'footnotes',
  'gpl compatible doesnt mean that were distributing python under the gpl',
  'all python licenses unlike the gpl let you distribute a modified version without making your changes open source',
  'the gpl compatible licenses make it possible to combine python with other software that is released under the gpl the others dont',
  'according to richard stallman 1 6 1 is not gpl compatible because its license has a choice of law clause',
  'according to cnri however stallmans lawyer has told cnris lawyer that 1 6 1 is not incompatible with the gpl',
  'thanks to the many outside volunteers who have worked under guidos direction to make these releases possible',
  'terms and conditions for accessing or otherwise using python',
].map((words) => sentence(words))

/** Sentences that say something about who made what, or about other people's parts, and nothing about this licence. */
const REMARKS: readonly KnownSentence[] = [
  sentence('this software consists of voluntary contributions made by many individuals'),
  sentence('for exact contribution history see the revision history(?: and logs)? available at'),
  ofPart('(?:the following|this) license applies to all parts of this software except as documented below'),
  ofOthers(
    'copyright and related rights for sample code are waived via cc0 sample code is defined as all source code displayed within the prose of the documentation',
  ),
  sentence('prose of the documentation cc0'),
  ofOthers(
    '(?:all )?files located in the node modules and (?:vendor|external) directories are externally maintained libraries used by this software which have their own licenses we recommend you read them as their terms may differ from the terms above',
  ),
  sentence(
    'the licenses of externally maintained libraries from which parts of the software is derived are listed here',
  ),
  sentence('end of terms and conditions'),
  { ...sentence('including the next paragraph'), inside: true },
  ofPart(`this license applies to ${SOME}versions (?:\\d+ ){1,6}and later`),
  sentence(
    '(?:members|contributors|authors|collaborators|people) (?:are )?listed (?:at|in|here|below)(?: and in the readme file)?',
  ),
  sentence('this product includes software developed (?:at|by)'),
  sentence(
    `this library is a fork of ${SOME}extended and distributed under the terms of the mit license above`,
    ['MIT'],
  ),
  sentence('this software is covered under the following copyright'),
  sentence('which is licensed(?: under)?(?: the mit license)?'),
  sentence('(?:for more information )?please see'),
  sentence('(?:the )?complete list of contributors can be found at'),
  sentence('contribution license agreement'),
  sentence('address all questions regarding this license to'),
  {
    ...sentence(
      'as a recipient of dojo you may choose which license to receive this code under except as noted in per module license files',
    ),
    choice: ['afl', 'bsd'],
  },
  ofPart('portions are under the following license'),
  sentence('some modules may not be the copyright of the dojo foundation'),
  sentence(
    'these modules contain explicit declarations of copyright in both the license files in the directories in which they reside and in the code itself',
  ),
  sentence(
    'no external contributions are allowed under licenses which are fundamentally incompatible with the afl (?:2 1 )?or (?:and )?bsd (?:3 clause )?licenses that dojo is distributed under',
  ),
  sentence('the text of the afl (?:2 1 )?and bsd (?:3 clause )?licenses is reproduced below'),
  sentence(`this ${THING} is part of`),
  sentence('if you elect to accept the software under the apache license version 2 0 the following applies'),
  ...PYTHON_HISTORY,
  ofPart(`this license applies to parts of ${SOME}originating from the`),
  sentence('is licensed for use as follows'),
  sentence('facebook inc only src helpers regenerator files'),
  ofPart(
    'all packages under src are licensed according to the terms in their respective license or license md files',
  ),
  ofOthers('the remainder of this project is licensed under the blue oak model license as follows'),
  sentence('this file is automatically added by npmcli template oss do not edit'),
  sentence(
    'if you contribute code to this project you are implicitly allowing your code to be distributed under the mit license you are also implicitly verifying that all code is your original work(?: legalese)?',
  ),
  sentence(
    `(?:glob logo globs )?logo (?:was )?(?:created|designed|made) by ${SOME}licensed under a creative commons attribution sharealike 4 0 international license`,
  ),
  sentence(
    'this library bundles a version of the fs realpath and fs realpathsync methods from node js v0 10 under the terms of the node js mit license',
  ),
  sentence(
    'node s license follows also included at the header of old js which contains the licensed code|nodes license follows also included at the header of old js which contains the licensed code',
  ),
  sentence('(?:the )?original (?:source |code )?can be found at'),
  {
    ...sentence(
      'the text of the creative commons public licenses is dedicated to the public domain under the cc0 public domain dedication',
    ),
    inside: true,
  },
  sentence(
    'see (?:the )?(?:license|copying)(?: md| txt)?(?: file)?(?: in the root of this repository)?(?: for (?:more )?(?:details|info|information))?',
  ),
]

const KNOWN_SENTENCES: readonly KnownSentence[] = [...HEADERS, ...REMARKS]

/** The known sentence that each word belongs to, if it does; addresses are passed over. */
export function knownSentences(text: TextWords): (KnownSentence | undefined)[] {
  const by: (KnownSentence | undefined)[] = []
  const places: number[] = []
  text.words.forEach((_, at) => {
    if (text.addresses[at] !== true) places.push(at)
  })
  const words = places.map((at) => text.words[at] ?? '')
  const named = places.map((at) => text.named[at] === true)
  const joined = joinWords(words)
  for (const sentence of KNOWN_SENTENCES) {
    for (const { words: range, groups } of findWords(joined, sentence)) {
      if (
        !groups.every(([from, to]) =>
          mayBeNames({ words: words.slice(from, to), named: named.slice(from, to) }),
        )
      )
        continue
      for (const at of places.slice(...range)) by[at] ??= sentence
    }
  }
  return by
}

/** What stands below such a header; it names the family, and no version. */
function gnuRemarks(kind: string, family: string): KnownSentence[] {
  return [
    `is distributed in the hope that it will be useful but without any warranty without even the implied warranty of merchantability or fitness for a particular purpose see the gnu ${kind}general public license for more details`,
    `you should have received a copy of the gnu ${kind}general public license along with (?:this ${THING} |${SOME})if not (?:see|write to the free software foundation inc address of the foundation)`,
  ].map((words) => sentence(words, [], [family]))
}

/** With and without "any later version": the longer sentence stands first and wins. */
function gnuHeaders(title: string, family: string, versions: readonly string[]): KnownSentence[] {
  const start = `is free software you can redistribute it and or modify it under the terms of the ${title}`
  return versions.flatMap((version) => {
    const rest = GNU_REST.replace('VERSION', version)
    const id = `${family}-${version.includes(' ') ? version.replace(' ', '.') : `${version}.0`}`
    const later = rest.replace(
      '(?: or at your option any later version)?',
      ' or at your option any later version',
    )
    const only = rest.replace(
      '(?: or at your option any later version)?',
      '(?!(?: of the license)? or at your option)',
    )
    return [sentence(start + later, [`${id}-or-later`]), sentence(start + only, [`${id}-only`])]
  })
}
