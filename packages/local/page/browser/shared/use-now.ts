import { useEffect, useState } from 'preact/hooks'
import { standInNow } from './state.ts'

/** The stand-in's time, again and again while the page is seen. */
export const useNow = (milliseconds: number, isRunning = true): number => {
  const [now, setNow] = useState(standInNow)
  useEffect(() => {
    if (!isRunning) return
    setNow(standInNow())
    const timer = setInterval(() => {
      if (!document.hidden) setNow(standInNow())
    }, milliseconds)
    return () => clearInterval(timer)
  }, [milliseconds, isRunning])
  return now
}
