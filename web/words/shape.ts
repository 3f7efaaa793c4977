/**
 * The keys of one namespace with any words. English may add the singular (`_one`) of a plural form that Chinese
 * writes once (`_other`).
 */
export type Shape<T> = { [K in keyof T]: T[K] extends string ? string : Shape<T[K]> } & {
  [K in keyof T as K extends `${infer Stem}_other` ? `${Stem}_one` : never]?: string
}
