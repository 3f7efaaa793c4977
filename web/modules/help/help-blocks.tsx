import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import { isPage, linkOf, pictureOf } from './manual.ts'
import type { Block, Words } from './markdown.ts'

function Word({ word, path }: { word: Words; path: string }) {
  switch (word.sort) {
    case 'plain':
      return word.text
    case 'code':
      return <code>{word.text}</code>
    case 'strong':
      return <strong>{word.text}</strong>
    case 'button':
      return <em>{word.text}</em>
    case 'picture': {
      const src = pictureOf(path, word.to)
      return src ? <img src={src} alt={word.text} loading="lazy" width={1366} height={768} /> : null
    }
    case 'link': {
      const { name, hash } = linkOf(path, word.to)
      if (!isPage(name)) return word.text
      return (
        <Link to="/help/$" params={{ _splat: name }} search={{}} hash={hash}>
          {word.text}
        </Link>
      )
    }
  }
}

function Line({ words, path }: { words: readonly Words[]; path: string }) {
  return words.map((word, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the words of a page never change their order.
    <Fragment key={at}>
      <Word word={word} path={path} />
    </Fragment>
  ))
}

function Heading({ block, path }: { block: Extract<Block, { sort: 'heading' }>; path: string }) {
  const Tag = (['h1', 'h2', 'h3'] as const)[Math.min(block.level, 3) - 1] ?? 'h3'
  return (
    <Tag id={block.id} tabIndex={-1}>
      <Line words={block.words} path={path} />
    </Tag>
  )
}

function Table({ block, path }: { block: Extract<Block, { sort: 'table' }>; path: string }) {
  return (
    <table className="help-table">
      <thead>
        <tr>
          {block.head.map((cell, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns never change their order.
            <th key={at} scope="col">
              <Line words={cell} path={path} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {block.rows.map((row, no) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows never change their order.
          <tr key={no}>
            {row.map((cell, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns never change their order.
              <td key={at}>
                <Line words={cell} path={path} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Piece({ block, path }: { block: Block; path: string }) {
  switch (block.sort) {
    case 'heading':
      return <Heading block={block} path={path} />
    case 'text':
      return (
        <p className={block.words[0]?.sort === 'picture' ? 'help-picture' : undefined}>
          <Line words={block.words} path={path} />
        </p>
      )
    case 'code':
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a long line is scrolled with the keys.
      return <pre tabIndex={0}>{block.text}</pre>
    case 'table':
      return <Table block={block} path={path} />
    case 'list': {
      const Tag = block.ordered ? 'ol' : 'ul'
      return (
        <Tag>
          {block.items.map((words, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: items never change their order.
            <li key={at}>
              <Line words={words} path={path} />
            </li>
          ))}
        </Tag>
      )
    }
  }
}

/** The pieces of a page of the manual, below one another. */
export function HelpBlocks({ blocks, path }: { blocks: readonly Block[]; path: string }) {
  return blocks.map((block, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a page never change their order.
    <Piece key={at} block={block} path={path} />
  ))
}
