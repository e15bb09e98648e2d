"""Which areas the desk has, for whom, and how records are opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from app.domain.content import Kind
from app.domain.roles import EVERYONE, HEAD, LEADERS, SAFEGUARDERS
from app.services.finding_items import FindItems, FoundItem
from app.services.office import Office
from app.services.pupils import Pupils
from app.services.today import WaitingCounts
from app.store.reads.pupils import PupilFilter
from app.ui.screens.activity.screen import ActivityScreen
from app.ui.screens.annual.screen import AnnualScreen
from app.ui.screens.cards.screen import CardsScreen
from app.ui.screens.cases.case_screen import CaseScreen
from app.ui.screens.cases.screen import CasesScreen
from app.ui.screens.classes.screen import ClassesScreen
from app.ui.screens.codes.issue import IssueScreen
from app.ui.screens.codes.screen import CodesScreen
from app.ui.screens.figures.screen import FiguresScreen
from app.ui.screens.guardians.screen import GuardiansScreen
from app.ui.screens.guardians.sees import GuardianSeesScreen
from app.ui.screens.imports.screen import ImportScreen
from app.ui.screens.imports.watch import FolderWatch
from app.ui.screens.leavers.screen import LeaversScreen
from app.ui.screens.letters.screen import LettersScreen
from app.ui.screens.monitoring.look import LookScreen
from app.ui.screens.monitoring.screen import MonitoringScreen
from app.ui.screens.permissions.forms import FormsScreen
from app.ui.screens.permissions.screen import PermissionsScreen
from app.ui.screens.policy.screen import PolicyScreen
from app.ui.screens.posting.screen import PostingScreen
from app.ui.screens.pupils.listing import PupilsScreen
from app.ui.screens.pupils.record import PupilScreen
from app.ui.screens.referrals.office import ReferralsScreen
from app.ui.screens.referrals.safeguarding import SafeguardingScreen
from app.ui.screens.replies.figures import ReplyFiguresScreen
from app.ui.screens.replies.screen import RepliesScreen
from app.ui.screens.report_message.screen import ReportScreen
from app.ui.screens.reports.screen import ReportsScreen
from app.ui.screens.requests.screen import RequestsScreen
from app.ui.screens.retention.screen import RetentionScreen
from app.ui.screens.review.item_screen import ItemScreen
from app.ui.screens.review.screen import ReviewScreen
from app.ui.screens.review.second_reading import SecondReading
from app.ui.screens.review.takedowns import TakedownsScreen
from app.ui.screens.september.screen import SeptemberScreen
from app.ui.screens.settings.screen import SettingsScreen
from app.ui.screens.sheets.screen import SheetsScreen
from app.ui.screens.slips.screen import SlipsScreen
from app.ui.screens.today.screen import TodayScreen
from app.ui.screens.wordlists.screen import WordlistsScreen
from app.ui.shell.area import Area, Hit, RecordFactory, Screen, Search, Shell


def areas(office: Office, watch: FolderWatch | None = None, second: SecondReading | None = None) -> Sequence[Area]:
    """The side bar, from the top. Each person sees what their role includes."""

    def left_to_read() -> int:
        return second.left if second is not None else 0

    def waiting(area: str) -> Callable[[], int]:
        return lambda: office.ask(WaitingCounts()).get(area, 0)

    arrived = watch.count if watch is not None else None
    return (
        Area("today", "Today", "today", EVERYONE, lambda shell: TodayScreen(shell, office)),
        Area(
            "safeguarding",
            "Safeguarding",
            "safeguarding",
            SAFEGUARDERS,
            lambda shell: SafeguardingScreen(shell, office),
            waiting("safeguarding"),
        ),
        Area(
            "review",
            "Review",
            "review",
            LEADERS,
            lambda shell: ReviewScreen(shell, office, left_to_read),
            waiting("review"),
        ),
        Area(
            "referrals",
            "For the office",
            "referrals",
            EVERYONE,
            lambda shell: ReferralsScreen(shell, office),
            waiting("referrals"),
        ),
        Area("monitoring", "Monitoring", "monitoring", LEADERS, lambda shell: MonitoringScreen(shell, office)),
        Area("replies", "Replies", "threads", LEADERS, lambda shell: RepliesScreen(shell, office)),
        Area("cases", "Cases", "cases", LEADERS, lambda shell: CasesScreen(shell, office), waiting("cases")),
        Area("pupils", "Pupils", "pupils", EVERYONE, lambda shell: PupilsScreen(shell, office)),
        Area("guardians", "Guardians", "guardians", EVERYONE, lambda shell: GuardiansScreen(shell, office)),
        Area("classes", "Classes", "class", EVERYONE, lambda shell: ClassesScreen(shell, office)),
        Area("codes", "Codes", "codes", EVERYONE, lambda shell: CodesScreen(shell, office), waiting("codes")),
        Area("permissions", "Permissions", "permissions", EVERYONE, lambda shell: PermissionsScreen(shell, office)),
        Area("sheets", "Class lists", "sheet", EVERYONE, lambda shell: SheetsScreen(shell, office)),
        Area("posting", "Before posting", "drafts", EVERYONE, lambda shell: PostingScreen(shell, office)),
        Area(
            "imports",
            "Bring in",
            "imports",
            EVERYONE,
            lambda shell: ImportScreen(shell, office, watch),
            arrived,
        ),
        Area(
            "requests",
            "Data requests",
            "access",
            EVERYONE,
            lambda shell: RequestsScreen(shell, office),
            waiting("requests"),
        ),
        Area("figures", "Figures", "figures", EVERYONE, lambda shell: FiguresScreen(shell, office)),
        Area("reports", "Reports", "reports", EVERYONE, lambda shell: ReportsScreen(shell, office)),
        Area("policy", "Policy", "policy", EVERYONE, lambda shell: PolicyScreen(shell, office)),
        Area("annual", "Annual review", "annual", LEADERS, lambda shell: AnnualScreen(shell, office)),
        Area("activity", "Activity", "audit", HEAD, lambda shell: ActivityScreen(shell, office)),
        Area("settings", "Settings", "settings", EVERYONE, lambda shell: SettingsScreen(shell, office), at_foot=True),
    )


def records(office: Office) -> Mapping[str, RecordFactory]:
    """How each kind of record is shown."""

    def item(shell: Shell, key: object) -> Screen:
        return ItemScreen(shell, office, int(str(key)))

    def case(shell: Shell, key: object) -> Screen:
        return CaseScreen(shell, office, int(str(key)))

    def look(shell: Shell, key: object) -> Screen:
        return LookScreen(shell, office, int(str(key)))

    def issue(shell: Shell, key: object) -> Screen:
        return IssueScreen(shell, office, key)

    def letters(shell: Shell, key: object) -> Screen:
        return LettersScreen(shell, office, key)

    def pupil(shell: Shell, key: object) -> Screen:
        return PupilScreen(shell, office, int(str(key)))

    def leavers(shell: Shell, key: object) -> Screen:
        return LeaversScreen(shell, office, int(str(key)))

    def cards(shell: Shell, key: object) -> Screen:
        return CardsScreen(shell, office, int(str(key)))

    def september(shell: Shell, key: object) -> Screen:
        return SeptemberScreen(shell, office)

    def words(shell: Shell, key: object) -> Screen:
        return WordlistsScreen(shell, office, key)

    def forms(shell: Shell, key: object) -> Screen:
        return FormsScreen(shell, office, int(str(key)))

    def takedowns(shell: Shell, key: object) -> Screen:
        return TakedownsScreen(shell, office)

    def reply_figures(shell: Shell, key: object) -> Screen:
        return ReplyFiguresScreen(shell, office)

    def report_message(shell: Shell, key: object) -> Screen:
        return ReportScreen(shell, office)

    def retention(shell: Shell, key: object) -> Screen:
        return RetentionScreen(shell, office)

    def slips(shell: Shell, key: object) -> Screen:
        return SlipsScreen(shell, office, int(str(key)))

    def guardian_sees(shell: Shell, key: object) -> Screen:
        return GuardianSeesScreen(shell, office, int(str(key)))

    return {
        "item": item,
        "takedowns": takedowns,
        "report-message": report_message,
        "reply-figures": reply_figures,
        "issue": issue,
        "letters": letters,
        "look": look,
        "case": case,
        "pupil": pupil,
        "leavers": leavers,
        "cards": cards,
        "september": september,
        "retention": retention,
        "slips": slips,
        "guardian-sees": guardian_sees,
        "forms": forms,
        "words": words,
    }


MOST_ITEMS = 8
"""So many posts and messages are found under the pupils."""


def search(office: Office) -> Search:
    """What the search box finds: pupils by any name, and for leaders posts and messages by their words."""

    def found(words: str) -> Sequence[Hit]:
        lines = office.ask(Pupils(PupilFilter(words=words)))
        pupils = [
            Hit("pupil", line.id, "pupil", f"{line.known_as} {line.last}", line.class_name or "No class")
            for line in lines[:12]
        ]
        items = office.ask(FindItems(words, size=MOST_ITEMS)) if office.may(FindItems) else ()
        return pupils + [Hit("item", item.id, _icon(item), item.opening, _whence(item)) for item in items]

    return found


def _icon(item: FoundItem) -> str:
    return "message" if item.kind is Kind.MESSAGE else "post"


def _whence(item: FoundItem) -> str:
    return ", ".join(part for part in (item.kind.words, item.class_name, item.author) if part)
