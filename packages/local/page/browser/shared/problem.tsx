/** A message that screen readers read out when it comes. */
export const Problem = ({ text, id }: { readonly text: string; readonly id?: string }) => (
  <p class="problem" role="alert" id={id} hidden={text === ''}>
    {text}
  </p>
)
