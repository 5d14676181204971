/** Tools that build and run: data, and nothing but data. */
import type { Tool } from './tool.ts'

/** Bundlers, styles, frameworks, monorepos. */
export const BUILDING_TOOLS: readonly Tool[] = [
  {
    packages: ['webpack', 'webpack-cli', 'webpack-dev-server', '@rspack/cli', '@rspack/core'],
    files: ['webpack.config.*', 'webpack.*.*', 'rspack.config.*', 'webpackfile.*'],
    names: ['{}-loader', '@babel/preset-{}', '@babel/plugin-{}'],
  },
  { packages: ['rollup'], files: ['rollup.config.*', 'rollup.*.config.*'], only: true },
  { packages: ['rolldown'], files: ['rolldown.config.*'], only: true },
  { packages: ['parcel', '@parcel/core'], files: ['.parcelrc'] },
  { packages: ['tsup'], files: ['tsup.config.*'], fields: ['tsup'], only: true },
  { packages: ['tsdown'], files: ['tsdown.config.*'], only: true },
  { packages: ['unbuild'], files: ['build.config.*'], only: true },
  { packages: ['microbundle'], fields: ['microbundle'] },
  { packages: ['@microsoft/api-extractor'], files: ['api-extractor.json'] },
  {
    packages: ['postcss', 'postcss-cli', 'postcss-loader'],
    files: ['.postcssrc*', 'postcss.config.*'],
    fields: ['postcss'],
    names: ['postcss-{}'],
  },
  { packages: ['tailwindcss'], files: ['tailwind.config.*', 'tailwind.*.config.*'] },
  {
    packages: ['stylelint'],
    files: ['.stylelintrc*', 'stylelint.config.*'],
    fields: ['stylelint'],
    names: ['stylelint-{}', 'stylelint-config-{}', '{scope}/stylelint-config', '{scope}/stylelint-plugin'],
  },
  {
    packages: ['browserslist'],
    files: ['.browserslistrc'],
    fields: ['browserslist'],
    names: ['browserslist-config-{}'],
  },
  {
    packages: ['storybook', '@storybook/cli'],
    folders: ['.storybook'],
    names: ['@storybook/{}', '@storybook/addon-{}'],
  },
  {
    packages: ['nx'],
    files: ['nx.json', 'project.json', 'workspace.json'],
    fields: ['nx'],
    names: ['@nx/{}', '@nrwl/{}'],
    commands: true,
  },
  { packages: ['turbo'], files: ['turbo.json', 'turbo.jsonc'] },
  { packages: ['lerna'], files: ['lerna.json'], names: ['conventional-changelog-{}'] },
  { packages: ['wireit'], fields: ['wireit'], commands: true, only: true },
  {
    packages: ['@angular/cli', '@angular-devkit/build-angular', '@angular/build'],
    files: ['angular.json', '.angular-cli.json'],
  },
  { packages: ['ng-packagr'], files: ['ng-package.json'] },
  { packages: ['@nestjs/cli'], files: ['nest-cli.json'] },
  { packages: ['next'], files: ['next.config.*'], only: true },
  { packages: ['nuxt', 'nuxi'], files: ['nuxt.config.*'], names: ['@nuxtjs/{}', '@nuxt/{}'] },
  { packages: ['astro'], files: ['astro.config.*'], only: true },
  { packages: ['gatsby'], files: ['gatsby-config.*', 'gatsby-node.*'], names: ['gatsby-plugin-{}'] },
  {
    packages: ['@docusaurus/core'],
    files: ['docusaurus.config.*'],
    names: ['@docusaurus/{}', '@docusaurus/plugin-{}', '@docusaurus/preset-{}', '@docusaurus/theme-{}'],
  },
  { packages: ['expo'], files: ['app.json', 'app.config.*'], fields: ['expo'] },
  {
    packages: ['electron-builder', 'electron'],
    files: ['electron-builder.*'],
    fields: ['build'],
    only: true,
  },
  { packages: ['@electron-forge/cli'], files: ['forge.config.*'], fields: ['config.forge'] },
  { packages: ['metro', 'react-native'], files: ['metro.config.*', 'react-native.config.*'] },
]
