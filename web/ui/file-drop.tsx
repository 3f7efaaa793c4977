import { UploadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type ReactNode, useRef } from 'react'
import './file-drop.css'

/** A place for a file: dropped there, or chosen by its button; what stands beside the button is given. */
export function FileDrop({
  hint,
  verb,
  accept,
  busy = false,
  onChoose,
  children,
}: {
  hint: string
  verb: string
  accept: string
  busy?: boolean
  onChoose: (file: File) => void
  children?: ReactNode
}) {
  const input = useRef<HTMLInputElement>(null)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way beside the button
    <div
      className="file-drop"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        const [dropped] = event.dataTransfer.files
        if (dropped && !busy) onChoose(dropped)
      }}
    >
      <input
        ref={input}
        type="file"
        hidden
        aria-label={verb}
        accept={accept}
        onChange={({ target }) => {
          const [chosen] = target.files ?? []
          if (chosen) onChoose(chosen)
          target.value = ''
        }}
      />
      <span className="support">{hint}</span>
      <Button icon={<UploadOutlined />} loading={busy} onClick={() => input.current?.click()}>
        {verb}
      </Button>
      {children}
    </div>
  )
}
