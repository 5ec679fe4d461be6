import { count } from './shared/format.ts'
import { about, faults, status } from './shared/state.ts'

interface HeaderProps {
  readonly views: readonly { readonly name: string; readonly title: string }[]
  readonly current: string
}

const WORDS = { connecting: 'Connecting', open: 'Connected', lost: 'Lost, trying again', refused: 'Refused' }

export const Header = ({ views, current }: HeaderProps) => (
  <header class="top">
    <div class="brand">
      <img src="icon.svg" alt="" width="24" height="24" />
      <h1>secrets-cache local</h1>
      <span class="muted where">
        {about.value && `${about.value.flavour} · ${about.value.region} · ${new URL(about.value.url).host}`}
      </span>
    </div>
    <nav aria-label="Views">
      {views.map(({ name, title }) => (
        <a key={name} href={`#${name}`} aria-current={name === current ? 'page' : undefined}>
          {title}
          {name === 'faults' && faults.value.length > 0 && (
            <span class="count" title={`${count(faults.value.length, 'fault')} active`}>
              {faults.value.length}
            </span>
          )}
        </a>
      ))}
    </nav>
    <p class={`status ${status.value}`} role="status">
      {WORDS[status.value]}
    </p>
  </header>
)
