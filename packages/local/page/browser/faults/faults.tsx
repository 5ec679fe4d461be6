import { useState } from 'preact/hooks'
import { Active } from './active.tsx'
import { FAULTS } from './catalogue.ts'
import { FaultRow } from './fault-row.tsx'
import { ScopeFields } from './scope-fields.tsx'
import { EVERYTHING } from './settings.ts'

/** Every fault as a switch; whom the next one meets, and those that are active, stand beside them. */
export const Faults = () => {
  const [scope, setScope] = useState(EVERYTHING)
  return (
    <div class="faults">
      <div class="beside">
        <Active />
        <ScopeFields scope={scope} onChange={setScope} />
      </div>
      <div class="groups-of-faults">
        {FAULTS.map(({ title, faults: kinds }) => (
          <section key={title} class="group">
            <h2>{title}</h2>
            <ul>
              {kinds.map((kind) => (
                <FaultRow key={kind.name} kind={kind} scope={scope} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </div>
  )
}
