"""Answers that need no model: what the assistant says about itself, and what it says when something cannot be."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from assistant.engines.base import Health
from integrations import registry
from integrations.base import Action, Reply

MEGABYTE = 1_000_000


def starters() -> list[Action]:
    """Return things to say first."""
    return [
        Action(label=text, say=text)
        for text in (_("Order a dinner for two, not spicy, under ¥80"), _("Coffee near me"), _("Where is my order?"))
    ]


def hello() -> Reply:
    """Answer a greeting or /start."""
    return Reply(text=_("Hello, I am Banshi. Tell me in one sentence what you want done."), choices=starters())


def about() -> Reply:
    """Answer "what can you do", from the scenarios that are switched on."""
    scenarios = [{"title": one.title, "about": one.description} for one in registry.enabled_scenarios()]
    lines = ["- " + _("%(title)s: %(about)s") % scenario for scenario in scenarios]
    text = _("This is what I can do now:") + "\n" + "\n".join(lines)
    return Reply(
        text=text + "\n" + _("And we can simply talk. I order and pay only after you confirm."), choices=starters()
    )


def thanks() -> Reply:
    """Answer a thank-you."""
    return Reply(text=_("You are welcome."))


def nothing_open() -> Reply:
    """Answer a lone yes or no that belongs to nothing."""
    return Reply(text=_("There is nothing waiting for your confirmation. What shall I do?"))


def several_open() -> Reply:
    """Answer a typed confirmation that could mean several quotes, or one that was not the last thing shown."""
    return Reply(text=_("Please press the button on the quote you mean, so that I confirm the right one."))


def too_long() -> Reply:
    """Answer a message over the limit."""
    return Reply(
        text=_(
            "That message is longer than the %(limit)d characters I can read at once. "
            "Please send the gist, or the text in parts."
        )
        % {"limit": settings.MAX_MESSAGE_CHARS}
    )


def no_words() -> Reply:
    """Answer a message of emoji or punctuation only."""
    return Reply(text=_("I can see that, but there are no words in it. What shall I do?"), choices=starters())


def voice() -> Reply:
    """Answer a voice note."""
    return Reply(text=_("I cannot listen to voice messages yet. Please type it, or use your keyboard's dictation."))


def files(too_big: bool) -> Reply:
    """Answer a file."""
    if too_big:
        return Reply(
            text=_("That file is over %(limit)d MB, so I did not take it.") % {"limit": settings.MAX_UPLOAD_MB}
        )
    return Reply(
        text=_("I have kept the file. Reading files comes in a later version; what is in it that you want done?")
    )


def pin_kept(name: str) -> Reply:
    """Answer a shared location."""
    where = name or _("the place you sent")
    return Reply(
        text=_("Got it: %(where)s. What shall I find there?") % {"where": where},
        choices=[Action(label=text, say=text) for text in (_("Lunch near here"), _("Coffee near here"))],
    )


def button_gone(reason: str) -> Reply:
    """Answer a button that means nothing any more."""
    words = {
        "foreign": _("Only the person who asked can use this button."),
        "expired": _("This button has expired. Say it again and I will look anew."),
        "used": _("This was done already."),
    }
    return Reply(text=words.get(reason, _("I do not know this button any more. Please say what you want.")))


def unable(tool_titles: str = "") -> Reply:
    """Answer a wish that no tool fits."""
    able = _(", ").join(str(scenario.title) for scenario in registry.enabled_scenarios())
    return Reply(text=_("I cannot do that yet, so nothing was arranged. What I can do: %(able)s.") % {"able": able})


def engine_state(health: Health) -> str:
    """Say in one sentence why free talk is not to be had, and when it is back."""
    if health.state == "downloading" and health.size:
        return _(
            "The language model is still being downloaded (%(percent)d %%, %(done)d of %(size)d MB); "
            "free talk starts by itself when it is there."
        ) % {
            "percent": 100 * health.downloaded // health.size,
            "done": health.downloaded // MEGABYTE,
            "size": health.size // MEGABYTE,
        }  # fmt: skip
    if health.state in {"loading", "warming"}:
        return _("The language model is starting; free talk is back in under a minute.")
    if health.state == "failed":
        return _(
            "The language model could not be started, "
            "so free talk is not available until the operator has looked at it."
        )
    return _("The language model is not running, so free talk is back later.")


def without_engine(health: Health) -> Reply:
    """Answer free talk while there is no engine."""
    return Reply(
        text=engine_state(health) + "\n" + _("Search, buttons, order status and cancelling work as usual."),
        choices=[Action(label=text, say=text) for text in (_("Dinner near me"), _("Where is my order?"))],
    )


def engine_failed() -> Reply:
    """Answer when the engine gave up on this turn."""
    return Reply(
        text=_("I could not think that through this time; nothing was ordered or changed. Please say it again.")
    )


def given_up() -> Reply:
    """Answer a message over which we failed again and again."""
    return Reply(
        text=_(
            "Something on my side keeps failing over this message. Please look at your orders before you repeat it."
        ),
        choices=[Action(label=text, say=text) for text in (_("Where is my order?"),)],
    )
