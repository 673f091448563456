"""The words the page's script shows, in the page's language."""

from __future__ import annotations

from django.utils.translation import gettext as _


def suggestions() -> list[str]:
    """Return four things to say first."""
    return [
        _("Order a non-spicy dinner for two, under ¥80"),
        _("Find a noodle place nearby"),
        _("Where is my order?"),
        _("Remember my office address"),
    ]


def words() -> dict[str, str]:
    """Return every word the script needs, by a short key. `{...}` is filled in by the script."""
    return {**_messages(), **_cards(), **_composer(), **_status(), **_places()}


def _messages() -> dict[str, str]:
    return {
        "today": _("Today"),
        "yesterday": _("Yesterday"),
        "waiting": _("Waiting to be sent"),
        "sent": _("Sent"),
        "received": _("Received"),
        "failed": _("Not sent"),
        "again": _("Send again"),
        "discard": _("Discard"),
        "working": _("Working on it"),
        "earlier_failed": _("The earlier messages did not come. Try again."),
        "turn_failed": _("That did not work out, and nothing was ordered. Say it again, or put it another way."),
        "suggestions": _("You could say"),
        "assistant_says": _("Banshi says"),
        "you_say": _("You say"),
        "announce_cards": _("{count} cards"),
        "announce_total": _("Total {total}"),
        "seconds": _("{n} s"),
        "file_size": _("{size} MB"),
        "file_size_small": _("{size} KB"),
        "download": _("Download"),
        "sent_location": _("Location"),
        "my_location": _("Where I am"),
    }


def _cards() -> dict[str, str]:
    return {
        "best": _("Best fit"),
        "drawing": _("{title}, drawing"),
        "was_price": _("was {price}"),
        "quote": _("Quote"),
        "quote_number": _("Quote {number}"),
        "held_until": _("Price held until {time}"),
        "left": _("{time} left"),
        "total": _("Total"),
        "confirmed": _("Confirmed"),
        "confirmed_text": _("You confirmed this quote at {time}, {total} in total."),
        "expired": _("Expired"),
        "expired_text": _("This price is no longer held. Nothing was ordered or paid."),
        "replaced": _("Replaced"),
        "replaced_text": _("A newer quote has taken its place. This one was not carried out."),
        "withdrawn": _("Withdrawn"),
        "withdrawn_text": _("This quote was withdrawn. Nothing was ordered or paid."),
        "confirming": _("Confirming…"),
        "pressed": _("One moment…"),
        "order": _("Order progress"),
        "order_number": _("Order {number}"),
        "order_moved": _("Order {number} is shown further down"),
        "map": _("Sketch map: {text}"),
        "step_now": _("now"),
        "step_of": _("Step {n} of {count}"),
        "details": _("Details"),
        "refunded": _("{total} given back"),
        "offline_act": _("There is no connection, so nothing was done. Press again once it is back."),
    }


def _composer() -> dict[str, str]:
    return {
        "send": _("Send"),
        "stop": _("Stop"),
        "too_long": _("{count} of {limit} characters. Shorten it, send it in parts, or send it as a file."),
        "too_big": _("“{name}” is larger than {limit} MB. Please send a smaller file."),
        "empty_file": _("“{name}” is empty. Please choose another file."),
        "too_many": _("At most {limit} files fit into one message."),
        "uploading": _("{percent}%"),
        "upload_failed": _("“{name}” did not get through. Try again."),
        "uploads_wait": _("A file is still on its way. Send once it is there."),
        "remove": _("Remove {name}"),
        "listening": _("Listening. Press again to end."),
        "voice_failed": _("Nothing was heard. Check that the page may use the microphone, or type it."),
        "close": _("Close"),
    }


def _status() -> dict[str, str]:
    return {
        "online": _("Online"),
        "local_model": _("local model"),
        "connecting": _("Connecting"),
        "offline": _("No connection"),
        "downloading": _("Model downloading {percent}%"),
        "megabytes": _("{done} MB / {size} MB"),
        "loading": _("Model loading"),
        "limited": _("Only search and orders for now"),
        "download_title": _("Free talk is {percent}% away"),
        "download_title_eta": _("Free talk is {percent}% away, about {minutes} min"),
        "download_text": _(
            "{done} MB / {size} MB; it goes on by itself after a break. Search, buttons and orders work now."
        ),
        "download_bar": _("Model download"),
        "loading_title": _("The model is starting"),
        "loading_text": _("Free talk is back in under a minute. Search, buttons and orders work now."),
        "failed_title": _("Free talk is not available"),
        "failed_text": _("The model is not running. Search, buttons and orders work as usual."),
        "retry_in": _("No connection, trying again in {n} s"),
        "drafts_one": _("Your message is kept on this device and goes out once the connection is back."),
        "drafts_many": _("Your {count} messages are kept on this device and go out once the connection is back."),
        "drafts_none": _("You can go on writing. It is kept here and goes out once the connection is back."),
        "try_now": _("Try now"),
        "gone_title": _("This conversation is not open here"),
        "gone_text": _("It belongs to another browser, or the cookie that knew you is gone."),
        "gone_button": _("Start afresh"),
    }


def _places() -> dict[str, str]:
    return {
        "locating": _("Looking where you are…"),
        "location_refused": _("The browser did not say where you are. Allow it for this page, or search for a place."),
        "location_unavailable": _("Where you are could not be found out. Search for a place instead."),
        "location_insecure": _("A browser tells where you are only over https. Search for a place instead."),
        "places_saved": _("Saved places"),
        "places_none": _("No saved place yet. Say “remember my office address” and it will stand here."),
        "places_found": _("{count} places"),
        "places_empty": _("No place of that name. Try a landmark, a station or a shop."),
        "places_failed": _("The search did not answer. Try again."),
        "panel_orders_none": _("No order under way"),
        "panel_used_none": _("Say what you need; what was used for it and where it came from will stand here."),
        "used": _("What I used"),
    }
