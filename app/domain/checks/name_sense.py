"""Whether a word that could be a pupil's name is used as one.

"Hope read her poem" names a pupil, "Hope you are well" does not; "Amelia Earhart", "the holly", "Mrs Marsh" and
"Jack and the Beanstalk" name none. Decided from what stands around the word, never from whole sentences known.
"""

from __future__ import annotations

from app.domain.checks.known_names import KnownNames
from app.domain.checks.mention import Form, Mention
from app.domain.checks.name_lexicon import WORD_SORTS, Kind, NameLexicon, Sort
from app.domain.checks.name_signs import does_with_its_like
from app.domain.checks.name_vetoes import Vetoes
from app.domain.checks.surroundings import Surroundings
from app.domain.checks.words import Words, word_set

_OTHERWISE = (Kind(Sort.THING, frozenset(), frozenset()),)
_NOT_PAST = word_set("red scented coloured shaped flavoured bed seed feed need weed shed indeed striped themed based")
_NOT_HOW = word_set("family only early daily weekly july lily jelly belly supply reply holly assembly fly")
_LISTED = frozenset({Sort.THING, Sort.FIGURE})
_NOT_AFTER_WILL = word_set("is was has at in on with from by for near under behind beside having making and")
_AFTER_NO_VERB = word_set("is was has had goes came comes brought brings began fell felt lost gets keeps")
_FAITH = word_set("prophet quran qur'an koran bible scripture gospel disciples pbuh torah testament psalm hadith")
_PRAISE = word_set(
    "work effort efforts poem done congratulations congrats thanks thank goes award cheers luck love applause birthday"
)
_LOOKS = word_set("look looked smile smiled wave waved laugh laughed amazed")
_HEARS = word_set("listen listens listened listening clap clapped clapping talk talked talking sticker stickers")
_SUBJECTS = word_set(
    "you we i everyone everybody anyone all your the our there this that any those these parents children"
)


