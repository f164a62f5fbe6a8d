"""Charts: Altair views of results, as functions that return the chart."""
