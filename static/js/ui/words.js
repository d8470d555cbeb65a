// Owns the wording: names in the reader's language, dates, and a standing as a sentence.

/** @import { Messages } from "../data/messages.js" */
/** @import { Standing } from "../replay/files.js" */
/** @import { Replay } from "../replay/replay.js" */

/** @param {Messages} messages @returns {Record<string, string>} */
export const kindNames = ({ gettext }) => ({
  country: gettext("country"),
  province: gettext("province"),
  district: gettext("district"),
  subdistrict: gettext("subdistrict"),
  town: gettext("town"),
  neighbourhood: gettext("neighbourhood"),
  site: gettext("site"),
});

/** @param {Messages} messages @returns {Record<string, string>} */
export const stanceNames = ({ gettext }) => ({
  reports: gettext("reports"),
  confirms: gettext("confirms"),
  claims: gettext("claims"),
  denies: gettext("denies"),
});

/** @template T @param {() => T} make @returns {() => T} */
function once(make) {
  /** @type {{made: T} | null} */
  let kept = null;
  return () => {
    kept ??= { made: make() };
    return kept.made;
  };
}

export class Words {
  /** @param {Replay} replay @param {{timezone: string}} zone of the conflict @param {Messages} messages */
  constructor(replay, zone, messages) {
    this.replay = replay;
    this.messages = messages;
    const { language } = messages;
    this.short = language.split("-")[0];
    /** @param {Intl.DateTimeFormatOptions} options */
    const format = (options) => {
      try {
        return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, {
          timeZone: "UTC",
          ...options,
        });
      } catch {
        return new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options });
      }
    };
    this.long = format({ day: "numeric", month: "long", year: "numeric" });
    // each takes milliseconds to make, and the first map needs none of them
    this.weekday = once(() => format({ weekday: "long" }));
    const { timezone: timeZone } = zone;
    // 0 to 23 in every language, as the pages write it and as a time is typed
    const hourCycle = "h23";
    this.moment = once(() =>
      format({ dateStyle: "long", timeStyle: "short", timeZone, hourCycle }),
    );
    this.second = once(() =>
      format({ dateStyle: "long", timeStyle: "medium", timeZone, hourCycle }),
    );
    const like = this.short === "ar" ? "ar" : "en";
    this.list = once(() => new Intl.ListFormat(like, { type: "conjunction" }));
  }

  /** @param {string} iso */
  date(iso) {
    return this.long.format(new Date(`${iso}T00:00:00Z`));
  }

  /** @param {string} iso an instant, told in the conflict's time zone */
  instant(iso) {
    return this.moment().format(new Date(iso));
  }

  /** To the second, for several within a minute. @param {number} micros since 1970 */
  instantExactly(micros) {
    return this.second().format(new Date(micros / 1000));
  }

  /** @param {number} day */
  day(day) {
    return this.date(this.replay.isoOf(day));
  }

  /** @param {number} day */
  weekdayOf(day) {
    return this.weekday().format(new Date(`${this.replay.isoOf(day)}T00:00:00Z`));
  }

  /** @param {number} place */
  place(place) {
    const { name, names } = this.replay.places[place];
    return names[this.short] ?? name;
  }

  /** @param {number} actor the short name */
  actor(actor) {
    if (actor < 0) return this.messages.gettext("nobody known");
    const { short, names } = this.replay.actors[actor];
    return names[this.short] ?? short;
  }

  /** Whether verbs go with its name in the plural: "Rebels hold". @param {number} actor -1 nobody */
  isPlural(actor) {
    return this.replay.actors[actor]?.plural ?? false;
  }

  /** @param {number[]} actors */
  actors(actors) {
    return this.listed(actors.map((actor) => this.actor(actor)));
  }

  /** "IS", "IS and SDF". @param {string[]} names */
  listed(names) {
    return this.list().format(names);
  }

  /** Who holds it. @param {Standing} standing */
  holding(standing) {
    const { state, holds, to, counts } = standing;
    const { gettext, ngettext, interpolate } = this.messages;
    if (state === "no_data") return gettext("No data: the record says nothing yet");
    if (state === "unclear") return gettext("Unclear: nobody is known to hold it");
    if (state === "divided") {
      const parts = counts.map(([actors, count]) =>
        interpolate(gettext("%(count)s %(who)s"), { count, who: this.nobodyOr(actors) }),
      );
      return interpolate(gettext("Divided: %(parts)s"), { parts: parts.join(gettext(", ")) });
    }
    if (state === "changing") {
      const from = this.nobodyOr(holds);
      return interpolate(gettext("Changing hands: %(from)s → %(to)s"), {
        from,
        to: this.nobodyOr(to),
      });
    }
    if (!holds.length) return gettext("Nobody is known to hold it");
    let text = ngettext("%(actors)s holds", "%(actors)s hold it together", holds.length);
    if (holds.length === 1 && this.isPlural(holds[0])) text = gettext("%(actors)s hold");
    return interpolate(text, { actors: this.actors(holds) });
  }

  /** Of territory whose own place the record says nothing of. @param {number} from the place that speaks for it */
  inferred(from) {
    return this.messages.interpolate(this.messages.gettext("Inferred on the map from %(place)s"), {
      place: this.place(from),
    });
  }

  /** @param {number[]} actors */
  nobodyOr(actors) {
    return actors.length ? this.actors(actors) : this.messages.gettext("nobody known");
  }

  /** The whole standing. @param {Standing} standing @returns {string[]} sentences without a full stop */
  standing(standing) {
    const { contests, besieges, present, disputed } = standing;
    const { gettext, interpolate } = this.messages;
    const sentences = [this.holding(standing)];
    /** @param {string} text @param {number[]} actors */
    const say = (text, actors) => {
      if (actors.length) sentences.push(interpolate(text, { actors: this.actors(actors) }));
    };
    say(gettext("%(actors)s: fighting inside"), contests);
    say(gettext("Besieged by %(actors)s"), besieges);
    say(gettext("Present: %(actors)s"), present);
    if (disputed) sentences.push(gettext("An open claim disputes this"));
    return sentences;
  }
}
