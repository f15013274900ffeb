// How long the paper took to tell what happened: the distance between the two clocks.
import type { EventRow } from "../../api/types/EventRow";
import { date, t } from "../../i18n/index.svelte";

export function lagInWords(event: EventRow): string {
  const published = date(event.published);
  const days = event.lag_days;
  if (days === null) return t("timeline.lagUnknown", { published });
  if (days === 0) return t("timeline.lagNone");
  return days > 0
    ? t("timeline.lag", { published, n: days })
    : t("timeline.lagAhead", { published, n: -days });
}

/** The middle of the lags of events of which both days are known; half of them were told sooner. `null` without any. */
export function medianLag(events: readonly EventRow[]): { days: number; of: number } | null {
  const lags = events
    .flatMap((event) => (event.lag_days === null ? [] : [event.lag_days]))
    .sort((a, b) => a - b);
  const middle = lags[(lags.length - 1) >> 1];
  return middle === undefined ? null : { days: middle, of: lags.length };
}
