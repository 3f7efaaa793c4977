/** What the build puts in place of `import.meta.env`, and of a call of `import.meta.glob`: loaders by path, or what they load. */
interface ImportMeta {
  /** `PROD` holds in what is built and not while developing. */
  readonly env: { readonly PROD: boolean }
  glob<T>(pattern: string, options: { query: string; import: string; eager: true }): Record<string, T>
  glob<T>(pattern: string, options: { query: string; import: string }): Record<string, () => Promise<T>>
}
