/** What reports call a family of licences that somebody names without saying which of them. */

const TITLES: ReadonlyMap<string, string> = new Map([
  ['academic', 'some Academic Free License'],
  ['affero', 'some AGPL licence'],
  ['agplv3', 'some AGPL-3.0 licence'],
  ['apache', 'some Apache licence'],
  ['artistic', 'some Artistic License'],
  ['creativecommons', 'some Creative Commons licence'],
  ['domain', 'a dedication to the public domain'],
  ['elastic', 'some Elastic licence'],
  ['eula', 'some end user licence agreement'],
  ['gplv2', 'some GPL-2.0 licence'],
  ['gplv3', 'some GPL-3.0 licence'],
  ['lesser', 'some LGPL licence'],
  ['lgplv2', 'some LGPL-2 licence'],
  ['lgplv3', 'some LGPL-3.0 licence'],
  ['mozilla', 'some Mozilla licence'],
  ['polyform', 'some PolyForm licence'],
])

/** `some GPL licence`; the page of one licence, given as its id in small letters, is called by that id. */
export function familyTitle(family: string): string {
  const title = TITLES.get(family)
  if (title !== undefined) return title
  const name = family.toUpperCase()
  return family.includes('-') ? name : `some ${name} licence`
}
