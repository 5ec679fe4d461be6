import { render } from 'preact'
import { App } from './app.tsx'
import { connect } from './shared/connection.ts'

const place = document.getElementById('app')
if (place) render(<App />, place)
void connect()
