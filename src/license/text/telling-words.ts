/** Words with which a phrase says something about what may be done: no name and no copyright line has one of them. */

/**
 * Closed on purpose. A name that happens to have one of these words leaves its text unrecognised, which is never a pass;
 * a restriction in words that are all missing here is what must not exist.
 */
export const TELLING_WORDS: ReadonlySet<string> = new Set(
  `not no non never nor neither without except excluding exception exceptions unless until only solely exclusively if when
  where whether whenever provided however but although must shall should may can cannot could will would might do does
  require requires required requirement prohibited prohibits forbidden forbids restricted restrict restricts restriction
  restrictions limited limits limitation permit permits permitted permission permissions allow allows allowed grant grants
  granted revoke revoked use uses used using user users usage commercial commercially noncommercial sell sells sold sale
  selling redistribute redistributed redistribution redistributions distribute distributed distributing distribution modify
  modified modification modifications copy copies copying copied reproduce reproduction derive derived derivative
  derivatives sublicense transfer transferred assign fee fees paid pay pays payment payments charge charged royalty
  royalties purchase purchased evaluation evaluate trial demo terms term condition conditions subject agree agreement
  agreements consent warranty warranties liable liability indemnify purpose purposes production internally employees
  employee customers customer competing compete competitor military weapons nuclear surveillance evil good ethical harm
  expire expires expired terminate terminated termination confidential proprietary secret is are be was were been being
  this that these those you your we our us they them which who whom whose it itself any every each all both between
  within outside instead also additional additionally further furthermore addition additions
  license licensed licenses licensing unlicensed under according pursuant`
    .split(/\s+/)
    .filter((word) => word !== '' && word !== 'all' && word !== 'us'),
)
