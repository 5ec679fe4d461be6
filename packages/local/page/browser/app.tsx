import { useEffect, useState } from 'preact/hooks'
import { Account } from './account/account.tsx'
import { Faults } from './faults/faults.tsx'
import { Header } from './header.tsx'
import { Live } from './live/live.tsx'
import { Refused } from './refused.tsx'
import { status } from './shared/state.ts'

export const VIEWS = [
  { name: 'account', title: 'Account', View: Account },
  { name: 'live', title: 'Live', View: Live },
  { name: 'faults', title: 'Faults', View: Faults },
] as const

const shown = () => VIEWS.find(({ name }) => location.hash === `#${name}`) ?? VIEWS[0]

export const App = () => {
  const [view, setView] = useState(shown)
  useEffect(() => {
    const turn = () => setView(shown())
    addEventListener('hashchange', turn)
    return () => removeEventListener('hashchange', turn)
  }, [])
  useEffect(() => {
    document.title = `${view.title} · secrets-cache local`
  }, [view])
  if (status.value === 'refused') return <Refused />
  const { View } = view
  return (
    <>
      <Header views={VIEWS} current={view.name} />
      <main>
        <View />
      </main>
    </>
  )
}
