"""Dates as people say them, relative to the day of entry: "Friday", "29-30 June", "last night" -> EDTF."""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import UTC, date, timedelta

from events.chronology.dates import DateError, parse

from .lexicon import Lexicon, Sense, lexicon
from .tokens import CLOCK, DATE, NUMBER, SIGN, Token, tokens

DASHES = frozenset("-–—/")


@dataclass(slots=True)
class When:
    """`edtf`, or, where the year is not said, `month` and `days` with their `form` to put a year into.

    `relative`: said by the day of entry alone, as "on Friday".
    """

    edtf: str
    others: list[str] = field(default_factory=list)
    guessed: bool = False
    # "{year}-06-06" where the year is to be inferred.
    yearless: str = ""
    relative: bool = False


class Clockwork:
    """Reads dates at a position of the tokens; `at` returns (When, end) or None. Backtracks a few words at most."""

    def __init__(self, words: Lexicon, found: list[Token], on: date) -> None:
        self.words, self.found, self.on = words, found, on

    def at(self, start: int) -> tuple[When, int] | None:
        i, before = start, ""
        for sort in (
            "date_before",
            "date_by",
            "date_since",
            "date_about",
            "date_between",
            "date_in",
        ):
            if end := self._phrase(i, sort):
                before, i = sort, end
                break
        if before == "date_by" and (end := self._phrase(i, "date_about")):
            i = end
        got = self._date(i, between=before in ("date_between", "date_since"))
        if (got is None and before == "date_in") or (got is None and before == "date_since"):
            got = self._year(i)
        if got is None:
            return None
        when, end = got
        if before == "date_before":
            when = self._mapped(when, _until)
        elif before == "date_by":
            when = self._mapped(when, lambda text: f"../{text.split('/')[-1]}")
        elif before == "date_about":
            when = self._mapped(when, lambda text: text if "/" in text else f"{text}~")
        return when, end

    def full(self) -> list[date]:
        """Days that the text says with month and year, in its order; of several days in one, the last."""
        days: list[date] = []
        i = 0
        while i < len(self.found):
            begins = self.found[i].sort in (DATE, NUMBER) or self._number(i, "months")
            got = self._date(i, between=False) if begins else None
            if got and not (got[0].relative or got[0].guessed) and (day := _last_day(got[0].edtf)):
                days.append(day)
            i = got[1] if got else i + 1
        return days

    def _mapped(self, when: When, change) -> When:  # type: ignore[no-untyped-def]
        return When(
            change(when.edtf),
            [change(text) for text in when.others],
            when.guessed,
            change(when.yearless) if when.yearless else "",
            when.relative,
        )

    def _token(self, i: int) -> Token | None:
        return self.found[i] if 0 <= i < len(self.found) else None

    def _phrase(self, i: int, sort: str) -> int:
        """The end of the longest phrase of this sort at `i`, or 0."""
        return max((end for end, sense in self._senses(i) if sense.sort == sort), default=0)

    def _senses(self, i: int) -> list[tuple[int, Sense]]:
        token = self._token(i)
        if token is None or not token.low:
            return []
        most = self.words.longest.get(token.low, 0)
        key, out = "", []
        for j in range(i, min(i + most, len(self.found))):
            low = self.found[j].low
            if not low:
                break
            key = f"{key} {low}" if key else low
            out += [(j + 1, sense) for sense in self.words.phrases.get(key, ())]
        return out

    def _number(self, i: int, sort: str) -> tuple[int, int] | None:
        found = [(end, int(s.value)) for end, s in self._senses(i) if s.sort == f"date_{sort}"]
        return (max(found)[1], max(found)[0]) if found else None

    def _day(self, i: int) -> int | None:
        token = self._token(i)
        if token is None or token.sort != NUMBER:
            # Arabic joins its "and" to the number: و3
            return None
        digits = token.raw.rstrip("stndrhSTNDRH")
        return (
            int(digits)
            if digits.isdecimal() and len(digits) <= 2 and 1 <= int(digits) <= 31
            else None
        )

    def _year(self, i: int) -> tuple[When, int] | None:
        token = self._token(i)
        if token and token.sort == NUMBER and len(token.raw) == 4 and token.raw.isdecimal():
            if 1900 <= int(token.raw) <= self.on.year:
                return When(token.raw), i + 1
        return None

    def _date(self, i: int, between: bool) -> tuple[When, int] | None:
        token = self._token(i)
        if token is None:
            return None
        if token.sort == DATE:
            return When(token.raw), i + 1
        for read in (
            self._relative,
            self._span,
            self._third,
            self._day_month,
            self._month_day,
            self._weekday,
        ):
            if got := read(i):
                return got
        return None

    def _relative(self, i: int) -> tuple[When, int] | None:
        best: tuple[When, int] | None = None
        yesterday = (self.on - timedelta(1)).isoformat()
        days = {
            "date_today": self.on.isoformat(),
            "date_yesterday": yesterday,
            "date_night": f"{yesterday}/{self.on.isoformat()}",
            "date_before_yesterday": (self.on - timedelta(2)).isoformat(),
        }
        for sort, text in days.items():
            end = self._phrase(i, sort)
            if end and (best is None or end > best[1]):
                best = When(text, relative=True), end
        token = self._token(i)
        if token and token.sort == NUMBER and (end := self._phrase(i + 1, "date_ago")):
            number = int(token.raw) if token.raw.isdecimal() and len(token.raw) < 5 else 0
            return When((self.on - timedelta(number)).isoformat(), relative=True), end
        return best

    def _weekday(self, i: int) -> tuple[When, int] | None:
        start = self._phrase(i, "date_last") or i
        got = self._number(start, "weekdays")
        if got is None:
            return None
        number, end = got
        token = self._token(start)
        if token and len(token.low) < 4 and not token.capital:
            return None
        back = (self.on.weekday() - number) % 7
        day = self.on - timedelta(back)
        end = self._phrase(end, "date_part") or end
        before = [(day - timedelta(7)).isoformat()]
        return When(day.isoformat(), before, guessed=back == 0, relative=True), end

    def _span(self, i: int) -> tuple[When, int] | None:
        """ "29-30 June 2017", "28 June to 2 July", "between 10 and 12 October 2019"."""
        first = self._day(i)
        if first is None:
            return None
        after = i + 1
        month = self._number(after, "months")
        if month:
            after = month[1]
        between = self._token(after)
        if between and between.sort == SIGN and between.raw in DASHES:
            after += 1
        elif end := self._phrase(after, "date_to"):
            after = end
        else:
            return None
        second = self._day(after)
        last = self._number(after + 1, "months") if second else None
        if second is None or last is None:
            return None
        year, end = self._year_after(last[1])
        one, two = (month or last)[0] + 1, last[0] + 1
        form = f"{{year}}-{one:02d}-{first:02d}/{{year}}-{two:02d}-{second:02d}"
        return self._with_year(form, year), end

    def _third(self, i: int) -> tuple[When, int] | None:
        """ "early June 2017": the first ten days, the next ten, the rest. How long that is, is a guess."""
        thirds = {"date_early": (1, 10), "date_mid": (11, 20), "date_late": (21, 31)}
        for sort, (first, last) in thirds.items():
            for at in {end for end, sense in self._senses(i) if sense.sort == sort}:
                token = self._token(at)
                at += bool(token and token.sort == SIGN and token.raw in DASHES)
                if (month := self._number(at, "months")) is None:
                    continue
                year, end = self._year_after(month[1])
                if year is None and self._day(month[1]):
                    continue
                number = month[0] + 1
                # Of February without its year 28 days are sure.
                last = min(last, monthrange(int(year or 2001), number)[1])
                form = f"{{year}}-{number:02d}-{first:02d}/{{year}}-{number:02d}-{last:02d}"
                when = self._with_year(form, year)
                when.guessed = True
                return when, end
        return None

    def _day_month(self, i: int) -> tuple[When, int] | None:
        day = self._day(i)
        if day is None:
            return None
        month = self._number(i + 1, "months") or (
            self._number(i + 2, "months") if self._is(i + 1, "of") else None
        )
        if month is None:
            return None
        year, end = self._year_after(month[1])
        return self._clock(self._with_year(f"{{year}}-{month[0] + 1:02d}-{day:02d}", year), end)

    def _month_day(self, i: int) -> tuple[When, int] | None:
        month = self._number(i, "months")
        token = self._token(i)
        if month is None or (token and token.raw.isascii() and not token.capital):
            return None
        day = self._day(month[1])
        year, end = self._year_after(month[1] + (day is not None))
        if day is None and year is None:
            return None
        form = f"{{year}}-{month[0] + 1:02d}" + (f"-{day:02d}" if day else "")
        return self._with_year(form, year), end

    def _clock(self, when: When, end: int) -> tuple[When, int]:
        token = self._token(end + self._is(end, "at"))
        if token and token.sort == CLOCK and when.edtf and "/" not in when.edtf:
            text = f"{when.edtf}T{token.raw.zfill(5)}"
            return When(text), end + self._is(end, "at") + 1
        return when, end

    def _is(self, i: int, word: str) -> bool:
        token = self._token(i)
        return token is not None and token.low == word

    def _year_after(self, i: int) -> tuple[str | None, int]:
        skip = i + 1 if (token := self._token(i)) and token.raw in ",،" else i
        token = self._token(skip)
        if token and token.sort == NUMBER and len(token.raw) == 4 and token.raw.isdecimal():
            return token.raw, skip + 1
        return None, i

    def _with_year(self, form: str, year: str | None) -> When:
        if year:
            return When(form.format(year=year))
        years = [str(self.on.year - back) for back in range(13)]
        texts = [text for y in years if self._past(text := form.format(year=y))]
        return When(texts[0] if texts else form.format(year=years[0]), texts[1:], True, form)

    def _past(self, text: str) -> bool:
        try:
            from_ = parse(text.split("/")[0], UTC).earliest
        except DateError:
            return False
        return from_ is not None and from_.date() <= self.on


def full_days(text: str) -> list[date]:
    """As `Clockwork.full`: what needs no day of entry to be understood."""
    return Clockwork(lexicon(), tokens(text), date.max).full()


def _until(edtf: str) -> str:
    """Before that: up to the day before its first."""
    try:
        first = parse(edtf.split("/")[0], UTC).earliest
    except DateError:
        first = None
    return f"../{(first.date() - timedelta(1)).isoformat()}" if first else edtf


def _last_day(edtf: str) -> date | None:
    try:
        return date.fromisoformat(edtf.split("/")[-1].rstrip("~?%")[:10])
    except ValueError:
        return None
