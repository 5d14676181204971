import { expect, test } from 'vitest'
import { imports } from 'depgate/vitest'

const features = ['basket', 'search']

test.each(features)('the feature %s knows no other feature', async (feature) => {
  const others = features.filter((other) => other !== feature)
  await expect(imports().from(`src/features/${feature}/**`)).toNotImport(
    others.map((other) => `src/features/${other}/**`)
  )
})
