import { expect, test } from 'vitest'
import { textWords } from '#license/text/text-words'
import { SAME_PAIR, SAME_WORD } from '#license/text/word-variants'

function words(text: string): string | undefined {
  return textWords(text)?.words.join(' ')
}

test('every other spelling counts as the one that stands for it', () => {
  expect(
    words(`acknowledgement analogue analyse artefact authorisation authorised calibre cancelled capitalisations
      catalogue categorise centre emphasised favour favourite fulfil fulfilment initialise judgement labelling labour
      licence licenced maximise modelled modelling offence optimise organisation organise practise programme realise
      recognise signalling utilisation whilst wilful willfull`),
  ).toBe(
    'acknowledgment analog analyze artifact authorization authorized caliber canceled capitalizations catalog categorize center emphasized favor favorite fulfill fulfillment initialize judgment labeling labor license licensed maximize modeled modeling offense optimize organization organize practice program realize recognize signaling utilization while willful willful',
  )
  expect(SAME_WORD.size).toBe(39)
})

test('every pair counts as what stands for it', () => {
  expect(
    words(`non-infringement non-commercial non-exclusive sub-license sub-licensed sub-licensee sub-licensing per cent
      e-mail copyright owner, copyright owners, business machines`),
  ).toBe(
    'noninfringement noncommercial nonexclusive sublicense sublicensed sublicensee sublicensing percent email copyright holder copyright holders businessmachines',
  )
  expect(SAME_PAIR.size).toBe(12)
})
