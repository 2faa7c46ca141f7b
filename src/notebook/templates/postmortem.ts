/**
 * The built-in report, as `inquest eject` prints it. A string and not a file: it must be there in `dist` and in browsers
 * alike. Headings come with the sections, in the language of the report.
 */
export const postmortem = `::: title

::: verdict

::: coverage

:::: incidents

::: timeline

::: readings

::: scope

::: hypotheses

::: mechanism

::: remedies

::: next

::::

::: appendix
`;
