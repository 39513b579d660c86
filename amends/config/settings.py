"""Django's settings, all in one file. Values that differ between desks come from `environment.py`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from amends.channels.email.limits import MESSAGE_BYTES
from amends.config.environment import Environment, SettingError, database, in_url, reachable
from amends.config.keys import session_keys

PACKAGE = Path(__file__).resolve().parent.parent

try:
    env = Environment()
    DATA_DIR = Path(env.text("DATA")).resolve()
    DATABASES = {"default": database(env.text("DATABASE"), DATA_DIR)}
    HOOK_HOSTS = [name.lower() for name in env.names("HOOK_HOSTS")]
    CONNECTOR_HOSTS = [name.lower() for name in env.names("CONNECTOR_HOSTS")]
    CLAMD = env.scanner("CLAMD")
    DEMO = env.flag("DEMO")
    DEBUG = env.flag("DEBUG")
    SECOND_FACTOR = env.flag("SECOND_FACTOR")
    BREACHED_PASSWORDS = env.place("BREACHED_PASSWORDS")
    SEMANTIC = env.flag("SEMANTIC")
    SMTP_PORT = env.number("SMTP_PORT")
    PORT = env.number("PORT")
    HOST = env.text("HOST")
    BASE_URL = env.url("URL") if env.given("URL") else f"http://{in_url(reachable(HOST))}:{PORT}"
    METRICS_TOKEN = env.token("METRICS_TOKEN")
    LOG_LEVEL = env.level("LOG_LEVEL")
    SECRET_KEY, *SECRET_KEY_FALLBACKS = session_keys(env.text("SECRET_KEY"), DATA_DIR / "keys" / "session.key")
except SettingError as error:
    sys.exit(f"amends: {error}")

SECRETS_KEY_FILE = DATA_DIR / "keys" / "secrets.key"
REDIS_URL = env.text("REDIS")

_base = urlsplit(BASE_URL)
HTTPS = _base.scheme == "https"
ALLOWED_HOSTS = [in_url(_base.hostname or ""), *env.names("HOSTS")]
if not HTTPS:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]"]
TRUSTED_PROXIES = env.names("PROXIES")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "amends.ui",  # before the apps whose templates it dresses
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "amends.kit",
    "amends.audit",
    "amends.people",
    "amends.cases",
    "amends.triage",
    "amends.coach",
    "amends.clock",
    "amends.channels",
    "amends.flows",
    "amends.desk",
    "amends.portal",
    *(["amends.demo"] if DEMO else []),
]

MIDDLEWARE = [
    "amends.upkeep.requests.CountingMiddleware",  # outermost: what the others refuse is counted, too
    # Before those that may refuse, so that their answers carry the headers as well.
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "amends.desk.middleware.FirstRunMiddleware",
    "amends.desk.middleware.SignedInMiddleware",
    "amends.desk.middleware.MemberMiddleware",
]

ROOT_URLCONF = "amends.config.urls"
WSGI_APPLICATION = "amends.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CONTEXT_PROCESSORS = [
    "django.template.context_processors.csrf",  # the same token in all forms of a page
    "django.contrib.messages.context_processors.messages",
    "csp.context_processors.nonce",
    "amends.desk.frame.frame",
]
TEMPLATES = [
    {
        "BACKEND": "amends.ui.engine.Templates",
        "NAME": "jinja2",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "amends.ui.engine.environment", "context_processors": CONTEXT_PROCESSORS},
    },
    {
        # Sign-in: allauth's templates, and ours that stand in for some of them.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "amends.ui.templatetags.ui",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                *CONTEXT_PROCESSORS,
            ],
        },
    },
]
FORM_RENDERER = "amends.ui.forms.FormRenderer"

AUTH_USER_MODEL = "people.Member"
AUTHENTICATION_BACKENDS = ["amends.desk.backend.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "amends.people.breached.BreachedPasswordValidator"},
]
LOGIN_URL = "demo" if DEMO else "account_login"
LOGIN_REDIRECT_URL = "now"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "amends.desk.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
EMAIL_BACKEND = "amends.channels.desk_mail.EmailBackend"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "amends.desk.second_factor.MFAAdapter"
MFA_TOTP_ISSUER = "Amends"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

CACHES: dict[str, dict[str, Any]]
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
else:
    # Limits on sign-in must hold over all processes, which a cache in memory cannot.
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "kit_cache",
            # Of 300, the default, a stranger could push other people's limits out by trying many addresses.
            "OPTIONS": {"MAX_ENTRIES": 100_000},
        }
    }

SESSION_ENGINE = "amends.kit.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
MESSAGE_STORAGE = "amends.kit.flashes.Flashes"
MESSAGE_COOKIE_NAME = "__Host-messages" if HTTPS else "messages"
if HTTPS:
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    if TRUSTED_PROXIES:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
BLOBS_DIR = DATA_DIR / "blobs"
PACKS_DIR = DATA_DIR / "packs"  # policy packs of the installation's own
DISK_FLOOR_SHARE = 0.05
DISK_FLOOR_BYTES = 5 * 1024**3
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "amends.kit.uploads.Quota",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
MAX_MESSAGE_BYTES = MESSAGE_BYTES
FIRST_LOOK = "amends.flows.first_look.look"  # pure; taken by the process that reads mail, beside the desk's own
MAX_UPLOAD_BYTES = 20 * 1024 * 1024

LOGGING_CONFIG = None
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # other hosts of the domain may well speak plain HTTP: not ours to decide
    "security.W008",  # the reverse proxy redirects, as docs/operating/install.md shows
    "security.W021",  # a browser's preload list is the owner's decision
]
