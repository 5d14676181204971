/** Words with which a phrase says something about what may be done: no name and no copyright line has one of them. */
import { wordSet } from './word-set.ts'

/**
 * Closed on purpose. A name that happens to have one of these words leaves its text unrecognised, which is never a pass;
 * a restriction in words that are all missing here is what must not exist: each needs a verb, a negation or a condition.
 */
export const TELLING_WORDS: ReadonlySet<string> = wordSet(`
  not no non never nor neither without except excluding exception exceptions unless only solely exclusively if
  whether whenever provided however but although must shall should may can cannot could will would might do does
  require requires required requirement prohibited prohibits forbidden forbids restricted restrict restricts restriction
  restrictions limits limitation permit permits permitted permission permissions allow allows allowed grant grants
  granted revoke revoked use uses used using users usage commercial commercially noncommercial sell sells sold sale
  selling redistribute redistributed redistribution redistributions distribute distributed distributing distribution modify
  modified modification modifications copy copies copying copied reproduce reproduction derive derived derivative
  derivatives sublicense transfer transferred assign fee fees paid pay pays payment payments charge charged royalty
  royalties purchase purchased evaluation evaluate trial demo terms term condition conditions subject agree agreement
  agreements consent warranty warranties liable liability indemnify purpose purposes production internally employees
  employee customers customer competing compete competitor military weapons nuclear surveillance evil good ethical harm
  expire expires expired until till terminate terminated termination confidential proprietary secret is are be was were been being
  within outside instead also further furthermore
  personal academic educational education students nonprofit charity government internal business enterprise edition
  withheld withhold withdrawn refuse refused deny denied banned barred companies corporations corporates businesses
  firms hobbyists hobbyist individuals startups competitors professionals amateurs teachers police
  patent patents trademark trademarks preview beta draft sample samples template placeholder todo joke
  kidding void null ignore disregard superseded obsolete deprecated replaced rescinded cancelled canceled previous
  former shareware freeware adware nagware crippleware donateware trialware valid invalid invitation citizens eula tos
  policy privacy classified embargoed export ask buy send donate donation donations cite mention keep hands please
  obtain sign
  dollar dollars euro euros usd eur pricing cost costs seat seats nodes month months monthly yearly annual annually subscription
  subscriptions subscriber subscribers patrons sponsors rent rented lease leased freemium beware lapsed retracted discontinued
  repealed sunset licensee licensees recipient recipients clients disallow disallowed disallows mandatory unwelcome begone outdated
  parody sarcasm fake nothing nobody none zilch resale resell reselling scraping minus plus rider barring sans pseudo
  frontend backend docs
  mining training vertraulich confidentiel confidentielle confidencial riservato acceptable
  dont doesnt isnt arent wont cant couldnt shouldnt mustnt didnt
  license licensed licenses licensing unlicensed under according pursuant
`)
