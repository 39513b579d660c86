"""Second factors, as allauth wants them: their secrets are sealed at rest."""

from __future__ import annotations

from allauth.mfa.adapter import DefaultMFAAdapter

from amends.kit import secrets


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Seals what an authenticator app and the recovery codes are made from. Opening raises SecretError."""

    def encrypt(self, text: str) -> str:
        return secrets.seal_text(text)

    def decrypt(self, encrypted_text: str) -> str:
        return secrets.unseal_text(encrypted_text)
