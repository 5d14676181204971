/** Changes whenever a licence text could be recognised otherwise; written by scripts/license-texts.mjs. */

/** sha256 (the first 16 hex digits) of the index and of the modules that read texts. */
export const TEXT_FINGERPRINT = '6203727545ad7774'
