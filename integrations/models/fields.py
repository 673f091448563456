"""Model fields of our own."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models


def _fernet() -> MultiFernet:
    keys = [key.strip() for key in settings.FIELD_KEYS.split(",") if key.strip()]
    digests = (hashlib.sha256(key.encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


class EncryptedJSONField(models.TextField):  # type: ignore[type-arg]
    """A JSON object kept encrypted at rest (Fernet: AES-128-CBC with HMAC-SHA256; keys: `settings.FIELD_KEYS`)."""

    def get_prep_value(self, value: Any) -> str:
        """Return the token that is stored."""
        return _fernet().encrypt(json.dumps(value or {}).encode()).decode()

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> dict[str, Any]:
        """Return the object; raise `ValueError` where no key fits."""
        if not value:
            return {}
        try:
            return json.loads(_fernet().decrypt(value.encode()))  # type: ignore[no-any-return]
        except InvalidToken as error:
            raise ValueError("Stored credentials cannot be read with FIELD_KEYS; restore the old key file.") from error

    def to_python(self, value: Any) -> Any:
        """Return the object as it is."""
        return value
