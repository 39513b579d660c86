"""Second factors, as allauth wants them: their secrets are sealed at rest, and a wrong code is written down."""

from __future__ import annotations

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.exceptions import ValidationError

from amends.desk import at_the_door
from amends.kit import secrets


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Seals what an authenticator app and the recovery codes are made from. Opening raises SecretError."""

    def encrypt(self, text: str) -> str:
        return secrets.seal_text(text)

    def decrypt(self, encrypted_text: str) -> str:
        return secrets.unseal_text(encrypted_text)

    def validation_error(self, code: str, *given: object) -> ValidationError:
        if code == "incorrect_code":
            at_the_door.wrong_code(context.request)
        error: ValidationError = super().validation_error(code, *given)
        return error
