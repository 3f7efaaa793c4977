import { useQuery } from '@tanstack/react-query'
import { Link, useLocation, useParams, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { languageTag, useLanguage } from '../../lib/language.ts'
import { LanguageSwitch } from '../../shell/top-bar.tsx'
import { LoadingRows } from '../../ui/messages.tsx'
import { HelpBlocks } from './help-blocks.tsx'
import { isPage, linkOf, readManual } from './manual.ts'
import { type Block, blocksOf, placeOf, plainOf, type Words } from './markdown.ts'
import './help.css'

type Heading = Extract<Block, { sort: 'heading' }>

function useManual(name: string) {
  const language = useLanguage()
  return useQuery({
    queryKey: ['manual', language, name],
    queryFn: () => readManual(name, language),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

// Below the title each page links back to the contents, which stand beside it here.
function withoutLinksBack(blocks: readonly Block[]): Block[] {
  const links = (words: readonly Words[]) =>
    words.every((one) => one.sort === 'link' || (one.sort === 'plain' && /^[\s·]*$/.test(one.text)))
  return blocks.filter((block, at) => !(at === 1 && block.sort === 'text' && links(block.words)))
}

/** The pages to which the first one leads, each once, as it calls them. */
function contentsOf(blocks: readonly Block[], path: string): { name: string; title: string }[] {
  const lines = withoutLinksBack(blocks).flatMap((block) => {
    if (block.sort === 'table') return block.rows.flat()
    if (block.sort === 'list') return block.items
    return block.sort === 'text' ? [block.words] : []
  })
  const named = new Map<string, string>()
  for (const word of lines.flat()) {
    if (word.sort !== 'link') continue
    const { name } = linkOf(path, word.to)
    if (name !== '' && isPage(name) && !named.has(name)) named.set(name, word.text)
  }
  return [...named].map(([name, title]) => ({ name, title }))
}

function Contents({ name, sections }: { name: string; sections: readonly Heading[] }) {
  const { t } = useTranslation('help')
  const { data: first } = useManual('')
  const pages = first ? contentsOf(blocksOf(first.text), first.path) : []
  return (
    <nav className="help-contents" aria-label={t('contents')}>
      <ul>
        {[{ name: '', title: t('contents') }, ...pages].map((page) => (
          <li key={page.name}>
            <Link
              to="/help/$"
              params={{ _splat: page.name }}
              search={{}}
              activeOptions={{ exact: true }}
              data-here={page.name === name || undefined}
            >
              {page.title}
            </Link>
            {page.name === name && sections.length > 0 && (
              <ul>
                {sections.map(({ id, words }) => (
                  <li key={id}>
                    <Link
                      to="/help/$"
                      params={{ _splat: name }}
                      search={{}}
                      hash={id}
                      activeOptions={{ exact: true, includeHash: true }}
                    >
                      {plainOf(words.filter(({ sort }) => sort !== 'code'))}
                    </Link>
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** A page of the users' manual, beside its contents; open to everybody, with no session and no connection outside. */
export function HelpPage() {
  const { t } = useTranslation('help')
  const { t: frame } = useTranslation('shell')
  const { _splat: name = '' } = useParams({ strict: false }) as { _splat?: string }
  const { at } = useSearch({ strict: false }) as { at?: string }
  const hash = useLocation({ select: (location) => location.hash })
  const language = useLanguage()
  const { data: page, isPending } = useManual(name)
  const blocks = page ? withoutLinksBack(blocksOf(page.text)) : []
  const headings = blocks.filter((block) => block.sort === 'heading')
  const title = headings[0] ? plainOf(headings[0].words) : t('title')
  const wanted = hash || headings.find(({ place }) => at !== undefined && place === placeOf(at))?.id
  useEffect(() => {
    document.title = frame('title', { page: title })
  }, [frame, title])
  useEffect(() => {
    const there = wanted === undefined || !page ? null : document.getElementById(decodeURIComponent(wanted))
    there?.scrollIntoView()
    there?.focus({ preventScroll: true })
  }, [wanted, page])
  return (
    <div className="help">
      <a className="skip" href="#main">
        {frame('skip')}
      </a>
      <header className="help-bar">
        <Link to="/today" className="bar-home">
          <span className="bar-seal" aria-hidden="true" lang="zh-CN">
            {frame('seal')}
          </span>
          <span className="bar-product">{frame('product')}</span>
        </Link>
        <span>{t('title')}</span>
        <span className="bar-space" />
        <LanguageSwitch />
      </header>
      <Contents name={name} sections={headings.filter(({ level }) => level === 2)} />
      <main id="main" className="help-main" tabIndex={-1} lang={page ? languageTag[page.language] : undefined}>
        {isPending && <LoadingRows />}
        {page === null && (
          <>
            <h1>{t('none')}</h1>
            <p>{t('noneWhy')}</p>
          </>
        )}
        {page && page.language !== language && <p className="note">{t('onlyChinese')}</p>}
        {page && <HelpBlocks blocks={blocks} path={page.path} />}
      </main>
    </div>
  )
}
