/** The two views, and the services behind them. */
export type ViewName = 'secrets' | 'parameters'