class NameSense:
    """Decides for every mention of a text whether a pupil is named. Built once for a register."""

    def __init__(self, known: KnownNames, lexicon: NameLexicon, common: frozenset[str]) -> None:
        self._known = known
        self._people = lexicon.people
        self._kinds = lexicon.kinds
        self._common = common
        self._vetoes = Vetoes(known, lexicon, common)

    def used_as_names(
        self, words: Words, mentions: list[Mention], likely: frozenset[str], class_id: str | None = None
    ) -> list[Mention]:
        """The mentions in which a pupil is really named.

        `likely` holds the ids of pupils the item is about anyway: tagged ones, the recipients' or writer's children;
        `class_id` is the class whose item it is.
        """
        if not mentions:
            return mentions
        around = Surroundings(words, mentions, class_id)
        return [mention for mention in mentions if self._names(around, mention, likely)]

    def kinds_of(self, key: str) -> tuple[Kind, ...]:
        """The kinds of words that a name belongs to besides being a name; empty for a name that is nothing else."""
        return self._kinds.get(key) or (_OTHERWISE if key in self._common else ())

    def _names(self, around: Surroundings, mention: Mention, likely: frozenset[str]) -> bool:
        if mention.form is Form.FULL:
            return not (self._vetoes.is_adult(around, mention) or self._vetoes.is_event(around, mention))
        kinds = self.kinds_of(mention.key)
        if self._vetoes.forbid(around, mention, kinds):
            return False
        is_class = self._may_be_class(around, mention)
        if mention.form is Form.INITIAL or (not kinds and not is_class):
            return True
        if self._vetoes.kind_company(around, mention, kinds):
            return False
        sure = self._sure_company(around, mention)
        if is_class and not sure:
            return self._person_rather_than_class(around, mention, likely)
        sorts = frozenset(kind.sort for kind in kinds)
        if sorts & WORD_SORTS:
            return self._word_names(around, mention, kinds, sorts, sure or _is_likely(mention, likely))
        return self._figure_names(around, mention, kinds, sorts, sure)

    def _figure_names(
        self, around: Surroundings, mention: Mention, kinds: tuple[Kind, ...], sorts: frozenset[Sort], sure: bool
    ) -> bool:
        """Names that are places, trades or figures too: a name, unless the place of the word speaks against it."""
        if not mention.possessive and self._followed_as_thing(around, mention, kinds):
            return False
        if Sort.FIGURE in sorts and not _FAITH.isdisjoint(around.sentence_words(mention)):
            return sure
        if Sort.TRADE in sorts and not around.words.is_capital(mention.first):
            return around.words.is_lower_case and around.before(mention) not in self._people["determiners"]
        if Sort.PLACE in sorts and not sure and around.before(mention) in self._people["place_signs"]:
            before, second = around.before(mention), around.before(mention, 2)
            minded = (before == "at" and second in _LOOKS) or (before == "to" and second in _HEARS)
            return minded or any(around.before(mention, back) in _PRAISE for back in (2, 3))
        return True

    def _may_be_class(self, around: Surroundings, mention: Mention) -> bool:
        """A class bears the name too, unless the item is another class's and that class has a pupil of the name."""
        named = self._known.classes_called.get(mention.key)
        if named is None:
            return False
        at_home = any(pupil.entry.class_id == around.class_id for pupil in mention.pupils)
        return around.class_id is None or around.class_id in named or not at_home

    def _person_rather_than_class(self, around: Surroundings, mention: Mention, likely: frozenset[str]) -> bool:
        """A class bears the same name: only what fits one child alone shows the pupil."""
        if around.before(mention) in ("in", "class", "year", "reception", "from", "all"):
            return False
        if _is_likely(mention, likely) and around.words.is_capital(mention.first):
            return True
        if not around.words.is_capital(mention.first):
            return False
        return self._has_pronoun(around, mention) or does_with_its_like(around, mention)

    def _word_names(
        self, around: Surroundings, mention: Mention, kinds: tuple[Kind, ...], sorts: frozenset[Sort], sure: bool
    ) -> bool:
        """Names that are ordinary words as well."""
        if not around.words.is_capital(mention.first):
            return self._small_names(around, mention, kinds, sorts, sure)
        if mention.possessive and not mention.apostrophe and not sure and not _is_no_plural(mention.key):
            return around.capital_tells(mention) and not mention.key.endswith("s")
        before = around.before(mention)
        if around.spaced_before(mention) and before in self._people["determiners"] and not sure:
            return before == "that" and around.capital_tells(mention) and self._acts(around, mention, sorts)
        if sure:
            return not self._followed_as_thing(around, mention, kinds) or not around.spaced_after(mention)
        if around.capital_tells(mention):
            return self._capital_names(around, mention, kinds, sorts)
        if not sorts & {Sort.TIME, Sort.VERB} and does_with_its_like(around, mention):
            return not self._followed_as_thing(around, mention, kinds)
        return self._opening_names(around, mention, kinds, sorts)

    def _capital_names(
        self, around: Surroundings, mention: Mention, kinds: tuple[Kind, ...], sorts: frozenset[Sort]
    ) -> bool:
        """A capital in the middle of a sentence: a name, unless the word has one anyway (months) or heads a title."""
        before = around.before(mention)
        if Sort.TIME in sorts and around.spaced_before(mention) and before in self._people["time_signs"]:
            return any(around.before(mention, back) in _PRAISE for back in (2, 3)) or self._acts(around, mention, sorts)
        if Sort.VERB not in sorts and not mention.possessive and self._followed_as_thing(around, mention, kinds):
            return False
        if not mention.possessive and self._heads_a_title(around, mention):
            return False
        spoken_of = not self._people["naming_words"].isdisjoint(around.sentence_words(mention))
        return not (spoken_of and Sort.VERB not in sorts) or self._acts(around, mention, sorts)

    def _opening_names(
        self, around: Surroundings, mention: Mention, kinds: tuple[Kind, ...], sorts: frozenset[Sort]
    ) -> bool:
        """A capital that tells nothing: only what follows can show a person."""
        if mention.possessive:
            owned = around.after(mention)
            if not mention.apostrophe or not owned:
                return Sort.TIME not in sorts or self._has_pronoun(around, mention)
            times = any(owned in kind.after for kind in kinds) or owned in self._people["times_own"]
            return Sort.TIME not in sorts or not times or self._has_pronoun(around, mention)
        if self._followed_as_thing(around, mention, kinds) or self._heads_a_title(around, mention):
            return False
        if around.stands_alone(mention):
            spoken_of = not self._people["naming_words"].isdisjoint(around.sentence_words(mention))
            return Sort.TIME not in sorts and not spoken_of
        if sorts <= _LISTED and around.words.gap(mention.first).strip(" ") == ":":
            return True
        if around.is_shouted(mention) and around.before(mention) in self._people["greetings"]:
            return not sorts & {Sort.TIME, Sort.VERB} or around.before(mention) in _PRAISE
        return self._acts(around, mention, sorts)

    def _small_names(
        self, around: Surroundings, mention: Mention, kinds: tuple[Kind, ...], sorts: frozenset[Sort], sure: bool
    ) -> bool:
        """Without a capital an ordinary word is a name only where the writer uses none and a person is plain."""
        if not around.words.is_lower_case and not (mention.first == 0 and sure):
            return False
        before = around.before(mention)
        if before in self._people["determiners"] or self._followed_as_thing(around, mention, kinds):
            return False
        if mention.possessive and (mention.apostrophe or _is_no_plural(mention.key) or sure):
            return True
        if Sort.VERB in sorts and not mention.possessive:
            following = around.after(mention)
            return sure and (not following or following in self._people["person_verbs"] or following in _NOT_AFTER_WILL)
        return sure or self._acts(around, mention, sorts | {Sort.TIME})

    def _acts(self, around: Surroundings, mention: Mention, sorts: frozenset[Sort]) -> bool:
        """What follows is what a person does: a verb of doing, a manner, or "is" and the like with a "she" to come."""
        following = around.after(mention)
        if not following or not around.spaced_after(mention):
            return bool(following) and self._has_pronoun(around, mention)
        if following in ("from", "in") and around.after(mention, 1) in self._known.class_words:
            return True
        if following in _SUBJECTS:
            return False
        if following in self._people["person_verbs"]:
            return True
        if following.endswith("ed") and following not in _NOT_PAST:
            return True
        if following.endswith("ly") and following not in _NOT_HOW:
            return Sort.TIME not in sorts or self._has_pronoun(around, mention)
        if following in self._people["being_verbs"] and not sorts & {Sort.TIME, Sort.QUALITY}:
            return Sort.VERB not in sorts or following in _AFTER_NO_VERB
        return self._has_pronoun(around, mention)

    def _has_pronoun(self, around: Surroundings, mention: Mention) -> bool:
        """ "His" or "she" follows before anybody else is named."""
        return not self._people["pronouns"].isdisjoint(around.words_until_next(mention)[:10])

    def _followed_as_thing(self, around: Surroundings, mention: Mention, kinds: tuple[Kind, ...]) -> bool:
        """The next word makes a compound of it: "rose petals", "Summer term"."""
        hyphen = mention.last < len(around.words) and around.words.gap(mention.last) == "-"
        if not around.spaced_after(mention) and not hyphen:
            return False
        following = around.after(mention)
        return any(following in kind.after for kind in kinds)

    def _heads_a_title(self, around: Surroundings, mention: Mention) -> bool:
        """Another capital follows that is nobody's name: "Summer Reading Challenge"."""
        words, place = around.words, mention.last
        return (
            around.spaced_after(mention)
            and words.is_capital(place)
            and not words.is_shouted(place)
            and around.mention_at(place) is None
            and words.words[place] not in self._people["titles"]
            and words.words[place] not in self._people["person_verbs"]
        )

    def _sure_company(self, around: Surroundings, mention: Mention) -> bool:
        """It stands in one list with a name that can be nothing else, or with a grown-up's."""
        words = around.words
        if words.is_capital(mention.first) and around.beside_adult(mention, self._people["titles"]):
            return True
        for place in around.company(mention):
            other = around.mention_at(place)
            if other is None or words.is_capital(other.first) != words.is_capital(mention.first):
                continue
            if other.form is not Form.FIRST or not self.kinds_of(other.key) or around.capital_tells(other):
                return not self._vetoes.forbid(around, other, self.kinds_of(other.key))
        return False


def _is_likely(mention: Mention, likely: frozenset[str]) -> bool:
    return any(pupil.entry.id in likely for pupil in mention.pupils)


def _is_no_plural(key: str) -> bool:
    """A bare s after these letters makes no plural: "Poppys" can only be hers."""
    return key.endswith("y") and key[-2:-1] not in tuple("aeiou")
